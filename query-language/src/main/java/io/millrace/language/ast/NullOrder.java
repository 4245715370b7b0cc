package io.millrace.language.ast;

/** Where NULL is sorted. */
public enum NullOrder {
  /** Last ascending, first descending. */
  UNSTATED,
  FIRST,
  LAST
}
