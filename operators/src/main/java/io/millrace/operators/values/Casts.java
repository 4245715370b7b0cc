package io.millrace.operators.values;

import io.millrace.spi.data.Bytes;
import io.millrace.spi.error.RowException;
import io.millrace.spi.text.IsoTime;
import io.millrace.spi.text.NumberParser;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.format.DateTimeParseException;
import java.util.Locale;

/**
 * The casts between simple types, on internal forms: one method per target, overloaded by carrier.
 * To a decimal of fewer digits after the point they round half up, to an integer they cut towards
 * zero; what does not fit is a row error. Texts may have blanks around them. {@link Caster} has
 * every pair of types by name, collections too; texts are made by {@link ValueText}.
 */
public final class Casts {
  private static final long DAY = 86_400_000L;
  private static final BigDecimal LEAST_LONG = BigDecimal.valueOf(Long.MIN_VALUE);
  private static final BigDecimal GREATEST_LONG = BigDecimal.valueOf(Long.MAX_VALUE);
  private static final double TWO_TO_63 = 0x1p63;

  private Casts() {}

  public static long toInt(boolean value) {
    return value ? 1 : 0;
  }

  public static long toInt(long value) {
    if ((int) value != value) {
      throw outOfRange(Long.toString(value), "INT");
    }
    return value;
  }

  public static long toInt(double value) {
    if (value > Integer.MIN_VALUE - 1.0 && value < Integer.MAX_VALUE + 1.0) {
      return (long) value;
    }
    throw outOfRange(ValueText.of(value), "INT");
  }

  public static long toInt(BigDecimal value) {
    long whole = toBigint(value, "INT");
    return toInt(whole);
  }

  public static long toInt(String text) {
    long value = wholeNumber(text, "INT");
    if ((int) value != value) {
      throw outOfRange(ValueText.quoted(text), "INT");
    }
    return value;
  }

  public static long toBigint(boolean value) {
    return value ? 1 : 0;
  }

  public static long toBigint(double value) {
    if (value >= -TWO_TO_63 && value < TWO_TO_63) {
      return (long) value;
    }
    throw outOfRange(ValueText.of(value), "BIGINT");
  }

  public static long toBigint(BigDecimal value) {
    return toBigint(value, "BIGINT");
  }

  public static long toBigint(String text) {
    return wholeNumber(text, "BIGINT");
  }

  public static double toDouble(boolean value) {
    return value ? 1 : 0;
  }

  public static double toDouble(BigDecimal value) {
    return value.doubleValue();
  }

  public static double toDouble(String text) {
    String number = text.strip();
    switch (number.toLowerCase(Locale.ROOT)) {
      case "nan" -> {
        return Double.NaN;
      }
      case "infinity", "+infinity" -> {
        return Double.POSITIVE_INFINITY;
      }
      case "-infinity" -> {
        return Double.NEGATIVE_INFINITY;
      }
      default -> {
        double value = NumberParser.parseDouble(number.toCharArray(), 0, number.length());
        if (Double.isNaN(value)) {
          throw unreadable(text, "DOUBLE");
        }
        if (Double.isInfinite(value)) {
          throw outOfRange(ValueText.quoted(text), "DOUBLE");
        }
        return value;
      }
    }
  }

  public static BigDecimal toDecimal(boolean value, int precision, int scale) {
    return toDecimal(value ? BigDecimal.ONE : BigDecimal.ZERO, precision, scale);
  }

  public static BigDecimal toDecimal(long value, int precision, int scale) {
    return toDecimal(BigDecimal.valueOf(value), precision, scale);
  }

  /** The decimal nearest to the shortest text of the value: 1.005 gives 1.01 in DECIMAL(3,2). */
  public static BigDecimal toDecimal(double value, int precision, int scale) {
    String text = ValueText.of(value);
    if (Double.isNaN(value) || Double.isInfinite(value)) {
      throw outOfRange(text, decimal(precision, scale));
    }
    return toDecimal(new BigDecimal(text), precision, scale);
  }

  public static BigDecimal toDecimal(BigDecimal value, int precision, int scale) {
    BigDecimal result = DecimalMath.rounded(value, precision, scale);
    if (result == null) {
      throw outOfRange(value.toString(), decimal(precision, scale));
    }
    return result;
  }

