package io.millrace.spi.text;

import io.millrace.spi.connector.ByteOutput;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeParseException;
import java.time.temporal.TemporalAccessor;

/**
 * ISO-8601 texts of TIMESTAMP, DATE and TIME, read and written without objects for the years 0 to
 * 9999. Fractions of a second beyond milliseconds are cut off.
 */
public final class IsoTime {
  /** What reading a text gives that is no such time. */
  public static final long NONE = Long.MIN_VALUE;

  private static final long DAY = 86_400_000L;
  private static final long FIRST_FAST = -62_167_219_200_000L;
  private static final long LAST_FAST = 253_402_300_799_999L;
  private static final int DAYS_BEFORE_EPOCH = 719_468;
  private static final int DAYS_OF_ERA = 146_097;

  private IsoTime() {}

  /**
   * Reads a date, or a date and a time of day apart by {@code T} or a blank, in UTC unless a zone
   * follows. Gives milliseconds since the epoch.
   */
  public static long parseTimestamp(char[] text, int offset, int length) {
    long day = length >= 10 ? fastDate(text, offset) : NONE;
    if (day == NONE) {
      return slowTimestamp(text, offset, length);
    }
    if (length == 10) {
      return day * DAY;
    }
    char separator = text[offset + 10];
    if (separator != 'T' && separator != ' ' && separator != 't') {
      return NONE;
    }
    int from = offset + 11;
    int end = offset + length;
    int timeEnd = endOfTime(text, from, end);
    long time = parseTime(text, from, timeEnd - from);
    long zone = zoneMillis(text, timeEnd, end);
    if (time == NONE || zone == NONE) {
      return slowTimestamp(text, offset, length);
    }
    return day * DAY + time - zone;
  }

  /** Reads {@code 2024-03-01} and gives days since the epoch. */
  public static long parseDate(char[] text, int offset, int length) {
    if (length == 10) {
      return fastDate(text, offset);
    }
    try {
      return LocalDate.parse(new String(text, offset, length)).toEpochDay();
    } catch (DateTimeParseException ignored) { // the answer is "none"
      return NONE;
    }
  }

  /** Reads {@code 10:00}, {@code 10:00:00} or {@code 10:00:00.123}: milliseconds of the day. */
  public static long parseTime(char[] text, int offset, int length) {
    if (length < 5 || text[offset + 2] != ':') {
      return NONE;
    }
    int hour = twoDigits(text, offset);
    int minute = twoDigits(text, offset + 3);
    int second = 0;
    int millis = 0;
    if (length > 5) {
      if (length < 8 || text[offset + 5] != ':') {
        return NONE;
      }
      second = twoDigits(text, offset + 6);
    }
    if (length > 8) {
      millis = fraction(text, offset + 8, offset + length);
    }
    boolean good =
        inRange(hour, 23) && inRange(minute, 59) && inRange(second, 59) && inRange(millis, 999);
    return good ? ((hour * 60L + minute) * 60 + second) * 1000 + millis : NONE;
  }

  /** Appends {@code 2024-03-01T10:00:00Z}, with milliseconds only where there are any. */
  public static void writeTimestamp(long millis, ByteOutput out) {
    if (millis < FIRST_FAST || millis > LAST_FAST) {
      Utf8.write(Instant.ofEpochMilli(millis).toString(), out);
      return;
    }
    long day = Math.floorDiv(millis, DAY);
    writeDate(day, out);
    out.write('T');
    writeTime(millis - day * DAY, out);
    out.write('Z');
  }

  /** Appends {@code 2024-03-01}. */
  public static void writeDate(long day, ByteOutput out) {
    if (day < FIRST_FAST / DAY || day > LAST_FAST / DAY) {
      Utf8.write(LocalDate.ofEpochDay(day).toString(), out);
      return;
    }
    // Howard Hinnant, "chrono-compatible low-level date algorithms", civil_from_days.
    int shifted = (int) day + DAYS_BEFORE_EPOCH;
    int era = Math.floorDiv(shifted, DAYS_OF_ERA);
    int dayOfEra = shifted - era * DAYS_OF_ERA;
    int yearOfEra = (dayOfEra - dayOfEra / 1460 + dayOfEra / 36_524 - dayOfEra / 146_096) / 365;
    int dayOfYear = dayOfEra - (365 * yearOfEra + yearOfEra / 4 - yearOfEra / 100);
    int marchMonth = (5 * dayOfYear + 2) / 153;
    int dayOfMonth = dayOfYear - (153 * marchMonth + 2) / 5 + 1;
    int month = marchMonth < 10 ? marchMonth + 3 : marchMonth - 9;
    int year = yearOfEra + era * 400 + (month <= 2 ? 1 : 0);
    byte[] bytes = out.reserve(10);
    int at = out.size();
    NumberWriter.putDigits(bytes, at, year, 4);
    bytes[at + 4] = '-';
    NumberWriter.putDigits(bytes, at + 5, month, 2);
    bytes[at + 7] = '-';
    NumberWriter.putDigits(bytes, at + 8, dayOfMonth, 2);
    out.advance(10);
  }

