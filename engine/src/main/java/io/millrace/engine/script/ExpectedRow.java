package io.millrace.engine.script;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A row of the output section.
 *
 * @param line its line in the file
 * @param text as it is written
 * @param time null if it is not compared
 * @param stream {@link #ANSWER} for the answer of a question
 * @param kind its symbol; null if none is given
 * @param values what the JSON names
 */
record ExpectedRow(
    int line,
    String text,
    @Nullable Long time,
    String stream,
    @Nullable String kind,
    Map<String, @Nullable Object> values) {
  static final String ANSWER = "?";
}
