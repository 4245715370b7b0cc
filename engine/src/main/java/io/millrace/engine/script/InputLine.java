package io.millrace.engine.script;

import org.jspecify.annotations.Nullable;

/** A line of the input section. */
sealed interface InputLine {
  /** Its line in the file. */
  int line();

  /**
   * A row that is sent, or deleted by its key.
   *
   * @param json the row
   * @param headers the headers of its record, as JSON, or null
   */
  record RowLine(
      int line, long time, String stream, boolean isDeletion, String json, @Nullable String headers)
      implements InputLine {}

  /** Moves the clock and all watermarks. */
  record TimeLine(int line, long time) implements InputLine {}

  /** Takes a snapshot and goes on in a fresh engine. */
  record RestartLine(int line) implements InputLine {}

  /** Asks an on-demand query. */
  record QuestionLine(int line, String select) implements InputLine {}
}
