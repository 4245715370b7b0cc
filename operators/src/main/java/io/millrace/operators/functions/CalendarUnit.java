package io.millrace.operators.functions;

import io.millrace.spi.error.RowException;
import java.time.DateTimeException;
import java.time.DayOfWeek;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.time.temporal.TemporalAdjusters;
import java.util.Locale;

/**
 * A unit in which times are cut, added and counted. Up to the hour a unit has a fixed length; from
 * the day on it goes by the calendar of a zone, where a day may have 23 hours. Weeks begin on
 * Mondays.
 */
public enum CalendarUnit {
  MILLISECOND(ChronoUnit.MILLIS, 1),
  SECOND(ChronoUnit.SECONDS, 1000),
  MINUTE(ChronoUnit.MINUTES, 60_000),
  HOUR(ChronoUnit.HOURS, 3_600_000),
  DAY(ChronoUnit.DAYS, CalendarUnit.MILLIS_OF_DAY),
  WEEK(ChronoUnit.WEEKS, 7 * CalendarUnit.MILLIS_OF_DAY),
  MONTH(ChronoUnit.MONTHS, 0),
  QUARTER(ChronoUnit.MONTHS, 0),
  YEAR(ChronoUnit.YEARS, 0);

  private static final long MILLIS_OF_DAY = 86_400_000;

  private final ChronoUnit unit;
  private final long millis;

  CalendarUnit(ChronoUnit unit, long millis) {
    this.unit = unit;
    this.millis = millis;
  }

  /** The unit of a name, in the singular or plural, in any case. */
  static CalendarUnit of(String name) {
    String upper = name.strip().toUpperCase(Locale.ROOT);
    String singular = upper.endsWith("S") ? upper.substring(0, upper.length() - 1) : upper;
    for (CalendarUnit unit : values()) {
      if (unit.name().equals(singular)) {
        return unit;
      }
    }
    throw new RowException(
        "unknown unit '"
            + name
            + "': expected YEAR, QUARTER, MONTH, WEEK, DAY, HOUR, MINUTE, SECOND or MILLISECOND");
  }

  /** The last beginning of this unit that is not after {@code time}. */
  long floor(long time, ZoneId zone) {
    if (compareTo(DAY) < 0 && (isUtc(zone) || compareTo(MINUTE) < 0)) {
      return Math.floorDiv(time, millis) * millis;
    }
    if (compareTo(DAY) < 0) {
      return Instant.ofEpochMilli(time).atZone(zone).truncatedTo(unit).toInstant().toEpochMilli();
    }
    LocalDate day = local(time, zone).toLocalDate();
    return floorDay(day.toEpochDay(), zone);
  }

  /** The first day of this unit, which is a day or longer, as its first moment in a zone. */
  private long floorDay(long day, ZoneId zone) {
    LocalDate first = LocalDate.ofEpochDay(floorDay(day));
    return first.atStartOfDay(zone).toInstant().toEpochMilli();
  }

  /** The first day of this unit, as days since the epoch; the day itself for units below. */
  public long floorDay(long day) {
    return switch (this) {
      case YEAR -> LocalDate.ofEpochDay(day).withDayOfYear(1).toEpochDay();
      case QUARTER -> {
        LocalDate date = LocalDate.ofEpochDay(day);
        yield LocalDate.of(date.getYear(), (date.getMonthValue() - 1) / 3 * 3 + 1, 1).toEpochDay();
      }
      case MONTH -> LocalDate.ofEpochDay(day).withDayOfMonth(1).toEpochDay();
      case WEEK ->
          LocalDate.ofEpochDay(day)
              .with(TemporalAdjusters.previousOrSame(DayOfWeek.MONDAY))
              .toEpochDay();
      case MILLISECOND, SECOND, MINUTE, HOUR, DAY -> day;
    };
  }

  /** The time {@code count} units later. */
  long add(long time, long count, ZoneId zone) {
    if (compareTo(DAY) < 0 || (millis > 0 && isUtc(zone))) {
      return Math.addExact(time, Math.multiplyExact(count, millis));
    }
    try {
      long steps = this == QUARTER ? Math.multiplyExact(3, count) : count;
      return Instant.ofEpochMilli(time).atZone(zone).plus(steps, unit).toInstant().toEpochMilli();
    } catch (DateTimeException ignored) { // beyond the calendar
      throw new RowException("the time is out of range");
    }
  }

  /** How many whole units lie between two times; negative if the second is before the first. */
  long between(long from, long to, ZoneId zone) {
    if (compareTo(DAY) < 0 || (millis > 0 && isUtc(zone))) {
      return Math.subtractExact(to, from) / millis;
    }
    long steps = unit.between(local(from, zone), local(to, zone));
    return this == QUARTER ? steps / 3 : steps;
  }

  private static boolean isUtc(ZoneId zone) {
    return zone.equals(ZoneOffset.UTC) || zone.getId().equals("UTC");
  }

  private static LocalDateTime local(long time, ZoneId zone) {
    return LocalDateTime.ofInstant(Instant.ofEpochMilli(time), zone);
  }
}
