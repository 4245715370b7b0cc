package io.millrace.language.ast;

/** Where the next match may begin. */
public enum SkipMode {
  PAST_LAST_ROW,
  TO_NEXT_ROW,
  TO_FIRST,
  TO_LAST
}
