package io.millrace.language.ast;

/** What a script can create, and drop. */
public enum ObjectKind {
  STREAM,
  TABLE,
  WINDOW,
  AGGREGATION,
  FUNCTION,
  TYPE,
  QUERY
}
