package io.millrace.operators.analytic;

/** What says where a row comes in the order of its partition, which is by time. */
public enum Ranking {
  /** How many rows there are up to it. */
  ROW_NUMBER,
  /** One more than there are rows of smaller times. */
  RANK,
  /** How many different times there are up to its own. */
  DENSE_RANK
}
