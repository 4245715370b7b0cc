package io.millrace.language.plan;

/** Which rows a join sends without a match, too. */
public enum JoinKind {
  INNER,
  LEFT,
  RIGHT,
  FULL;

  public boolean keepsLeft() {
    return this == LEFT || this == FULL;
  }

  public boolean keepsRight() {
    return this == RIGHT || this == FULL;
  }
}
