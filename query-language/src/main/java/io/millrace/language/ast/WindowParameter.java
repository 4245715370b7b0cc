package io.millrace.language.ast;

/** What windows' arguments are; all but LENGTH and SCHEDULE are names, too. */
public enum WindowParameter {
  SIZE,
  LENGTH,
  SCHEDULE,
  ADVANCE_BY,
  GAP,
  GRACE_PERIOD,
  OFFSET,
  RETENTION
}
