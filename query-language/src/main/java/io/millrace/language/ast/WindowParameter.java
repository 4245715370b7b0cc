package io.millrace.language.ast;

/** The names of windows' arguments. */
public enum WindowParameter {
  SIZE,
  ADVANCE_BY,
  GAP,
  GRACE_PERIOD,
  OFFSET,
  RETENTION
}
