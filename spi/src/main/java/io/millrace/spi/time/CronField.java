package io.millrace.spi.time;

import java.util.BitSet;
import java.util.Locale;

/** A field of a cron expression: its name, what it may hold, and how it is read. */
enum CronField {
  SECOND("second", 0, 59, ""),
  MINUTE("minute", 0, 59, ""),
  HOUR("hour", 0, 23, ""),
  DAY("day of the month", 1, 31, ""),
  MONTH("month", 1, 12, "JAN FEB MAR APR MAY JUN JUL AUG SEP OCT NOV DEC"),
  /** 1 is Sunday. */
  WEEKDAY("day of the week", 1, 7, "SUN MON TUE WED THU FRI SAT"),
  YEAR("year", 1970, 2199, "");

  private final String description;
  private final int first;
  private final int last;

  /** Of three letters each, between blanks; empty if the values have none. */
  private final String names;

  CronField(String description, int first, int last, String names) {
    this.description = description;
    this.first = first;
    this.last = last;
    this.names = names;
  }

  static boolean isAny(String text) {
    return text.equals("*") || text.equals("?");
  }

  /**
   * The values of a field: {@code *}, or values, ranges {@code a-b} and steps {@code a/n}, {@code
   * a-b/n}, between commas.
   *
   * @throws IllegalArgumentException if it is none, with a message for people
   */
  BitSet read(String text) {
    BitSet values = new BitSet();
    if (isAny(text)) {
      values.set(first, last + 1);
      return values;
    }
    for (String part : text.split(",", -1)) {
      readPart(part, values);
    }
    return values;
  }

  private void readPart(String part, BitSet values) {
    int slash = part.indexOf('/');
    String range = slash < 0 ? part : part.substring(0, slash);
    int step = slash < 0 ? 1 : number(part.substring(slash + 1), 1, last, part);
    int dash = range.indexOf('-');
    int from = first;
    int to = last;
    if (dash >= 0) {
      from = value(range.substring(0, dash), part);
      to = value(range.substring(dash + 1), part);
    } else if (!range.equals("*")) {
      from = value(range, part);
      to = slash < 0 ? from : last;
    }
    if (from > to) {
      throw refused(part);
    }
    for (int value = from; value <= to; value += step) {
      values.set(value);
    }
  }

  private int value(String text, String part) {
    int at = text.length() == 3 ? names.indexOf(text.toUpperCase(Locale.ROOT)) : -1;
    return at >= 0 && at % 4 == 0 ? first + at / 4 : number(text, first, last, part);
  }

  private int number(String text, int from, int to, String part) {
    if (!text.isEmpty() && text.length() < 5 && text.chars().allMatch(c -> c >= '0' && c <= '9')) {
      int number = Integer.parseInt(text);
      if (number >= from && number <= to) {
        return number;
      }
    }
    throw refused(part);
  }

  private IllegalArgumentException refused(String part) {
    return new IllegalArgumentException(
        "'" + part + "' is no " + description + ", which is from " + first + " to " + last);
  }
}
