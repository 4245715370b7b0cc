package io.millrace.operators.functions;

import io.millrace.operators.values.Casts;
import io.millrace.spi.error.RowException;
import io.millrace.spi.function.EvaluationContext;
import io.millrace.spi.function.Prepared;
import io.millrace.spi.function.ScalarFunction;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.temporal.TemporalAdjusters;

/**
 * Times by the calendar: cut, moved and counted in units. From the day on units go by the job's
 * time zone, unless a zone is given.
 */
public final class CalendarFunctions {
  private CalendarFunctions() {}

  /** Finds the unit of a name. */
  public static CalendarUnit unit(String name) {
    return CalendarUnit.of(name);
  }

  /** Finds the zone of a name. */
  public static ZoneId zone(String name) {
    return TimeZoneFunctions.zone(name);
  }

  @ScalarFunction(
      name = "date_trunc",
      signature = "(STRING, TIMESTAMP) -> TIMESTAMP",
      description =
          "The beginning of the year, quarter, month, week (Monday), day, hour, minute or second.",
      category = Category.TIME,
      examples = {
        "date_trunc('hour', TIMESTAMP '2024-03-01 10:20:30.456') = TIMESTAMP '2024-03-01 10:00:00'",
        "date_trunc('week', TIMESTAMP '2024-03-01 10:20:30.456') = TIMESTAMP '2024-02-26 00:00:00'"
      },
      canFail = true)
  public static long dateTrunc(
      EvaluationContext context, @Prepared("unit") CalendarUnit unit, long millis) {
    return unit.floor(millis, context.zone());
  }

  @ScalarFunction(
      name = "date_trunc",
      signature = "(STRING, TIMESTAMP, STRING) -> TIMESTAMP",
      description = "The beginning of a unit in a time zone.",
      category = Category.TIME,
      examples = {
        "date_trunc('day', TIMESTAMP '2024-03-01 23:30:00', 'Europe/Berlin') = TIMESTAMP"
            + " '2024-03-01 23:00:00'"
      },
      canFail = true)
  public static long dateTrunc(
      @Prepared("unit") CalendarUnit unit, long millis, @Prepared("zone") ZoneId zone) {
    return unit.floor(millis, zone);
  }

  @ScalarFunction(
      name = "date_trunc",
      signature = "(STRING, DATE) -> DATE",
      description = "The first day of the year, quarter, month or week (Monday).",
      category = Category.TIME,
      examples = {"date_trunc('month', DATE '2024-03-15') = DATE '2024-03-01'"},
      canFail = true)
  public static long dateTruncDate(@Prepared("unit") CalendarUnit unit, long day) {
    return unit.floorDay(day);
  }

  @ScalarFunction(
      name = "$floor_to",
      signature = "(TIMESTAMP, STRING) -> TIMESTAMP",
      description = "The beginning of a unit: floor(x TO unit).",
      category = Category.HIDDEN,
      examples = {},
      canFail = true)
  public static long floorTo(
      EvaluationContext context, long millis, @Prepared("unit") CalendarUnit unit) {
    return unit.floor(millis, context.zone());
  }

  @ScalarFunction(
      name = "$floor_to",
      signature = "(DATE, STRING) -> DATE",
      description = "The first day of a unit: floor(x TO unit).",
      category = Category.HIDDEN,
      examples = {},
      canFail = true)
  public static long floorDateTo(long day, @Prepared("unit") CalendarUnit unit) {
    return unit.floorDay(day);
  }

  @ScalarFunction(
      name = {"date_add", "dateadd", "timestampadd"},
      signature = "(STRING, BIGINT, TIMESTAMP) -> TIMESTAMP",
      description =
          "The time so many units later; a day that a month does not have becomes its last.",
      category = Category.TIME,
      examples = {
        "date_add('month', 1, TIMESTAMP '2024-01-31 10:00:00') = TIMESTAMP '2024-02-29 10:00:00'",
        "timestampadd('hour', -2, TIMESTAMP '2024-03-01 01:00:00') = TIMESTAMP '2024-02-29"
            + " 23:00:00'"
      },
      canFail = true)
  public static long dateAdd(
      EvaluationContext context, @Prepared("unit") CalendarUnit unit, long count, long millis) {
    return unit.add(millis, count, context.zone());
  }

