package io.millrace.spi.text;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import io.millrace.spi.connector.RowWriter;
import io.millrace.spi.data.Bytes;
import io.millrace.spi.types.DataType;
import java.math.BigDecimal;
import java.util.Base64;
import java.util.Locale;

/** Parsers of the types whose internal form is no long. */
abstract class ObjectTextParser extends TextParser {
  private ObjectTextParser(DataType type, String field) {
    super(type, field);
  }

  @Override
  public void parse(char[] text, int offset, int length, RowWriter writer, int column) {
    writer.setObject(column, parse(text, offset, length));
  }

  static final class OfBoolean extends ObjectTextParser {
    OfBoolean(String field) {
      super(DataType.BOOLEAN, field);
    }

    @Override
    public Object parse(char[] text, int offset, int length) {
      return parseBoolean(text, offset, length);
    }

    @Override
    public void parse(char[] text, int offset, int length, RowWriter writer, int column) {
      writer.setBoolean(column, parseBoolean(text, offset, length));
    }

    private boolean parseBoolean(char[] text, int offset, int length) {
      if (length > 100) {
        throw unfit(text, offset, length);
      }
      return switch (new String(text, offset, length).trim().toLowerCase(Locale.ROOT)) {
        case "true", "t", "yes", "1" -> true;
        case "false", "f", "no", "0" -> false;
        default -> throw unfit(text, offset, length);
      };
    }
  }

  static final class OfDouble extends ObjectTextParser {
    OfDouble(String field) {
      super(DataType.DOUBLE, field);
    }

    @Override
    public Object parse(char[] text, int offset, int length) {
      return parseDouble(text, offset, length);
    }

    @Override
    public void parse(char[] text, int offset, int length, RowWriter writer, int column) {
      writer.setDouble(column, parseDouble(text, offset, length));
    }

    private double parseDouble(char[] text, int offset, int length) {
      int from = LongTextParser.skipBlanks(text, offset, length);
      int size = LongTextParser.endWithoutBlanks(text, from, offset + length) - from;
      double value = NumberParser.parseDouble(text, from, size);
      if (Double.isInfinite(value)) {
        throw outOfRange(text, from, size);
      }
      return Double.isNaN(value) ? parseSpecial(text, from, size) : value;
    }

    private double parseSpecial(char[] text, int offset, int length) {
      return switch (new String(text, offset, Math.min(length, 20))) {
        case "NaN" -> Double.NaN;
        case "Infinity" -> Double.POSITIVE_INFINITY;
        case "-Infinity" -> Double.NEGATIVE_INFINITY;
        default -> throw unfit(text, offset, length);
      };
    }
  }

  /** Rounds half up to the scale of the type. */
  static final class OfDecimal extends ObjectTextParser {
    private final DataType.Decimal decimal;

    OfDecimal(DataType.Decimal decimal, String field) {
      super(decimal, field);
      this.decimal = decimal;
    }

    @Override
    public Object parse(char[] text, int offset, int length) {
      int from = LongTextParser.skipBlanks(text, offset, length);
      int size = LongTextParser.endWithoutBlanks(text, from, offset + length) - from;
      BigDecimal number = NumberParser.parseDecimal(text, from, size);
      if (number == null) {
        throw unfit(text, offset, length);
      }
      BigDecimal fitted = NumberParser.fit(number, decimal.precision(), decimal.scale());
      if (fitted == null) {
        throw outOfRange(text, from, size);
      }
      return fitted;
    }
  }

  static final class OfString extends ObjectTextParser {
    OfString(String field) {
      super(DataType.STRING, field);
    }

    @Override
    public Object parse(char[] text, int offset, int length) {
      return new String(text, offset, length);
    }
  }

  /** Base64. */
  static final class OfBytes extends ObjectTextParser {
    OfBytes(String field) {
      super(DataType.BYTES, field);
    }

    @Override
    public Object parse(char[] text, int offset, int length) {
      try {
        String base64 = new String(text, offset, length).trim();
        return Bytes.wrap(Base64.getDecoder().decode(base64.getBytes(ISO_8859_1)));
      } catch (IllegalArgumentException ignored) { // said by unfit
        throw unfit(text, offset, length);
      }
    }
  }
}
