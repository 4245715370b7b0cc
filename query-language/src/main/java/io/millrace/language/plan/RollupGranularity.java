package io.millrace.language.plan;

import io.millrace.language.ast.CalendarUnit;

/**
 * One of the granularities of an aggregation.
 *
 * @param unit how long its buckets are
 * @param retentionMillis how long behind its end a bucket is kept; {@link #FOREVER} for ever
 */
public record RollupGranularity(CalendarUnit unit, long retentionMillis) {
  public static final long FOREVER = Long.MAX_VALUE;
}
