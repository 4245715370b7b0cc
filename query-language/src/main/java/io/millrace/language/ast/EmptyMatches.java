package io.millrace.language.ast;

/** What is sent of matches without rows. */
public enum EmptyMatches {
  UNSTATED,
  SHOW,
  OMIT,
  WITH_UNMATCHED_ROWS
}
