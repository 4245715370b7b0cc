package io.millrace.language.plan;

/** The aggregates that run. What they mean is in LANGUAGE section 5.2. */
public enum AggregateFunction {
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
  /** {@code min_by(x, y)}: x where y is smallest; of several the first. */
  MIN_BY,
  MAX_BY
}
