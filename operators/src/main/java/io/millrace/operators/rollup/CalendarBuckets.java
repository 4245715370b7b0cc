package io.millrace.operators.rollup;

import io.millrace.operators.functions.CalendarUnit;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.zone.ZoneOffsetTransition;
import java.time.zone.ZoneRules;

/**
 * Buckets one behind the other without gaps: the seconds, hours, days or years of a zone. Pure
 * arithmetic on milliseconds since the epoch.
 *
 * <p>Hours and shorter buckets begin where clocks show whole ones, and where clocks are changed: an
 * hour that comes twice is two buckets, and one that a change by half an hour cuts is, too. Longer
 * buckets begin with the first moment of a day, which has 23 or 25 hours where clocks are changed,
 * and ends where the next one begins.
 */
public final class CalendarBuckets {
  private static final long MILLIS_OF_SECOND = 1_000;

  private final CalendarUnit unit;
  private final ZoneId zone;
  private final ZoneRules rules;
  private final long millis;

  public CalendarBuckets(CalendarUnit unit, ZoneId zone) {
    this.unit = unit;
    this.zone = zone;
    this.rules = zone.getRules();
    this.millis =
        switch (unit) {
          case MILLISECOND -> 1;
          case SECOND -> MILLIS_OF_SECOND;
          case MINUTE -> 60 * MILLIS_OF_SECOND;
          case HOUR -> 3_600 * MILLIS_OF_SECOND;
          case DAY, WEEK, MONTH, QUARTER, YEAR -> 0;
        };
  }

  /** A part of the time line, {@code [start, end)}. */
  public record Bucket(long start, long end) {
    boolean contains(long time) {
      return time >= start && time < end;
    }
  }

  /** The bucket that a time is in. */
  public Bucket at(long time) {
    return millis > 0 ? ofClock(time) : ofDays(time);
  }

  private Bucket ofClock(long time) {
    Instant moment = Instant.ofEpochMilli(time);
    long offset = rules.getOffset(moment).getTotalSeconds() * MILLIS_OF_SECOND;
    long inUnit = Math.floorMod(Math.floorMod(time, millis) + offset, millis);
    long start = time < Long.MIN_VALUE + inUnit ? Long.MIN_VALUE : time - inUnit;
    long left = millis - inUnit;
    long end = time > Long.MAX_VALUE - left ? Long.MAX_VALUE : time + left;
    if (millis > MILLIS_OF_SECOND && !rules.isFixedOffset()) {
      ZoneOffsetTransition last = rules.previousTransition(moment.plusMillis(1));
      ZoneOffsetTransition next = rules.nextTransition(moment);
      start = last == null ? start : Math.max(start, millis(last.toEpochSecond()));
      end = next == null ? end : Math.min(end, millis(next.toEpochSecond()));
    }
    return new Bucket(start, end);
  }

  /** Clocks that are put back over midnight do not bring back the day that was over. */
  private Bucket ofDays(long time) {
    long first = unit.floorDay(Instant.ofEpochMilli(time).atZone(zone).toLocalDate().toEpochDay());
    while (secondOf(next(first)) <= Math.floorDiv(time, MILLIS_OF_SECOND)) {
      first = next(first);
    }
    return new Bucket(startOf(first), startOf(next(first)));
  }

  /** The first day of the bucket behind that which begins with a day. */
  private long next(long firstDay) {
    long most =
        switch (unit) {
          case WEEK -> 7;
          case MONTH -> 31;
          case QUARTER -> 92;
          case YEAR -> 366;
          case MILLISECOND, SECOND, MINUTE, HOUR, DAY -> 1;
        };
    return unit.floorDay(firstDay + most);
  }

  private long startOf(long day) {
    return millis(secondOf(day));
  }

  private long secondOf(long day) {
    return LocalDate.ofEpochDay(day).atStartOfDay(zone).toEpochSecond();
  }

  /** At most as far as times reach. */
  private static long millis(long seconds) {
    if (seconds > Long.MAX_VALUE / MILLIS_OF_SECOND) {
      return Long.MAX_VALUE;
    }
    return seconds < Long.MIN_VALUE / MILLIS_OF_SECOND
        ? Long.MIN_VALUE
        : seconds * MILLIS_OF_SECOND;
  }
}
