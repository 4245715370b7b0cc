package io.millrace.language.ast;

/** The kinds of joins. */
public enum JoinType {
  INNER,
  LEFT,
  RIGHT,
  FULL,
  CROSS,
  ASOF,
  LEFT_ASOF
}
