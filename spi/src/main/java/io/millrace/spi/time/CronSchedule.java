package io.millrace.spi.time;

import java.time.LocalDate;
import java.util.BitSet;
import java.util.List;

/**
 * Moments of a cron expression in UTC: second, minute, hour, day of the month, month, day of the
 * week, and perhaps year, between blanks, as Quartz writes them. Each is {@code *} or {@code ?} for
 * any, or values, ranges {@code a-b} and steps {@code a/n}, between commas; months and days of the
 * week have their English names too, and the day of the month may be {@code L}, the last one. Times
 * are milliseconds since the epoch.
 */
public final class CronSchedule {
  private static final long MILLIS_OF_DAY = 86_400_000;
  private static final int SECONDS_OF_HOUR = 3_600;
  private static final int LAST_SECOND = 86_399;

  /** As far as a day can be from the next one: over a year that is no leap year. */
  private static final int MOST_MONTHS = 12 * 9;

  private final String text;
  private final BitSet seconds;
  private final BitSet minutes;
  private final BitSet hours;
  private final BitSet days;
  private final boolean isLastDay;
  private final BitSet months;
  private final BitSet weekdays;
  private final BitSet years;
  private final boolean isEveryYear;

  private CronSchedule(String text, List<String> fields) {
    this.text = text;
    seconds = CronField.SECOND.read(fields.get(0));
    minutes = CronField.MINUTE.read(fields.get(1));
    hours = CronField.HOUR.read(fields.get(2));
    isLastDay = fields.get(3).equalsIgnoreCase("L");
    days = CronField.DAY.read(isLastDay ? "*" : fields.get(3));
    months = CronField.MONTH.read(fields.get(4));
    weekdays = CronField.WEEKDAY.read(fields.get(5));
    String year = fields.size() > 6 ? fields.get(6) : "*";
    isEveryYear = CronField.isAny(year);
    years = CronField.YEAR.read(year);
  }

  /**
   * Reads an expression.
   *
   * @throws IllegalArgumentException if it is none, or has no moments, with a message for people
   */
  public static CronSchedule parse(String text) {
    List<String> fields = List.of(text.strip().split("\\s+"));
    if (fields.size() < 6 || fields.size() > 7) {
      throw new IllegalArgumentException(
          "a cron expression has six or seven fields: second, minute, hour, day of the month,"
              + " month, day of the week, and perhaps year; found "
              + (text.isBlank() ? 0 : fields.size()));
    }
    if (!CronField.isAny(fields.get(3)) && !CronField.isAny(fields.get(5))) {
      throw new IllegalArgumentException(
          "the day of the month or the day of the week must be ?, since one of them decides");
    }
    CronSchedule schedule = new CronSchedule(text, fields);
    if (schedule.next(-1) == Long.MAX_VALUE) {
      throw new IllegalArgumentException("there is no such day");
    }
    return schedule;
  }

  /** The first moment behind a time; {@link Long#MAX_VALUE} if there is none. */
  public long next(long time) {
    if (time == Long.MAX_VALUE) {
      return time;
    }
    long from = Math.floorDiv(time, 1_000L) + 1;
    long day = Math.floorDiv(from, MILLIS_OF_DAY / 1_000);
    int second = secondFrom(Math.floorMod(from, LAST_SECOND + 1));
    if (second < 0 || !isDay(LocalDate.ofEpochDay(day))) {
      day = nextDay(day);
      second = secondFrom(0);
    }
    return moment(day, second, Long.MAX_VALUE);
  }

  /** The last moment up to a time; {@link Long#MIN_VALUE} if there is none. */
  public long previous(long time) {
    long to = Math.floorDiv(time, 1_000L);
    long day = Math.floorDiv(to, MILLIS_OF_DAY / 1_000);
    int second = secondUpTo(Math.floorMod(to, LAST_SECOND + 1));
    if (second < 0 || !isDay(LocalDate.ofEpochDay(day))) {
      day = previousDay(day);
      second = secondUpTo(LAST_SECOND);
    }
    return moment(day, second, Long.MIN_VALUE);
  }

  private static long moment(long day, int second, long none) {
    return day == none || Math.abs(day) > Long.MAX_VALUE / MILLIS_OF_DAY - 1
        ? none
        : day * MILLIS_OF_DAY + second * 1_000L;
  }

