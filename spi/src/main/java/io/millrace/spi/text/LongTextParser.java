package io.millrace.spi.text;

import io.millrace.spi.connector.RowWriter;
import io.millrace.spi.types.DataType;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.format.DateTimeParseException;

/** Parsers of the types whose internal form is a long. */
abstract class LongTextParser extends TextParser {
  private LongTextParser(DataType type, String field) {
    super(type, field);
  }

  /** The value of a text without blanks around it. */
  abstract long parseLong(char[] text, int offset, int length);

  @Override
  public final Object parse(char[] text, int offset, int length) {
    int from = skipBlanks(text, offset, length);
    return parseLong(text, from, endWithoutBlanks(text, from, offset + length) - from);
  }

  @Override
  public final void parse(char[] text, int offset, int length, RowWriter writer, int column) {
    int from = skipBlanks(text, offset, length);
    writer.setLong(
        column, parseLong(text, from, endWithoutBlanks(text, from, offset + length) - from));
  }

  static int skipBlanks(char[] text, int offset, int length) {
    int at = offset;
    while (at < offset + length && text[at] <= ' ') {
      at++;
    }
    return at;
  }

  static int endWithoutBlanks(char[] text, int from, int end) {
    int at = end;
    while (at > from && text[at - 1] <= ' ') {
      at--;
    }
    return at;
  }

  /** INT and BIGINT; a number with a point or an exponent must be whole. */
  static final class OfInteger extends LongTextParser {
    private final long least;
    private final long greatest;

    OfInteger(DataType type, String field, long least, long greatest) {
      super(type, field);
      this.least = least;
      this.greatest = greatest;
    }

    @Override
    long parseLong(char[] text, int offset, int length) {
      long value = NumberParser.parseSmallLong(text, offset, length);
      if (value == NumberParser.NOT_SMALL) {
        BigDecimal number = NumberParser.parseDecimal(text, offset, length);
        if (number == null) {
          throw unfit(text, offset, length);
        }
        Long whole = NumberParser.toLong(number);
        if (whole == null) {
          throw isWhole(number) ? outOfRange(text, offset, length) : unfit(text, offset, length);
        }
        value = whole;
      }
      if (value < least || value > greatest) {
        throw outOfRange(text, offset, length);
      }
      return value;
    }

    private static boolean isWhole(BigDecimal number) {
      return number.scale() <= 0 || number.stripTrailingZeros().scale() <= 0;
    }
  }

  /** ISO text, or milliseconds since the epoch. */
  static final class OfTimestamp extends LongTextParser {
    OfTimestamp(String field) {
      super(DataType.TIMESTAMP, field);
    }

    @Override
    long parseLong(char[] text, int offset, int length) {
      long number = NumberParser.parseSmallLong(text, offset, length);
      if (number != NumberParser.NOT_SMALL) {
        return number;
      }
      long millis = IsoTime.parseTimestamp(text, offset, length);
      if (millis == IsoTime.NONE) {
        throw unfit(text, offset, length);
      }
      return millis;
    }
  }

  static final class OfDate extends LongTextParser {
    OfDate(String field) {
      super(DataType.DATE, field);
    }

    @Override
    long parseLong(char[] text, int offset, int length) {
      long day = IsoTime.parseDate(text, offset, length);
      if (day == IsoTime.NONE) {
        throw unfit(text, offset, length);
      }
      return day;
    }
  }

  static final class OfTime extends LongTextParser {
    OfTime(String field) {
      super(DataType.TIME, field);
    }

    @Override
    long parseLong(char[] text, int offset, int length) {
      long millis = IsoTime.parseTime(text, offset, length);
      if (millis == IsoTime.NONE) {
        throw unfit(text, offset, length);
      }
      return millis;
    }
  }

  /** Milliseconds, or an ISO duration such as {@code PT1M30S}. */
  static final class OfInterval extends LongTextParser {
    OfInterval(String field) {
      super(DataType.INTERVAL, field);
    }

    @Override
    long parseLong(char[] text, int offset, int length) {
      long number = NumberParser.parseSmallLong(text, offset, length);
      if (number != NumberParser.NOT_SMALL) {
        return number;
      }
      try {
        return Duration.parse(new String(text, offset, length)).toMillis();
      } catch (DateTimeParseException | ArithmeticException ignored) { // said by unfit
        throw unfit(text, offset, length);
      }
    }
  }
}
