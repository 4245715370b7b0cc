package io.millrace.engine.script;

import io.millrace.spi.error.MillraceException;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/** Reads the words of one line of a test file, from left to right. */
final class RowLineReader {
  private final String text;
  private int at;

  RowLineReader(String text) {
    this.text = text;
  }

  /** Takes {@code @time}; null if there is none. */
  @Nullable Long takeTime() {
    skipBlanks();
    if (!text.startsWith("@", at)) {
      return null;
    }
    String word = takeWord().substring(1);
    OptionalLong time = TestTime.parse(word);
    if (time.isEmpty()) {
      throw new MillraceException(
          "'@"
              + word
              + "' is no time: write milliseconds (@1500), a time of day (@05:30:20.115) or ISO-8601"
              + " (@2024-03-01T10:00:00Z)");
    }
    return time.getAsLong();
  }

  /** Takes the name of a stream, which may stand in back-quotes. */
  String takeName() {
    skipBlanks();
    int end = text.startsWith("`", at) ? text.indexOf('`', at + 1) : -1;
    if (end >= 0) {
      String name = text.substring(at + 1, end);
      at = end + 1;
      return name;
    }
    String word = isAtEnd() || text.charAt(at) == '{' ? "" : takeWord();
    if (word.isEmpty()) {
      throw new MillraceException("expected the name of a stream at column " + (at + 1));
    }
    return word;
  }

  /** Takes one of {@code words}; null if none of them comes next. */
  @Nullable String takeOneOf(String... words) {
    skipBlanks();
    for (String word : words) {
      if (text.startsWith(word, at)) {
        at += word.length();
        return word;
      }
    }
    return null;
  }

  /** Takes a JSON object. */
  JsonTree.Extent takeJson() {
    JsonTree.Extent extent = JsonTree.readObject(text, at);
    at = extent.end();
    return extent;
  }

  /** Takes a JSON object as it is written. */
  String takeJsonText() {
    skipBlanks();
    int from = at;
    takeJson();
    return text.substring(from, at);
  }

  boolean isAtEnd() {
    skipBlanks();
    return at == text.length();
  }

  void requireEnd() {
    if (!isAtEnd()) {
      throw new MillraceException("did not expect '" + text.substring(at) + "'");
    }
  }

  private String takeWord() {
    int from = at;
    while (at < text.length() && !Character.isWhitespace(text.charAt(at))) {
      at++;
    }
    return text.substring(from, at);
  }

  private void skipBlanks() {
    while (at < text.length() && Character.isWhitespace(text.charAt(at))) {
      at++;
    }
  }
}