  @ScalarFunction(
      name = {"date_add", "dateadd", "timestampadd"},
      signature = "(STRING, BIGINT, DATE) -> DATE",
      description = "The date so many days, weeks, months, quarters or years later.",
      category = Category.TIME,
      examples = {"date_add('day', 30, DATE '2024-02-01') = DATE '2024-03-02'"},
      canFail = true)
  public static long dateAddDate(@Prepared("unit") CalendarUnit unit, long count, long day) {
    if (unit.compareTo(CalendarUnit.DAY) < 0) {
      throw new RowException("a DATE has no " + unit + ": cast it to TIMESTAMP first");
    }
    long later = unit.add(Casts.dateToTimestamp(day), count, ZoneOffset.UTC);
    return Casts.timestampToDate(later);
  }

  @ScalarFunction(
      name = "date_add",
      signature = "(DATE, BIGINT) -> DATE",
      description = "The date so many days later.",
      category = Category.TIME,
      examples = {"date_add(DATE '2024-02-28', 2) = DATE '2024-03-01'"},
      canFail = true)
  public static long addDays(long day, long count) {
    return Math.addExact(day, count);
  }

  @ScalarFunction(
      name = {"date_diff", "datediff", "timestampdiff"},
      signature = "(STRING, TIMESTAMP, TIMESTAMP) -> BIGINT",
      description = "How many whole units lie between the first time and the second.",
      category = Category.TIME,
      examples = {
        "date_diff('minute', TIMESTAMP '2024-03-01 10:00:00', TIMESTAMP '2024-03-01"
            + " 10:59:59') = 59",
        "timestampdiff('day', TIMESTAMP '2024-03-02 00:00:00', TIMESTAMP '2024-03-01"
            + " 00:00:00') = -1"
      },
      canFail = true)
  public static long dateDiff(
      EvaluationContext context, @Prepared("unit") CalendarUnit unit, long from, long to) {
    return unit.between(from, to, context.zone());
  }

  @ScalarFunction(
      name = {"date_diff", "datediff", "timestampdiff"},
      signature = "(STRING, DATE, DATE) -> BIGINT",
      description = "How many whole units lie between the first date and the second.",
      category = Category.TIME,
      examples = {"date_diff('month', DATE '2024-01-31', DATE '2024-02-29') = 0"},
      canFail = true)
  public static long dateDiffDate(@Prepared("unit") CalendarUnit unit, long from, long to) {
    return unit.between(Casts.dateToTimestamp(from), Casts.dateToTimestamp(to), ZoneOffset.UTC);
  }

  @ScalarFunction(
      name = {"last_day", "last_day_of_month"},
      signature = "(DATE) -> DATE",
      description = "The last day of the month.",
      category = Category.TIME,
      examples = {"last_day(DATE '2024-02-10') = DATE '2024-02-29'"})
  public static long lastDayOfDate(long day) {
    return LocalDate.ofEpochDay(day).with(TemporalAdjusters.lastDayOfMonth()).toEpochDay();
  }

  @ScalarFunction(
      name = {"last_day", "last_day_of_month"},
      signature = "(TIMESTAMP) -> DATE",
      description = "The last day of the month.",
      category = Category.TIME,
      examples = {"last_day(TIMESTAMP '2023-02-10 10:00:00') = DATE '2023-02-28'"})
  public static long lastDay(EvaluationContext context, long millis) {
    return lastDayOfDate(
        LocalDate.ofInstant(Instant.ofEpochMilli(millis), context.zone()).toEpochDay());
  }
}
