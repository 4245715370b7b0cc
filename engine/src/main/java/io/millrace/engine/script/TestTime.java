package io.millrace.engine.script;

import io.millrace.spi.text.IsoTime;
import java.util.OptionalLong;

/**
 * Times of test files: milliseconds since the epoch, a time of day on the first day of 1970, or
 * ISO-8601; always UTC unless a zone is named.
 */
final class TestTime {
  private TestTime() {}

  /** The milliseconds since the epoch; empty if the text is no time. */
  static OptionalLong parse(String text) {
    if (text.matches("-?\\d{1,18}")) {
      return OptionalLong.of(Long.parseLong(text));
    }
    char[] chars = text.toCharArray();
    long time =
        text.matches("\\d\\d:.*") ? IsoTime.parseTime(chars, 0, chars.length) : IsoTime.NONE;
    if (time == IsoTime.NONE && text.length() >= 10) {
      time = IsoTime.parseTimestamp(chars, 0, chars.length);
    }
    return time == IsoTime.NONE ? OptionalLong.empty() : OptionalLong.of(time);
  }
}
