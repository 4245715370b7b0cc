package io.millrace.operators.functions;

import io.millrace.spi.function.EvaluationContext;
import io.millrace.spi.function.Prepared;
import io.millrace.spi.function.ScalarFunction;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZoneId;

/** Parts of times. Those of a TIMESTAMP are seen in the job's time zone. */
public final class TimePartFunctions {
  private static final long MILLIS_OF_DAY = 86_400_000;

  private TimePartFunctions() {}

  /** Finds the part of a name. */
  public static TimePart part(String name) {
    return TimePart.of(name);
  }

  private static long ofTimestamp(TimePart part, long millis, ZoneId zone) {
    return part.of(LocalDateTime.ofInstant(Instant.ofEpochMilli(millis), zone), millis);
  }

  private static long ofDate(TimePart part, long day) {
    return part.of(LocalDate.ofEpochDay(day).atStartOfDay(), day * MILLIS_OF_DAY);
  }

  @ScalarFunction(
      name = {"date_part", "$extract"},
      signature = "(STRING, TIMESTAMP) -> BIGINT",
      description =
          "A part of a time: CENTURY, DECADE, YEAR, ISOYEAR, QUARTER, MONTH, WEEK, DAY, DOW (Sunday"
              + " is 0), ISODOW, DOY, HOUR, MINUTE, SECOND, MILLISECOND or EPOCH (in seconds); also"
              + " written extract(part FROM x).",
      category = Category.TIME,
      examples = {
        "date_part('hour', TIMESTAMP '2024-03-01 10:20:30.456') = 10",
        "date_part('dow', TIMESTAMP '2024-03-01 10:20:30.456') = 5",
        "date_part('epoch', TIMESTAMP '1970-01-01 00:01:00') = 60"
      },
      canFail = true)
  public static long partOfTimestamp(
      EvaluationContext context, @Prepared("part") TimePart part, long millis) {
    return ofTimestamp(part, millis, context.zone());
  }

  @ScalarFunction(
      name = {"date_part", "$extract"},
      signature = "(STRING, DATE) -> BIGINT",
      description = "A part of a date; its time of day is midnight.",
      category = Category.TIME,
      examples = {"date_part('week', DATE '2024-12-30') = 1"},
      canFail = true)
  public static long partOfDate(@Prepared("part") TimePart part, long day) {
    return ofDate(part, day);
  }

  @ScalarFunction(
      name = {"date_part", "$extract"},
      signature = "(STRING, TIME) -> BIGINT",
      description = "A part of a time of day.",
      category = Category.TIME,
      examples = {"date_part('minute', TIME '10:20:30') = 20"},
      canFail = true)
  public static long partOfTime(@Prepared("part") TimePart part, long millisOfDay) {
    return part.ofTime(millisOfDay);
  }

  @ScalarFunction(
      name = {"date_part", "$extract"},
      signature = "(STRING, INTERVAL) -> BIGINT",
      description =
          "A part of an interval: all its days, or HOUR, MINUTE, SECOND, MILLISECOND, EPOCH.",
      category = Category.TIME,
      examples = {"date_part('minute', INTERVAL '90' MINUTE) = 30"},
      canFail = true)
  public static long partOfInterval(@Prepared("part") TimePart part, long millis) {
    return part.ofInterval(millis);
  }

  @ScalarFunction(
      name = "year",
      signature = "(TIMESTAMP) -> INT",
      description = "The year of a time.",
      category = Category.TIME,
      examples = {"year(TIMESTAMP '2024-03-01 10:20:30.456') = 2024"})
  public static long year(EvaluationContext context, long millis) {
    return ofTimestamp(TimePart.YEAR, millis, context.zone());
  }

  @ScalarFunction(
      name = "year",
      signature = "(DATE) -> INT",
      description = "The year of a date.",
      category = Category.TIME,
      examples = {"year(DATE '2024-03-01') = 2024"})
  public static long yearOfDate(long day) {
    return ofDate(TimePart.YEAR, day);
  }

