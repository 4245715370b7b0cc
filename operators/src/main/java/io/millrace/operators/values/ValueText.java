package io.millrace.operators.values;

import io.millrace.spi.connector.ByteOutput;
import io.millrace.spi.data.Bytes;
import io.millrace.spi.error.RowException;
import io.millrace.spi.text.IsoTime;
import io.millrace.spi.text.NumberWriter;
import io.millrace.spi.types.DataType;
import java.math.BigDecimal;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;

/**
 * The text of a value, as {@code CAST(x AS STRING)} and the console give it: numbers plain, times
 * in ISO-8601, BYTES as the UTF-8 that they hold, collections as JSON. Reading it back gives the
 * same value, but for collections.
 */
public final class ValueText {
  private static final int LONGEST_SHOWN = 50;

  private ValueText() {}

  /** The text of a boxed internal value. */
  public static String of(DataType type, Object value) {
    if (type instanceof DataType.Simple simple) {
      return switch (simple) {
        case TIMESTAMP -> timestamp((Long) value);
        case DATE -> date((Long) value);
        case TIME -> time((Long) value);
        case INTERVAL -> interval((Long) value);
        case DOUBLE -> of(((Double) value).doubleValue());
        case BYTES -> of((Bytes) value);
        case BOOLEAN, INT, BIGINT, STRING, NULL -> value.toString();
      };
    }
    return type instanceof DataType.Decimal
        ? of((BigDecimal) value)
        : JsonText.of(type).write(value);
  }

  public static String of(boolean value) {
    return value ? "true" : "false";
  }

  public static String of(long value) {
    return Long.toString(value);
  }

  /**
   * The shortest decimal that is read back as the same double, such as {@code 0.1}, {@code 1.0E10}.
   */
  public static String of(double value) {
    ByteOutput out = new ByteOutput(24);
    NumberWriter.writeDouble(value, out);
    return ascii(out);
  }

  public static String of(BigDecimal value) {
    return value.toPlainString();
  }

  /** The text that the bytes are in UTF-8; a row error if they are none. */
  public static String of(Bytes value) {
    try {
      return StandardCharsets.UTF_8
          .newDecoder()
          .decode(ByteBuffer.wrap(value.unsafeArray()))
          .toString();
    } catch (CharacterCodingException ignored) { // the row error says it
      throw new RowException(
          "cannot cast BYTES " + quoted(value.toString()) + " to STRING: not UTF-8");
    }
  }

  /** Such as {@code 2024-03-01T10:00:00Z}, with milliseconds only where there are any. */
  public static String timestamp(long millis) {
    ByteOutput out = new ByteOutput(32);
    IsoTime.writeTimestamp(millis, out);
    return ascii(out);
  }

  /** Such as {@code 2024-03-01}. */
  public static String date(long day) {
    ByteOutput out = new ByteOutput(16);
    IsoTime.writeDate(day, out);
    return ascii(out);
  }

  /** Such as {@code 10:00:00}, with milliseconds only where there are any. */
  public static String time(long millisOfDay) {
    ByteOutput out = new ByteOutput(16);
    IsoTime.writeTime(millisOfDay, out);
    return ascii(out);
  }

  /** Such as {@code PT1H30M}. */
  public static String interval(long millis) {
    return Duration.ofMillis(millis).toString();
  }

  /** A text between quotes, cut where it is long, for messages. */
  static String quoted(String text) {
    return text.length() <= LONGEST_SHOWN
        ? "'" + text + "'"
        : "'" + text.substring(0, LONGEST_SHOWN) + "…'";
  }

  private static String ascii(ByteOutput out) {
    return new String(out.array(), 0, out.size(), StandardCharsets.ISO_8859_1);
  }
}
