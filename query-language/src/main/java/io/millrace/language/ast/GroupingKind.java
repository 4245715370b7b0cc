package io.millrace.language.ast;

/** The forms of an item of GROUP BY. */
public enum GroupingKind {
  EXPRESSION,
  GROUPING_SETS,
  ROLLUP,
  CUBE
}
