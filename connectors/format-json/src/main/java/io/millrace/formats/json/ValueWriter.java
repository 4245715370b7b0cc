package io.millrace.formats.json;

import io.millrace.spi.connector.ByteOutput;
import io.millrace.spi.data.Column;
import io.millrace.spi.data.DoubleColumn;
import io.millrace.spi.data.ObjectColumn;
import io.millrace.spi.error.MillraceException;
import io.millrace.spi.text.TextWriter;
import io.millrace.spi.types.DataType;
import io.millrace.spi.types.DataTypeVisitor;
import java.util.Objects;

/** Writes the values of one type as JSON. Immutable. */
abstract class ValueWriter {

  /**
   * A writer for values of a type.
   *
   * @param field what names the values in errors
   * @param millis whether a TIMESTAMP is written as a number
   * @throws MillraceException if the type has no JSON form
   */
  static ValueWriter of(DataType type, String field, boolean millis) {
    return type.accept(new Maker(field, millis));
  }

  /** Appends a boxed internal value. */
  abstract void write(Object value, ByteOutput out);

  /** Appends the value of a column at a row where it is not NULL. */
  void write(Column column, int row, ByteOutput out) {
    write(Objects.requireNonNull(((ObjectColumn) column).values()[row]), out);
  }

  /** Numbers and booleans. */
  private static final class Plain extends ValueWriter {
    private final TextWriter text;

    Plain(TextWriter text) {
      this.text = text;
    }

    @Override
    void write(Object value, ByteOutput out) {
      text.write(value, out);
    }

    @Override
    void write(Column column, int row, ByteOutput out) {
      text.write(column, row, out);
    }
  }

  /** What is text in JSON and needs no escapes. */
  private static final class Quoted extends ValueWriter {
    private final TextWriter text;

    Quoted(TextWriter text) {
      this.text = text;
    }

    @Override
    void write(Object value, ByteOutput out) {
      out.write('"');
      text.write(value, out);
      out.write('"');
    }

    @Override
    void write(Column column, int row, ByteOutput out) {
      out.write('"');
      text.write(column, row, out);
      out.write('"');
    }
  }

  /** Numbers, but strings for what JSON has no number for. */
  private static final class OfDouble extends ValueWriter {
    private final ValueWriter finite = new Plain(text(DataType.DOUBLE));
    private final ValueWriter special = new Quoted(text(DataType.DOUBLE));

    @Override
    void write(Object value, ByteOutput out) {
      (Double.isFinite((Double) value) ? finite : special).write(value, out);
    }

    @Override
    void write(Column column, int row, ByteOutput out) {
      double value = ((DoubleColumn) column).values()[row];
      (Double.isFinite(value) ? finite : special).write(column, row, out);
    }
  }

  private static final class OfString extends ValueWriter {
    @Override
    void write(Object value, ByteOutput out) {
      JsonStrings.write((String) value, out);
    }
  }

  private static TextWriter text(DataType type) {
    return TextWriter.of(type).orElseThrow();
  }

  private record Maker(String field, boolean millis) implements DataTypeVisitor<ValueWriter> {
    @Override
    public ValueWriter visitSimple(DataType.Simple type) {
      return switch (type) {
        case BOOLEAN, INT, BIGINT, INTERVAL -> new Plain(text(type));
        case DOUBLE -> new OfDouble();
        case STRING -> new OfString();
        case TIMESTAMP -> millis ? new Plain(text(DataType.BIGINT)) : new Quoted(text(type));
        case BYTES, DATE, TIME -> new Quoted(text(type));
        case NULL -> throw new MillraceException("column '" + field + "' has no type");
      };
    }

    @Override
    public ValueWriter visitDecimal(DataType.Decimal type) {
      return new Plain(text(type));
    }

    @Override
    public ValueWriter visitArray(DataType.Array type) {
      return new CollectionWriter.OfArray(of(type.element(), field, millis));
    }

    @Override
    public ValueWriter visitMap(DataType.MapOf type) {
      ValueWriter key =
          type.key() == DataType.STRING
              ? new OfString()
              : new Quoted(
                  TextWriter.of(type.key())
                      .orElseThrow(
                          () ->
                              new MillraceException(
                                  "column '"
                                      + field
                                      + "' cannot be JSON: the keys of a MAP must be scalar, not "
                                      + type.key().sql())));
      return new CollectionWriter.OfMap(key, of(type.value(), field, millis));
    }

    @Override
    public ValueWriter visitStruct(DataType.StructOf type) {
      ValueWriter[] writers = new ValueWriter[type.fields().size()];
      for (int i = 0; i < writers.length; i++) {
        writers[i] = of(type.fields().get(i).type(), field, millis);
      }
      return new CollectionWriter.OfStruct(type, writers);
    }
  }
}