  private boolean isDay(LocalDate date) {
    return isYear(date.getYear())
        && months.get(date.getMonthValue())
        && days.get(date.getDayOfMonth())
        && (!isLastDay || date.getDayOfMonth() == date.lengthOfMonth())
        && weekdays.get(date.getDayOfWeek().getValue() % 7 + 1);
  }

  private boolean isYear(int year) {
    return isEveryYear || (year >= 0 && years.get(year));
  }

  /** The first day behind a day; {@link Long#MAX_VALUE} if there is none. */
  private long nextDay(long day) {
    LocalDate date = LocalDate.ofEpochDay(day).plusDays(1);
    if (!isEveryYear && date.getYear() < years.nextSetBit(0)) {
      date = LocalDate.of(years.nextSetBit(0), 1, 1);
    }
    LocalDate end = isEveryYear ? date.plusMonths(MOST_MONTHS) : LocalDate.of(years.length(), 1, 1);
    while (date.isBefore(end)) {
      if (isDay(date)) {
        return date.toEpochDay();
      }
      boolean isMonth = isYear(date.getYear()) && months.get(date.getMonthValue());
      date = isMonth ? date.plusDays(1) : date.withDayOfMonth(1).plusMonths(1);
    }
    return Long.MAX_VALUE;
  }

  /** The last day before a day; {@link Long#MIN_VALUE} if there is none. */
  private long previousDay(long day) {
    LocalDate date = LocalDate.ofEpochDay(day).minusDays(1);
    if (!isEveryYear && date.getYear() >= years.length()) {
      date = LocalDate.of(years.length() - 1, 12, 31);
    }
    LocalDate end =
        isEveryYear
            ? date.minusMonths(MOST_MONTHS)
            : LocalDate.of(years.nextSetBit(0), 1, 1).minusDays(1);
    while (date.isAfter(end)) {
      if (isDay(date)) {
        return date.toEpochDay();
      }
      boolean isMonth = isYear(date.getYear()) && months.get(date.getMonthValue());
      date = isMonth ? date.minusDays(1) : date.withDayOfMonth(1).minusDays(1);
    }
    return Long.MIN_VALUE;
  }

  /** The first second of a day that is not before one; -1 if there is none. */
  private int secondFrom(int from) {
    int hour = hours.nextSetBit(from / SECONDS_OF_HOUR);
    if (hour < 0) {
      return -1;
    }
    if (hour == from / SECONDS_OF_HOUR) {
      int minute = minutes.nextSetBit(from / 60 % 60);
      int second = minute == from / 60 % 60 ? seconds.nextSetBit(from % 60) : seconds.nextSetBit(0);
      if (second < 0) {
        minute = minutes.nextSetBit(minute + 1);
        second = seconds.nextSetBit(0);
      }
      if (minute >= 0) {
        return hour * SECONDS_OF_HOUR + minute * 60 + second;
      }
      hour = hours.nextSetBit(hour + 1);
    }
    return hour < 0
        ? -1
        : hour * SECONDS_OF_HOUR + minutes.nextSetBit(0) * 60 + seconds.nextSetBit(0);
  }

  /** The last second of a day that is not behind one; -1 if there is none. */
  private int secondUpTo(int to) {
    int hour = hours.previousSetBit(to / SECONDS_OF_HOUR);
    if (hour < 0) {
      return -1;
    }
    int lastSecond = seconds.length() - 1;
    if (hour == to / SECONDS_OF_HOUR) {
      int minute = minutes.previousSetBit(to / 60 % 60);
      int second = minute == to / 60 % 60 ? seconds.previousSetBit(to % 60) : lastSecond;
      if (second < 0) {
        minute = minutes.previousSetBit(minute - 1);
        second = lastSecond;
      }
      if (minute >= 0) {
        return hour * SECONDS_OF_HOUR + minute * 60 + second;
      }
      hour = hours.previousSetBit(hour - 1);
    }
    return hour < 0 ? -1 : hour * SECONDS_OF_HOUR + (minutes.length() - 1) * 60 + lastSecond;
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof CronSchedule schedule && schedule.text.equals(text);
  }

  @Override
  public int hashCode() {
    return text.hashCode();
  }

  /** The expression. */
  @Override
  public String toString() {
    return text;
  }
}
