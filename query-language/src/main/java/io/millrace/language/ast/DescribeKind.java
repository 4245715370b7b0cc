package io.millrace.language.ast;

/** What DESCRIBE describes. */
public enum DescribeKind {
  /** No word: a stream, table, or whatever has this name. */
  RELATION,
  FUNCTION,
  CONNECTOR
}
