package io.millrace.language.plan;

/** Which aggregate: one of the language's own, or a user's. */
public sealed interface Aggregate permits AggregateFunction, UserAggregate {
  /** What it is called in scripts, maybe by other names too, and maybe not it alone. */
  String sqlName();

  /** Whether it is of all rows that have come, also of those that have left. */
  boolean isLasting();
}