  public static BigDecimal toDecimal(String text, int precision, int scale) {
    return toDecimal(number(text, decimal(precision, scale)), precision, scale);
  }

  public static boolean toBoolean(long value) {
    return value != 0;
  }

  /** False for 0.0 and -0.0 alone. */
  public static boolean toBoolean(double value) {
    return value != 0;
  }

  public static boolean toBoolean(BigDecimal value) {
    return value.signum() != 0;
  }

  /** Reads true, t, yes, y, on, 1 and their contraries, in any case. */
  public static boolean toBoolean(String text) {
    return switch (text.strip().toLowerCase(Locale.ROOT)) {
      case "true", "t", "yes", "y", "on", "1" -> true;
      case "false", "f", "no", "n", "off", "0" -> false;
      default -> throw unreadable(text, "BOOLEAN");
    };
  }

  public static Bytes toBytes(String text) {
    return Bytes.wrap(text.getBytes(StandardCharsets.UTF_8));
  }

  /** Reads ISO-8601, with {@code T} or a blank, in UTC unless a zone follows. */
  public static long toTimestamp(String text) {
    String iso = text.strip();
    return checked(IsoTime.parseTimestamp(iso.toCharArray(), 0, iso.length()), text, "TIMESTAMP");
  }

  /** The midnight in UTC with which the day begins. */
  public static long dateToTimestamp(long day) {
    return Math.multiplyExact(day, DAY);
  }

  /** Reads {@code 2024-03-01}. */
  public static long toDate(String text) {
    String iso = text.strip();
    return checked(IsoTime.parseDate(iso.toCharArray(), 0, iso.length()), text, "DATE");
  }

  /** The day in UTC. */
  public static long timestampToDate(long millis) {
    return Math.floorDiv(millis, DAY);
  }

  /** Reads {@code 10:00}, {@code 10:00:00} or {@code 10:00:00.123}. */
  public static long toTime(String text) {
    String iso = text.strip();
    return checked(IsoTime.parseTime(iso.toCharArray(), 0, iso.length()), text, "TIME");
  }

  /** The time of the day in UTC. */
  public static long timestampToTime(long millis) {
    return Math.floorMod(millis, DAY);
  }

  /** Reads an ISO-8601 duration, such as {@code PT1H30M}. */
  public static long toInterval(String text) {
    try {
      return Duration.parse(text.strip()).toMillis();
    } catch (DateTimeParseException | ArithmeticException ignored) { // the row error says it
      throw unreadable(text, "INTERVAL");
    }
  }

  private static long toBigint(BigDecimal value, String target) {
    if (value.compareTo(LEAST_LONG) <= 0 || value.compareTo(GREATEST_LONG) >= 0) {
      BigDecimal whole = value.setScale(0, RoundingMode.DOWN);
      if (whole.compareTo(LEAST_LONG) < 0 || whole.compareTo(GREATEST_LONG) > 0) {
        throw outOfRange(value.toPlainString(), target);
      }
    }
    return value.longValue();
  }

  private static long wholeNumber(String text, String target) {
    BigDecimal number = number(text, target);
    Long whole = NumberParser.toLong(number);
    if (whole == null) {
      boolean isWhole = number.scale() <= 0 || number.stripTrailingZeros().scale() <= 0;
      throw isWhole ? outOfRange(ValueText.quoted(text), target) : unreadable(text, target);
    }
    return whole;
  }

  private static BigDecimal number(String text, String target) {
    String number = text.strip();
    BigDecimal value = NumberParser.parseDecimal(number.toCharArray(), 0, number.length());
    if (value == null) {
      throw unreadable(text, target);
    }
    return value;
  }

  private static long checked(long parsed, String text, String target) {
    if (parsed == IsoTime.NONE) {
      throw unreadable(text, target);
    }
    return parsed;
  }

  private static String decimal(int precision, int scale) {
    return "DECIMAL(" + precision + "," + scale + ")";
  }

  private static RowException unreadable(String text, String target) {
    return new RowException("cannot cast " + ValueText.quoted(text) + " to " + target);
  }

  private static RowException outOfRange(String value, String target) {
    return new RowException("cannot cast " + value + " to " + target + ": out of range");
  }
}
