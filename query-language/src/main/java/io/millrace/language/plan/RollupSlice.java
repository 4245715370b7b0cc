package io.millrace.language.plan;

import io.millrace.language.ast.CalendarUnit;

/**
 * The buckets of an aggregation that a query asks for: those of one granularity that begin in
 * {@code [from, to)}.
 *
 * @param from milliseconds since the epoch; {@link Long#MIN_VALUE} without a bound
 * @param to milliseconds since the epoch; {@link Long#MAX_VALUE} without a bound
 */
public record RollupSlice(CalendarUnit unit, long from, long to) {}
