package io.millrace.language.analysis;

import io.millrace.spi.types.DataType;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.time.temporal.ChronoField;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Reads the texts of DATE, TIME and TIMESTAMP literals: ISO-8601, a space allowed for the T,
 * seconds and their fraction (to milliseconds) optional. A TIMESTAMP is in UTC unless it names a
 * zone.
 */
final class TemporalText {
  private static final Pattern TIMESTAMP =
      Pattern.compile(
          "(\\d{4,6}-\\d{2}-\\d{2})(?:[Tt ]+(\\d{2}:\\d{2}(?::\\d{2}(?:\\.\\d{1,9})?)?))?"
              + "\\s*([A-Za-z+-].*)?");
  private static final Pattern SHORT_OFFSET = Pattern.compile("[+-]\\d{2}");

  private TemporalText() {}

  /** The internal form of the text; empty if it is no value of the type. */
  static Optional<Long> parse(String text, DataType type) {
    try {
      if (type == DataType.DATE) {
        return Optional.of(LocalDate.parse(text.trim()).toEpochDay());
      }
      return type == DataType.TIME
          ? Optional.of((long) LocalTime.parse(text.trim()).get(ChronoField.MILLI_OF_DAY))
          : parseTimestamp(text.trim());
    } catch (DateTimeException | ArithmeticException ignored) { // the answer is "no such time"
      return Optional.empty();
    }
  }

  /** What such a text looks like. */
  static String example(DataType type) {
    if (type == DataType.DATE) {
      return "2024-03-01";
    }
    return type == DataType.TIME ? "10:00:00" : "2024-03-01 10:00:00";
  }

  private static Optional<Long> parseTimestamp(String text) {
    Matcher matcher = TIMESTAMP.matcher(text);
    if (!matcher.matches()) {
      return Optional.empty();
    }
    String time = matcher.group(2);
    LocalDateTime moment =
        LocalDate.parse(matcher.group(1))
            .atTime(time == null ? LocalTime.MIDNIGHT : LocalTime.parse(time));
    String zone = matcher.group(3);
    return Optional.of(
        ZonedDateTime.of(moment, zone == null ? ZoneOffset.UTC : zone(zone.trim()))
            .toInstant()
            .toEpochMilli());
  }

  private static ZoneId zone(String text) {
    return ZoneId.of(
        SHORT_OFFSET.matcher(text).matches() ? text + ":00" : text.equals("z") ? "Z" : text);
  }
}
