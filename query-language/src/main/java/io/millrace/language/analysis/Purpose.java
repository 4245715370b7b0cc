package io.millrace.language.analysis;

/** What becomes of the rows of a query. */
enum Purpose {
  /** They go on as events. */
  STREAM,
  /** They go on as events, those that they replace before them. */
  CHANGES,
  /** They are kept by key. */
  TABLE,
  /** They answer a question about what a table holds now. */
  ANSWER
}
