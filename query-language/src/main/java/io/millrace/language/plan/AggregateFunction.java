package io.millrace.language.plan;

/** The aggregates that run. What they mean is in LANGUAGE section 5.2. */
public enum AggregateFunction {
  /** {@code count(*)} without an argument, {@code count(x)} of those that are not NULL. */
  COUNT,
  SUM,
  AVG,
  MIN,
  MAX
}
