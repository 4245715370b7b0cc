package io.millrace.language.analysis;

/** What becomes of the rows of a query. */
enum Purpose {
  /** They go on as events. */
  STREAM,
  /** They are kept by key. */
  TABLE,
  /** They answer a question about what a table holds now. */
  ANSWER
}
