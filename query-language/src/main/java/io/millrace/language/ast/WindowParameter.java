package io.millrace.language.ast;

/** What windows' arguments are; all but LENGTH are names, too. */
public enum WindowParameter {
  SIZE,
  LENGTH,
  ADVANCE_BY,
  GAP,
  GRACE_PERIOD,
  OFFSET,
  RETENTION
}
