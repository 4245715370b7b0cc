package io.millrace.language.plan;

import java.util.Locale;

/** The aggregates of the language. What they mean is in LANGUAGE section 5.2. */
public enum AggregateFunction implements Aggregate {
  /** {@code count(*)} without an argument, {@code count(x)} of those that are not NULL. */
  COUNT,
  SUM,
  AVG,
  MIN,
  MAX,
  VAR_POP,
  VAR_SAMP,
  STDDEV_POP,
  STDDEV_SAMP,
  /** {@code covar_pop(y, x)} of the rows in which neither is NULL. */
  COVAR_POP,
  COVAR_SAMP,
  CORR,
  BOOL_AND,
  BOOL_OR,
  /** The value of the first event, by time, then by arrival; it may be NULL. */
  FIRST,
  LAST,
  /** {@code first(x, n)}: those of the first n events. */
  FIRST_N("first"),
  LAST_N("last"),
  /** {@code nth(x, n)}: that of the n-th event, counted from 1. */
  NTH,
  /** {@code min_by(x, y)}: x where y is smallest; of several the first. */
  MIN_BY,
  MAX_BY,
  /** {@code min_by(x, y, n)}: x where y is one of the n smallest, in this order. */
  MIN_BY_N("min_by"),
  MAX_BY_N("max_by"),
  /** All values in the order of the events. */
  COLLECT_LIST,
  /** The different values in the order in which they appear first. */
  COLLECT_SET,
  /** How often each value is there, in the order in which they appear first. */
  HISTOGRAM,
  /** {@code string_agg(x, separator)}: all texts in the order of the events. */
  STRING_AGG,
  /** The value that is there most often; of several the one that got there first. */
  MODE,
  /** {@code top_k(x, n)}: the n greatest values, the greatest first. */
  TOP_K,
  TOP_K_DISTINCT,
  MEDIAN,
  /** {@code percentile(x, p)}: exact, between two values by interpolation; p from 0 to 1. */
  PERCENTILE,
  APPROX_PERCENTILE,
  APPROX_COUNT_DISTINCT,
  /** Whether a condition has been true, also in rows that have left. */
  EVER,
  MIN_EVER,
  MAX_EVER;

  private final String sqlName;

  AggregateFunction() {
    this.sqlName = name().toLowerCase(Locale.ROOT);
  }

  AggregateFunction(String sqlName) {
    this.sqlName = sqlName;
  }

  @Override
  public boolean isLasting() {
    return this == EVER || this == MIN_EVER || this == MAX_EVER;
  }

  @Override
  public String sqlName() {
    return sqlName;
  }
}
