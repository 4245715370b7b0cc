package io.millrace.operators.functions;

import io.millrace.spi.error.RowException;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;
import java.time.temporal.ChronoField;
import java.time.temporal.TemporalAccessor;
import java.time.temporal.TemporalQueries;
import java.util.Locale;

/**
 * A pattern of java.time, made once, with English names. What a text does not give is taken from
 * the beginning of 1970: {@code MM-dd} reads a day of 1970, {@code yyyy-MM} the first of a month.
 */
public final class TimePattern {
  private static final long NANOS_OF_MILLI = 1_000_000;

  private final String text;
  private final DateTimeFormatter formatter;

  private TimePattern(String text, DateTimeFormatter formatter) {
    this.text = text;
    this.formatter = formatter;
  }

  static TimePattern of(String text) {
    try {
      DateTimeFormatter formatter =
          new DateTimeFormatterBuilder()
              .parseCaseInsensitive()
              .appendPattern(text)
              .toFormatter(Locale.ENGLISH);
      return new TimePattern(text, formatter);
    } catch (IllegalArgumentException e) {
      throw new RowException("bad pattern '" + text + "' of a time: " + e.getMessage());
    }
  }

  String formatTimestamp(long millis, ZoneId zone) {
    return format(Instant.ofEpochMilli(millis).atZone(zone));
  }

  String formatDate(long day) {
    return format(LocalDate.ofEpochDay(day));
  }

  String formatTime(long millisOfDay) {
    return format(LocalTime.ofNanoOfDay(millisOfDay * NANOS_OF_MILLI));
  }

  /** Milliseconds since the epoch; the zone is for texts that name none. */
  long parseTimestamp(String value, ZoneId zone) {
    TemporalAccessor parsed = parse(value);
    if (parsed.isSupported(ChronoField.INSTANT_SECONDS)) {
      return Instant.from(parsed).toEpochMilli();
    }
    LocalTime time = parsed.query(TemporalQueries.localTime());
    ZoneId own = parsed.query(TemporalQueries.zone());
    LocalDateTime local = date(parsed, value).atTime(time == null ? LocalTime.MIDNIGHT : time);
    return local.atZone(own == null ? zone : own).toInstant().toEpochMilli();
  }

  /** Days since the epoch. */
  long parseDate(String value) {
    return date(parse(value), value).toEpochDay();
  }

  /** Milliseconds of the day. */
  long parseTime(String value) {
    LocalTime time = parse(value).query(TemporalQueries.localTime());
    if (time == null) {
      throw unreadable(value);
    }
    return time.toNanoOfDay() / NANOS_OF_MILLI;
  }

  private LocalDate date(TemporalAccessor parsed, String value) {
    LocalDate date = parsed.query(TemporalQueries.localDate());
    if (date != null) {
      return date;
    }
    try {
      return LocalDate.of(
          field(parsed, ChronoField.YEAR, 1970),
          field(parsed, ChronoField.MONTH_OF_YEAR, 1),
          field(parsed, ChronoField.DAY_OF_MONTH, 1));
    } catch (DateTimeException ignored) { // such as the 30th of February
      throw unreadable(value);
    }
  }

  private static int field(TemporalAccessor parsed, ChronoField field, int absent) {
    if (parsed.isSupported(field)) {
      return parsed.get(field);
    }
    boolean eraYear = field == ChronoField.YEAR && parsed.isSupported(ChronoField.YEAR_OF_ERA);
    return eraYear ? parsed.get(ChronoField.YEAR_OF_ERA) : absent;
  }

  private String format(TemporalAccessor time) {
    try {
      return formatter.format(time);
    } catch (DateTimeException e) {
      throw new RowException("pattern '" + text + "' does not fit the value: " + e.getMessage());
    }
  }

  private TemporalAccessor parse(String value) {
    try {
      return formatter.parse(value);
    } catch (DateTimeException ignored) { // the row error says it
      throw unreadable(value);
    }
  }

  private RowException unreadable(String value) {
    String shown = value.length() <= 50 ? value : value.substring(0, 50) + "…";
    return new RowException("cannot read '" + shown + "' by the pattern '" + text + "'");
  }
}
