package io.millrace.language.ast;

/** How deep EXPLAIN goes. */
public enum ExplainLevel {
  /** The typed plan after rewrites. The default. */
  LOGICAL,
  /** The operators and their tasks. */
  PHYSICAL,
  /** The generated classes. */
  CODE,
  /** The operators of a running query with their metrics. */
  ANALYZE
}