  /** Appends {@code 10:00:00}, with milliseconds only where there are any. */
  public static void writeTime(long millisOfDay, ByteOutput out) {
    int seconds = (int) (millisOfDay / 1000);
    int millis = (int) (millisOfDay - seconds * 1000L);
    byte[] bytes = out.reserve(12);
    int at = out.size();
    NumberWriter.putDigits(bytes, at, seconds / 3600, 2);
    bytes[at + 2] = ':';
    NumberWriter.putDigits(bytes, at + 3, seconds / 60 % 60, 2);
    bytes[at + 5] = ':';
    NumberWriter.putDigits(bytes, at + 6, seconds % 60, 2);
    if (millis != 0) {
      bytes[at + 8] = '.';
      NumberWriter.putDigits(bytes, at + 9, millis, 3);
    }
    out.advance(millis == 0 ? 8 : 12);
  }

  /** The day of {@code yyyy-MM-dd}, by Hinnant's days_from_civil. */
  private static long fastDate(char[] text, int offset) {
    if (text[offset + 4] != '-' || text[offset + 7] != '-') {
      return NONE;
    }
    int century = twoDigits(text, offset);
    int years = twoDigits(text, offset + 2);
    int month = twoDigits(text, offset + 5);
    int day = twoDigits(text, offset + 8);
    if (!inRange(century, 99) || !inRange(years, 99) || !inRange(month, 12) || month == 0) {
      return NONE;
    }
    int year = 100 * century + years;
    if (day < 1 || day > lengthOfMonth(year, month)) {
      return NONE;
    }
    int shiftedYear = month <= 2 ? year - 1 : year;
    int era = Math.floorDiv(shiftedYear, 400);
    int yearOfEra = shiftedYear - era * 400;
    int dayOfYear = (153 * (month > 2 ? month - 3 : month + 9) + 2) / 5 + day - 1;
    int dayOfEra = yearOfEra * 365 + yearOfEra / 4 - yearOfEra / 100 + dayOfYear;
    return (long) era * DAYS_OF_ERA + dayOfEra - DAYS_BEFORE_EPOCH;
  }

  private static int lengthOfMonth(int year, int month) {
    return switch (month) {
      case 2 -> year % 4 == 0 && (year % 100 != 0 || year % 400 == 0) ? 29 : 28;
      case 4, 6, 9, 11 -> 30;
      default -> 31;
    };
  }

  private static int endOfTime(char[] text, int from, int end) {
    int at = from;
    while (at < end && (text[at] == ':' || text[at] == '.' || isDigit(text[at]))) {
      at++;
    }
    return at;
  }

  /** The offset of {@code Z}, {@code +01}, {@code +0100} or {@code +01:00}; 0 for no zone. */
  private static long zoneMillis(char[] text, int from, int end) {
    int length = end - from;
    if (length == 0 || (length == 1 && (text[from] == 'Z' || text[from] == 'z'))) {
      return 0;
    }
    boolean colon = length == 6 && text[from + 3] == ':';
    if ((text[from] != '+' && text[from] != '-') || (length != 3 && length != 5 && !colon)) {
      return NONE;
    }
    int hours = twoDigits(text, from + 1);
    int minutes = length == 3 ? 0 : twoDigits(text, end - 2);
    if (!inRange(hours, 18) || !inRange(minutes, 59)) {
      return NONE;
    }
    long millis = (hours * 60L + minutes) * 60_000;
    return text[from] == '-' ? -millis : millis;
  }

  /** Years of more digits, named zones. */
  private static long slowTimestamp(char[] text, int offset, int length) {
    if (length < 11 || length > 100) {
      return NONE;
    }
    String iso = new String(text, offset, length).replaceFirst("(?<=\\d) (?=\\d)", "T");
    try {
      TemporalAccessor parsed =
          DateTimeFormatter.ISO_DATE_TIME.parseBest(iso, ZonedDateTime::from, LocalDateTime::from);
      Instant instant =
          parsed instanceof ZonedDateTime zoned
              ? zoned.toInstant()
              : LocalDateTime.from(parsed).toInstant(ZoneOffset.UTC);
      return instant.toEpochMilli();
    } catch (DateTimeParseException | ArithmeticException ignored) { // the answer is "none"
      return NONE;
    }
  }

  /** The milliseconds of {@code .d+}, -1 if it is no fraction. */
  private static int fraction(char[] text, int from, int end) {
    if (text[from] != '.' || end - from < 2 || end - from > 10) {
      return -1;
    }
    int millis = 0;
    for (int i = from + 1; i < end; i++) {
      if (!isDigit(text[i])) {
        return -1;
      }
    }
    for (int i = from + 1; i <= from + 3; i++) {
      millis = 10 * millis + (i < end ? text[i] - '0' : 0);
    }
    return millis;
  }

  private static int twoDigits(char[] text, int at) {
    return isDigit(text[at]) && isDigit(text[at + 1])
        ? 10 * (text[at] - '0') + text[at + 1] - '0'
        : -1;
  }

  private static boolean inRange(int value, int greatest) {
    return value >= 0 && value <= greatest;
  }

  private static boolean isDigit(char c) {
    return c >= '0' && c <= '9';
  }
}
