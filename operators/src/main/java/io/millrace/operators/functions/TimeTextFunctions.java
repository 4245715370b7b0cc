package io.millrace.operators.functions;

import io.millrace.operators.values.Casts;
import io.millrace.spi.function.EvaluationContext;
import io.millrace.spi.function.Prepared;
import io.millrace.spi.function.ScalarFunction;
import java.time.ZoneId;

/** Times as texts by patterns of java.time, with English names. */
public final class TimeTextFunctions {
  private TimeTextFunctions() {}

  /** Makes the pattern of a text. */
  public static TimePattern pattern(String text) {
    return TimePattern.of(text);
  }

  /** Finds the zone of a name. */
  public static ZoneId zone(String name) {
    return TimeZoneFunctions.zone(name);
  }

  @ScalarFunction(
      name = {"format_timestamp", "date_format"},
      signature = "(TIMESTAMP, STRING) -> STRING",
      description = "The time by a pattern, in the job's time zone.",
      category = Category.TIME,
      examples = {
        "format_timestamp(TIMESTAMP '2024-03-01 10:20:30', 'd MMM yyyy HH:mm') = '1 Mar 2024 10:20'"
      },
      canFail = true)
  public static String formatTimestamp(
      EvaluationContext context, long millis, @Prepared("pattern") TimePattern pattern) {
    return pattern.formatTimestamp(millis, context.zone());
  }

  @ScalarFunction(
      name = {"format_timestamp", "date_format"},
      signature = "(TIMESTAMP, STRING, STRING) -> STRING",
      description = "The time by a pattern in a time zone.",
      category = Category.TIME,
      examples = {
        "format_timestamp(TIMESTAMP '2024-03-01 10:00:00', 'HH:mm xxx', 'Asia/Tokyo') ="
            + " '19:00 +09:00'"
      },
      canFail = true)
  public static String formatTimestamp(
      long millis, @Prepared("pattern") TimePattern pattern, @Prepared("zone") ZoneId zone) {
    return pattern.formatTimestamp(millis, zone);
  }

  @ScalarFunction(
      name = {"parse_timestamp", "to_timestamp"},
      signature = "(STRING, STRING) -> TIMESTAMP",
      description =
          "The time that a text is by a pattern, in the job's time zone unless it names one.",
      category = Category.TIME,
      examples = {
        "parse_timestamp('01.03.2024 10:20', 'dd.MM.yyyy HH:mm') = TIMESTAMP '2024-03-01 10:20:00'"
      },
      canFail = true)
  public static long parseTimestamp(
      EvaluationContext context, String text, @Prepared("pattern") TimePattern pattern) {
    return pattern.parseTimestamp(text, context.zone());
  }

  @ScalarFunction(
      name = {"parse_timestamp", "to_timestamp"},
      signature = "(STRING, STRING, STRING) -> TIMESTAMP",
      description = "The time that a text is by a pattern, in a time zone unless it names one.",
      category = Category.TIME,
      examples = {
        "parse_timestamp('2024-03-01', 'yyyy-MM-dd', 'Asia/Tokyo') = TIMESTAMP '2024-02-29"
            + " 15:00:00'"
      },
      canFail = true)
  public static long parseTimestamp(
      String text, @Prepared("pattern") TimePattern pattern, @Prepared("zone") ZoneId zone) {
    return pattern.parseTimestamp(text, zone);
  }

  @ScalarFunction(
      name = "to_timestamp",
      signature = "(STRING) -> TIMESTAMP",
      description = "The time that an ISO-8601 text is, in UTC unless it names a zone.",
      category = Category.TIME,
      examples = {"to_timestamp('2024-03-01T10:00:00+02:00') = TIMESTAMP '2024-03-01 08:00:00'"},
      canFail = true)
  public static long toTimestamp(String text) {
    return Casts.toTimestamp(text);
  }

  @ScalarFunction(
      name = {"format_date", "date_format"},
      signature = "(DATE, STRING) -> STRING",
      description = "The date by a pattern.",
      category = Category.TIME,
      examples = {"format_date(DATE '2024-03-01', 'EEEE, d.M.yy') = 'Friday, 1.3.24'"},
      canFail = true)
  public static String formatDate(long day, @Prepared("pattern") TimePattern pattern) {
    return pattern.formatDate(day);
  }

  @ScalarFunction(
      name = {"parse_date", "to_date"},
      signature = "(STRING, STRING) -> DATE",
      description = "The date that a text is by a pattern.",
      category = Category.TIME,
      examples = {"parse_date('1 mar 2024', 'd MMM yyyy') = DATE '2024-03-01'"},
      canFail = true)
  public static long parseDate(String text, @Prepared("pattern") TimePattern pattern) {
    return pattern.parseDate(text);
  }

  @ScalarFunction(
      name = "to_date",
      signature = "(STRING) -> DATE",
      description = "The date that an ISO-8601 text is.",
      category = Category.TIME,
      examples = {"to_date('2024-03-01') = DATE '2024-03-01'"},
      canFail = true)
  public static long toDate(String text) {
    return Casts.toDate(text);
  }

  @ScalarFunction(
      name = "format_time",
      signature = "(TIME, STRING) -> STRING",
      description = "The time of day by a pattern.",
      category = Category.TIME,
      examples = {"format_time(TIME '15:04:05', 'h:mm a') = '3:04 PM'"},
      canFail = true)
  public static String formatTime(long millisOfDay, @Prepared("pattern") TimePattern pattern) {
    return pattern.formatTime(millisOfDay);
  }

  @ScalarFunction(
      name = "parse_time",
      signature = "(STRING, STRING) -> TIME",
      description = "The time of day that a text is by a pattern.",
      category = Category.TIME,
      examples = {"parse_time('3:04 pm', 'h:mm a') = TIME '15:04:00'"},
      canFail = true)
  public static long parseTime(String text, @Prepared("pattern") TimePattern pattern) {
    return pattern.parseTime(text);
  }
}
