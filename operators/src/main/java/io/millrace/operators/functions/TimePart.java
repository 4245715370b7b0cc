package io.millrace.operators.functions;

import io.millrace.spi.error.RowException;
import java.time.LocalDateTime;
import java.time.temporal.ChronoField;
import java.time.temporal.IsoFields;
import java.time.temporal.TemporalField;
import java.util.Arrays;
import java.util.Locale;

/** A part of a time, as {@code EXTRACT} names it. Always a whole number. */
public enum TimePart {
  CENTURY(ChronoField.YEAR, true),
  DECADE(ChronoField.YEAR, true),
  YEAR(ChronoField.YEAR, true),
  /** The year of the ISO week. */
  ISOYEAR(IsoFields.WEEK_BASED_YEAR, true),
  QUARTER(IsoFields.QUARTER_OF_YEAR, true),
  MONTH(ChronoField.MONTH_OF_YEAR, true),
  /** The ISO week. */
  WEEK(IsoFields.WEEK_OF_WEEK_BASED_YEAR, true),
  DAY(ChronoField.DAY_OF_MONTH, true),
  /** The day of the week, Sunday is 0. */
  DOW(ChronoField.DAY_OF_WEEK, true),
  /** The day of the week, Monday is 1. */
  ISODOW(ChronoField.DAY_OF_WEEK, true),
  DOY(ChronoField.DAY_OF_YEAR, true),
  HOUR(ChronoField.HOUR_OF_DAY, false),
  MINUTE(ChronoField.MINUTE_OF_HOUR, false),
  SECOND(ChronoField.SECOND_OF_MINUTE, false),
  /** Of the second. */
  MILLISECOND(ChronoField.MILLI_OF_SECOND, false),
  /** Whole seconds since the epoch, since midnight, or of an interval. */
  EPOCH(ChronoField.SECOND_OF_DAY, false);

  private static final long MILLIS_OF_DAY = 86_400_000;

  private final TemporalField field;
  private final boolean ofDate;

  TimePart(TemporalField field, boolean ofDate) {
    this.field = field;
    this.ofDate = ofDate;
  }

  /** The part of a name, in the singular or plural, in any case. */
  static TimePart of(String name) {
    String upper = name.strip().toUpperCase(Locale.ROOT);
    for (TimePart part : values()) {
      if (part.name().equals(upper) || (part.name() + "S").equals(upper)) {
        return part;
      }
    }
    throw new RowException(
        "unknown part '" + name + "' of a time: expected one of " + Arrays.toString(values()));
  }

  /** The part of a date and time of day; {@code epochMillis} is the instant that it is. */
  long of(LocalDateTime time, long epochMillis) {
    return switch (this) {
      case CENTURY -> Math.floorDiv(time.getYear() - 1L, 100L) + 1;
      case DECADE -> Math.floorDiv(time.getYear(), 10);
      case DOW -> time.getDayOfWeek().getValue() % 7;
      case EPOCH -> Math.floorDiv(epochMillis, 1000);
      default -> time.getLong(field);
    };
  }

  /** The part of a time of day. */
  long ofTime(long millisOfDay) {
    if (ofDate) {
      throw new RowException("a TIME has no " + this);
    }
    return ofDuration(millisOfDay);
  }

  /** The part of an interval; its days are all of them. */
  long ofInterval(long millis) {
    if (this == DAY) {
      return millis / MILLIS_OF_DAY;
    }
    if (ofDate) {
      throw new RowException("an INTERVAL has no " + this);
    }
    return ofDuration(millis);
  }

  private long ofDuration(long millis) {
    return switch (this) {
      case HOUR -> millis % MILLIS_OF_DAY / 3_600_000;
      case MINUTE -> millis % 3_600_000 / 60_000;
      case SECOND -> millis % 60_000 / 1000;
      case MILLISECOND -> millis % 1000;
      default -> millis / 1000;
    };
  }
}
