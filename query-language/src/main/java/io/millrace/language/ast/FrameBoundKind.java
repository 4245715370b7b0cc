package io.millrace.language.ast;

/** The ends of frames. */
public enum FrameBoundKind {
  UNBOUNDED_PRECEDING,
  PRECEDING,
  CURRENT_ROW,
  FOLLOWING,
  UNBOUNDED_FOLLOWING
}
