package io.millrace.operators.rollup;

import io.millrace.operators.functions.CalendarUnit;

/**
 * One granularity of a rollup.
 *
 * @param unit how long its buckets are
 * @param retentionMillis how long behind its end a bucket is kept; {@link #FOREVER} for ever
 */
public record RollupGranularity(CalendarUnit unit, long retentionMillis) {
  public static final long FOREVER = Long.MAX_VALUE;

  String describe() {
    String kept = retentionMillis == FOREVER ? "for ever" : "for " + retentionMillis + " ms";
    return unit + " " + kept;
  }

  /** Whether a bucket that ends at {@code end} is kept at a watermark. */
  boolean keeps(long end, long watermark) {
    return retentionMillis == FOREVER || deadline(end) > watermark;
  }

  /**
   * The watermark at which a bucket is forgotten; {@link Long#MAX_VALUE} for never.
   *
   * @param end of the bucket
   */
  long deadline(long end) {
    return end > Long.MAX_VALUE - retentionMillis ? Long.MAX_VALUE : end + retentionMillis;
  }
}