  @ScalarFunction(
      name = "quarter",
      signature = "(TIMESTAMP) -> INT",
      description = "The quarter, 1 to 4, of a time.",
      category = Category.TIME,
      examples = {"quarter(TIMESTAMP '2024-03-01 10:20:30.456') = 1"})
  public static long quarter(EvaluationContext context, long millis) {
    return ofTimestamp(TimePart.QUARTER, millis, context.zone());
  }

  @ScalarFunction(
      name = "quarter",
      signature = "(DATE) -> INT",
      description = "The quarter, 1 to 4, of a date.",
      category = Category.TIME,
      examples = {"quarter(DATE '2024-03-01') = 1"})
  public static long quarterOfDate(long day) {
    return ofDate(TimePart.QUARTER, day);
  }

  @ScalarFunction(
      name = "month",
      signature = "(TIMESTAMP) -> INT",
      description = "The month, 1 to 12, of a time.",
      category = Category.TIME,
      examples = {"month(TIMESTAMP '2024-03-01 10:20:30.456') = 3"})
  public static long month(EvaluationContext context, long millis) {
    return ofTimestamp(TimePart.MONTH, millis, context.zone());
  }

  @ScalarFunction(
      name = "month",
      signature = "(DATE) -> INT",
      description = "The month, 1 to 12, of a date.",
      category = Category.TIME,
      examples = {"month(DATE '2024-03-01') = 3"})
  public static long monthOfDate(long day) {
    return ofDate(TimePart.MONTH, day);
  }

  @ScalarFunction(
      name = {"week", "week_of_year"},
      signature = "(TIMESTAMP) -> INT",
      description = "The ISO week, 1 to 53, of a time.",
      category = Category.TIME,
      examples = {"week(TIMESTAMP '2024-03-01 10:20:30.456') = 9"})
  public static long week(EvaluationContext context, long millis) {
    return ofTimestamp(TimePart.WEEK, millis, context.zone());
  }

  @ScalarFunction(
      name = {"week", "week_of_year"},
      signature = "(DATE) -> INT",
      description = "The ISO week, 1 to 53, of a date.",
      category = Category.TIME,
      examples = {"week(DATE '2024-03-01') = 9"})
  public static long weekOfDate(long day) {
    return ofDate(TimePart.WEEK, day);
  }

  @ScalarFunction(
      name = {"day", "day_of_month", "dayofmonth"},
      signature = "(TIMESTAMP) -> INT",
      description = "The day of the month of a time.",
      category = Category.TIME,
      examples = {"day(TIMESTAMP '2024-03-01 10:20:30.456') = 1"})
  public static long day(EvaluationContext context, long millis) {
    return ofTimestamp(TimePart.DAY, millis, context.zone());
  }

  @ScalarFunction(
      name = {"day", "day_of_month", "dayofmonth"},
      signature = "(DATE) -> INT",
      description = "The day of the month of a date.",
      category = Category.TIME,
      examples = {"day(DATE '2024-03-01') = 1"})
  public static long dayOfDate(long day) {
    return ofDate(TimePart.DAY, day);
  }

  @ScalarFunction(
      name = {"day_of_week", "dayofweek"},
      signature = "(TIMESTAMP) -> INT",
      description = "The day of the week, Monday is 1, of a time.",
      category = Category.TIME,
      examples = {"day_of_week(TIMESTAMP '2024-03-01 10:20:30.456') = 5"})
  public static long dayOfWeek(EvaluationContext context, long millis) {
    return ofTimestamp(TimePart.ISODOW, millis, context.zone());
  }

  @ScalarFunction(
      name = {"day_of_week", "dayofweek"},
      signature = "(DATE) -> INT",
      description = "The day of the week, Monday is 1, of a date.",
      category = Category.TIME,
      examples = {"day_of_week(DATE '2024-03-01') = 5"})
  public static long dayOfWeekOfDate(long day) {
    return ofDate(TimePart.ISODOW, day);
  }

