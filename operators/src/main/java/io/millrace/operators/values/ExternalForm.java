package io.millrace.operators.values;

import io.millrace.spi.error.MillraceException;
import io.millrace.spi.types.DataType;
import io.millrace.spi.types.DataTypeVisitor;
import org.jspecify.annotations.Nullable;

/**
 * Converts between the internal form of the values of one type and what programs that embed the
 * engine see, see {@link DataType}. Made once per type; immutable.
 *
 * <p>From programs it takes more than it gives: every integer class for INT and BIGINT, every
 * number class for DOUBLE and DECIMAL, enums and other texts for STRING, byte arrays and buffers
 * for BYTES, java.time values, milliseconds or ISO texts for times, collections and arrays for
 * ARRAY, maps and records for STRUCT. Nothing is rounded or cut but times, to milliseconds, and
 * numbers for DOUBLE.
 */
public abstract class ExternalForm {
  private final DataType type;

  ExternalForm(DataType type) {
    this.type = type;
  }

  public static ExternalForm of(DataType type) {
    return type.accept(new Maker());
  }

  /** The external form of a boxed internal value; null for null. */
  public final @Nullable Object toExternal(@Nullable Object internal) {
    return internal == null ? null : external(internal);
  }

  /**
   * The boxed internal form of what a program gave; null for null.
   *
   * @param field what names the value in the message, such as {@code price} or {@code
   *     address.street}
   * @throws MillraceException if it does not fit; the message names the field, what was expected
   *     and what was found
   */
  public final @Nullable Object toInternal(@Nullable Object external, String field) {
    return external == null ? null : internal(external, field);
  }

  abstract Object external(Object internal);

  abstract Object internal(Object external, String field);

  final MillraceException unfit(Object found, String field) {
    return new MillraceException(
        "field '"
            + field
            + "' is "
            + type.sql()
            + ": expected "
            + expected()
            + ", found "
            + found.getClass().getSimpleName()
            + " "
            + ValueText.quoted(found.toString()));
  }

  /** The classes that fit best, for messages. */
  abstract String expected();

  private record Maker() implements DataTypeVisitor<ExternalForm> {
    @Override
    public ExternalForm visitSimple(DataType.Simple type) {
      return switch (type) {
        case INT -> new ExternalNumbers.OfInteger(type);
        case BIGINT -> new ExternalNumbers.OfInteger(type);
        case DOUBLE -> new ExternalNumbers.OfDouble();
        case TIMESTAMP -> new ExternalTimes.OfTimestamp();
        case DATE -> new ExternalTimes.OfDate();
        case TIME -> new ExternalTimes.OfTime();
        case INTERVAL -> new ExternalTimes.OfInterval();
        case BYTES -> new ExternalTexts.OfBytes();
        case STRING -> new ExternalTexts.OfString();
        case BOOLEAN, NULL -> new ExternalTexts.OfBoolean();
      };
    }

    @Override
    public ExternalForm visitDecimal(DataType.Decimal type) {
      return new ExternalNumbers.OfDecimal(type);
    }

    @Override
    public ExternalForm visitArray(DataType.Array type) {
      return new ExternalCollections.OfArray(type);
    }

    @Override
    public ExternalForm visitMap(DataType.MapOf type) {
      return new ExternalCollections.OfMap(type);
    }

    @Override
    public ExternalForm visitStruct(DataType.StructOf type) {
      return new ExternalStruct(type);
    }
  }
}
