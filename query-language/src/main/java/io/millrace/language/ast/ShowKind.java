package io.millrace.language.ast;

/** What SHOW lists. */
public enum ShowKind {
  STREAMS,
  TABLES,
  QUERIES,
  FUNCTIONS,
  CONNECTORS
}
