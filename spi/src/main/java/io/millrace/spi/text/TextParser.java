package io.millrace.spi.text;

import io.millrace.spi.connector.DecodeException;
import io.millrace.spi.connector.RowWriter;
import io.millrace.spi.types.DataType;
import io.millrace.spi.types.DataTypeVisitor;
import java.util.Optional;

/**
 * Reads the text of a value of one scalar type. Blanks around anything but a STRING are ignored.
 * Immutable.
 */
public abstract class TextParser {
  private static final int LONGEST_SHOWN = 60;
  private final DataType type;
  private final String field;

  /**
   * @param type the type of the values
   * @param field what names the value in errors
   */
  protected TextParser(DataType type, String field) {
    this.type = type;
    this.field = field;
  }

  /**
   * A parser for values of a scalar type; empty for ARRAY, MAP, STRUCT.
   *
   * @param field what names the value in errors, such as a column or {@code items.price}
   */
  public static Optional<TextParser> of(DataType type, String field) {
    return type.accept(new Maker(field));
  }

  /**
   * The boxed internal value of a text.
   *
   * @throws DecodeException naming the field and the text, if the text is no such value
   */
  public abstract Object parse(char[] text, int offset, int length);

  /** Sets a column to the value of a text; otherwise as {@link #parse(char[], int, int)}. */
  public abstract void parse(char[] text, int offset, int length, RowWriter writer, int column);

  /** As {@link #parse(char[], int, int)}. */
  public final Object parse(String text) {
    return parse(text.toCharArray(), 0, text.length());
  }

  public final DataType type() {
    return type;
  }

  public final String field() {
    return field;
  }

  /** Says that a text is no value of the type. */
  public final DecodeException unfit(char[] text, int offset, int length) {
    return new DecodeException(
        "field '"
            + field
            + "' must be "
            + type.sql()
            + ", not '"
            + cut(text, offset, length)
            + "'");
  }

  /** Says that a number does not fit into the type. */
  public final DecodeException outOfRange(char[] text, int offset, int length) {
    return new DecodeException(
        "field '"
            + field
            + "': "
            + cut(text, offset, length)
            + " is out of the range of "
            + type.sql());
  }

  private static String cut(char[] text, int offset, int length) {
    return length <= LONGEST_SHOWN
        ? new String(text, offset, length)
        : new String(text, offset, LONGEST_SHOWN) + "…";
  }

  private record Maker(String field) implements DataTypeVisitor<Optional<TextParser>> {
    @Override
    public Optional<TextParser> visitSimple(DataType.Simple type) {
      return switch (type) {
        case BOOLEAN -> Optional.of(new ObjectTextParser.OfBoolean(field));
        case INT ->
            Optional.of(
                new LongTextParser.OfInteger(type, field, Integer.MIN_VALUE, Integer.MAX_VALUE));
        case BIGINT ->
            Optional.of(new LongTextParser.OfInteger(type, field, Long.MIN_VALUE, Long.MAX_VALUE));
        case DOUBLE -> Optional.of(new ObjectTextParser.OfDouble(field));
        case STRING -> Optional.of(new ObjectTextParser.OfString(field));
        case BYTES -> Optional.of(new ObjectTextParser.OfBytes(field));
        case TIMESTAMP -> Optional.of(new LongTextParser.OfTimestamp(field));
        case DATE -> Optional.of(new LongTextParser.OfDate(field));
        case TIME -> Optional.of(new LongTextParser.OfTime(field));
        case INTERVAL -> Optional.of(new LongTextParser.OfInterval(field));
        case NULL -> Optional.empty();
      };
    }

    @Override
    public Optional<TextParser> visitDecimal(DataType.Decimal type) {
      return Optional.of(new ObjectTextParser.OfDecimal(type, field));
    }

    @Override
    public Optional<TextParser> visitArray(DataType.Array type) {
      return Optional.empty();
    }

    @Override
    public Optional<TextParser> visitMap(DataType.MapOf type) {
      return Optional.empty();
    }

    @Override
    public Optional<TextParser> visitStruct(DataType.StructOf type) {
      return Optional.empty();
    }
  }
}