  @ScalarFunction(
      name = {"day_of_year", "dayofyear"},
      signature = "(TIMESTAMP) -> INT",
      description = "The day of the year of a time.",
      category = Category.TIME,
      examples = {"day_of_year(TIMESTAMP '2024-03-01 10:20:30.456') = 61"})
  public static long dayOfYear(EvaluationContext context, long millis) {
    return ofTimestamp(TimePart.DOY, millis, context.zone());
  }

  @ScalarFunction(
      name = {"day_of_year", "dayofyear"},
      signature = "(DATE) -> INT",
      description = "The day of the year of a date.",
      category = Category.TIME,
      examples = {"day_of_year(DATE '2024-03-01') = 61"})
  public static long dayOfYearOfDate(long day) {
    return ofDate(TimePart.DOY, day);
  }

  @ScalarFunction(
      name = "hour",
      signature = "(TIMESTAMP) -> INT",
      description = "The hour, 0 to 23, of a time.",
      category = Category.TIME,
      examples = {"hour(TIMESTAMP '2024-03-01 10:20:30.456') = 10"})
  public static long hour(EvaluationContext context, long millis) {
    return ofTimestamp(TimePart.HOUR, millis, context.zone());
  }

  @ScalarFunction(
      name = "hour",
      signature = "(TIME) -> INT",
      description = "The hour, 0 to 23, of a time of day.",
      category = Category.TIME,
      examples = {"hour(TIME '10:20:30.456') = 10"})
  public static long hourOfTime(long millisOfDay) {
    return TimePart.HOUR.ofTime(millisOfDay);
  }

  @ScalarFunction(
      name = "minute",
      signature = "(TIMESTAMP) -> INT",
      description = "The minute, 0 to 59, of a time.",
      category = Category.TIME,
      examples = {"minute(TIMESTAMP '2024-03-01 10:20:30.456') = 20"})
  public static long minute(EvaluationContext context, long millis) {
    return ofTimestamp(TimePart.MINUTE, millis, context.zone());
  }

  @ScalarFunction(
      name = "minute",
      signature = "(TIME) -> INT",
      description = "The minute, 0 to 59, of a time of day.",
      category = Category.TIME,
      examples = {"minute(TIME '10:20:30.456') = 20"})
  public static long minuteOfTime(long millisOfDay) {
    return TimePart.MINUTE.ofTime(millisOfDay);
  }

  @ScalarFunction(
      name = "second",
      signature = "(TIMESTAMP) -> INT",
      description = "The second, 0 to 59, of a time.",
      category = Category.TIME,
      examples = {"second(TIMESTAMP '2024-03-01 10:20:30.456') = 30"})
  public static long second(EvaluationContext context, long millis) {
    return ofTimestamp(TimePart.SECOND, millis, context.zone());
  }

  @ScalarFunction(
      name = "second",
      signature = "(TIME) -> INT",
      description = "The second, 0 to 59, of a time of day.",
      category = Category.TIME,
      examples = {"second(TIME '10:20:30.456') = 30"})
  public static long secondOfTime(long millisOfDay) {
    return TimePart.SECOND.ofTime(millisOfDay);
  }

  @ScalarFunction(
      name = "millisecond",
      signature = "(TIMESTAMP) -> INT",
      description = "The millisecond, 0 to 999, of a time.",
      category = Category.TIME,
      examples = {"millisecond(TIMESTAMP '2024-03-01 10:20:30.456') = 456"})
  public static long millisecond(EvaluationContext context, long millis) {
    return ofTimestamp(TimePart.MILLISECOND, millis, context.zone());
  }

  @ScalarFunction(
      name = "millisecond",
      signature = "(TIME) -> INT",
      description = "The millisecond, 0 to 999, of a time of day.",
      category = Category.TIME,
      examples = {"millisecond(TIME '10:20:30.456') = 456"})
  public static long millisecondOfTime(long millisOfDay) {
    return TimePart.MILLISECOND.ofTime(millisOfDay);
  }
}
