package io.millrace.operators.functions;

import io.millrace.spi.error.RowException;
import io.millrace.spi.function.EvaluationContext;
import io.millrace.spi.function.Prepared;
import io.millrace.spi.function.ScalarFunction;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;

/**
 * The time of now, time zones, and times as numbers. A TIMESTAMP is an instant: seen in a zone
 * means the instant that reads in UTC as the first one reads in the zone.
 */
public final class TimeZoneFunctions {
  private static final long MILLIS_OF_DAY = 86_400_000;

  private TimeZoneFunctions() {}

  /** Finds the zone of a name. */
  public static ZoneId zone(String name) {
    try {
      ZoneId zone = ZoneId.of(name.strip());
      return zone.getId().equals("UTC") ? ZoneOffset.UTC : zone;
    } catch (DateTimeException ignored) { // the row error says it
      throw new RowException(
          "unknown time zone '" + name + "': expected a name such as Europe/Berlin or +02:00");
    }
  }

  @ScalarFunction(
      name = {"now", "current_timestamp"},
      signature = "() -> TIMESTAMP",
      description = "The clock's time at which the row is processed.",
      category = Category.TIME,
      examples = {"date_diff('day', now(), now()) = 0"},
      deterministic = false)
  public static long now(EvaluationContext context) {
    return context.clock().millis();
  }

  @ScalarFunction(
      name = "current_date",
      signature = "() -> DATE",
      description = "The day at which the row is processed, in the job's time zone.",
      category = Category.TIME,
      examples = {"date_diff('day', current_date(), current_date()) = 0"},
      deterministic = false)
  public static long currentDate(EvaluationContext context) {
    return Math.floorDiv(localMillis(context.clock().millis(), context.zone()), MILLIS_OF_DAY);
  }

  @ScalarFunction(
      name = "current_time",
      signature = "() -> TIME",
      description = "The time of day at which the row is processed, in the job's time zone.",
      category = Category.TIME,
      examples = {"length(format_time(current_time(), 'HH:mm')) = 5"},
      deterministic = false)
  public static long currentTime(EvaluationContext context) {
    return Math.floorMod(localMillis(context.clock().millis(), context.zone()), MILLIS_OF_DAY);
  }

  @ScalarFunction(
      name = {"at_timezone", "$at_time_zone"},
      signature = "(TIMESTAMP, STRING) -> TIMESTAMP",
      description = "The time as it reads in a zone; also written x AT TIME ZONE zone.",
      category = Category.TIME,
      examples = {
        "at_timezone(TIMESTAMP '2024-07-01 10:00:00', 'Europe/Berlin') = TIMESTAMP"
            + " '2024-07-01 12:00:00'"
      },
      canFail = true)
  public static long atTimezone(long millis, @Prepared("zone") ZoneId zone) {
    return localMillis(millis, zone);
  }

  @ScalarFunction(
      name = "convert_tz",
      signature = "(TIMESTAMP, STRING, STRING) -> TIMESTAMP",
      description = "What reads as this time in the first zone, as it reads in the second.",
      category = Category.TIME,
      examples = {
        "convert_tz(TIMESTAMP '2024-07-01 10:00:00', 'America/New_York', 'UTC') = TIMESTAMP"
            + " '2024-07-01 14:00:00'"
      },
      canFail = true)
  public static long convertTz(
      long millis, @Prepared("zone") ZoneId from, @Prepared("zone") ZoneId to) {
    LocalDateTime local = LocalDateTime.ofInstant(Instant.ofEpochMilli(millis), ZoneOffset.UTC);
    return localMillis(local.atZone(from).toInstant().toEpochMilli(), to);
  }

  @ScalarFunction(
      name = "to_unixtime",
      signature = "(TIMESTAMP) -> DOUBLE",
      description = "Seconds since the epoch, with their fraction.",
      category = Category.TIME,
      examples = {"to_unixtime(TIMESTAMP '1970-01-01 00:00:01.500') = 1.5"})
  public static double toUnixtime(long millis) {
    return millis / 1000.0;
  }

  @ScalarFunction(
      name = "from_unixtime",
      signature = "(DOUBLE) -> TIMESTAMP",
      description = "The time so many seconds after the epoch, to the millisecond.",
      category = Category.TIME,
      examples = {"from_unixtime(1.5) = TIMESTAMP '1970-01-01 00:00:01.500'"},
      canFail = true)
  public static long fromUnixtime(double seconds) {
    double millis = seconds * 1000;
    if (!(Math.abs(millis) < 0x1p62)) {
      throw new RowException(seconds + " seconds are out of the range of TIMESTAMP");
    }
    return Math.round(millis);
  }

  @ScalarFunction(
      name = "to_timestamp",
      signature = "(BIGINT) -> TIMESTAMP",
      description = "The time so many milliseconds after the epoch.",
      category = Category.TIME,
      examples = {"to_timestamp(1500) = TIMESTAMP '1970-01-01 00:00:01.500'"})
  public static long toTimestamp(long millis) {
    return millis;
  }

  @ScalarFunction(
      name = {"unix_millis", "to_millis"},
      signature = "(TIMESTAMP) -> BIGINT",
      description = "Milliseconds since the epoch.",
      category = Category.TIME,
      examples = {"unix_millis(TIMESTAMP '1970-01-01 00:00:01.500') = 1500"})
  public static long unixMillis(long millis) {
    return millis;
  }

  /** What the clocks of a zone show, as if it were UTC. */
  private static long localMillis(long millis, ZoneId zone) {
    Instant instant = Instant.ofEpochMilli(millis);
    return millis + zone.getRules().getOffset(instant).getTotalSeconds() * 1000L;
  }
}
