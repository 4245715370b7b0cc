package io.millrace.language.ast;

/** The kinds of windows. */
public enum WindowKind {
  TIME,
  LENGTH,
  LENGTH_BATCH,
  TIME_BATCH,
  TIME_LENGTH,
  TUMBLING,
  HOPPING,
  SESSION,
  CUMULATE,
  UNIQUE,
  FIRST_UNIQUE,
  SORTED,
  DELAY,
  EXPRESSION,
  CRON
}
