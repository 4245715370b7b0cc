package io.millrace.spi.text;

import io.millrace.spi.connector.ByteOutput;
import io.millrace.spi.data.BooleanColumn;
import io.millrace.spi.data.Bytes;
import io.millrace.spi.data.Column;
import io.millrace.spi.data.DoubleColumn;
import io.millrace.spi.data.LongColumn;
import io.millrace.spi.data.ObjectColumn;
import io.millrace.spi.types.DataType;
import io.millrace.spi.types.DataTypeVisitor;
import java.math.BigDecimal;
import java.util.Base64;
import java.util.Objects;
import java.util.Optional;

/**
 * Writes values of one scalar type as the text that {@link TextParser} reads: numbers plain, times
 * as ISO texts, INTERVAL as milliseconds, BYTES as Base64. Immutable.
 */
public abstract class TextWriter {
  TextWriter() {}

  /** A writer for values of a scalar type; empty for ARRAY, MAP, STRUCT. */
  public static Optional<TextWriter> of(DataType type) {
    return type.accept(new Maker());
  }

  /** Appends the value of a column at a row where it is not NULL. */
  public abstract void write(Column column, int row, ByteOutput out);

  /** Appends a boxed internal value. */
  public abstract void write(Object value, ByteOutput out);

  /** How a long is written. */
  @FunctionalInterface
  private interface LongForm {
    void write(long value, ByteOutput out);
  }

  /** How an object is written. */
  @FunctionalInterface
  private interface ObjectForm {
    void write(Object value, ByteOutput out);
  }

  private static final class OfLong extends TextWriter {
    private final LongForm form;

    OfLong(LongForm form) {
      this.form = form;
    }

    @Override
    public void write(Column column, int row, ByteOutput out) {
      form.write(((LongColumn) column).values()[row], out);
    }

    @Override
    public void write(Object value, ByteOutput out) {
      form.write((Long) value, out);
    }
  }

  private static final class OfObject extends TextWriter {
    private final ObjectForm form;

    OfObject(ObjectForm form) {
      this.form = form;
    }

    @Override
    public void write(Column column, int row, ByteOutput out) {
      form.write(Objects.requireNonNull(((ObjectColumn) column).values()[row]), out);
    }

    @Override
    public void write(Object value, ByteOutput out) {
      form.write(value, out);
    }
  }

  private static final class OfDouble extends TextWriter {
    @Override
    public void write(Column column, int row, ByteOutput out) {
      NumberWriter.writeDouble(((DoubleColumn) column).values()[row], out);
    }

    @Override
    public void write(Object value, ByteOutput out) {
      NumberWriter.writeDouble((Double) value, out);
    }
  }

  private static final class OfBoolean extends TextWriter {
    @Override
    public void write(Column column, int row, ByteOutput out) {
      Utf8.write(((BooleanColumn) column).values()[row] ? "true" : "false", out);
    }

    @Override
    public void write(Object value, ByteOutput out) {
      Utf8.write((Boolean) value ? "true" : "false", out);
    }
  }

  private record Maker() implements DataTypeVisitor<Optional<TextWriter>> {
    @Override
    public Optional<TextWriter> visitSimple(DataType.Simple type) {
      return switch (type) {
        case BOOLEAN -> Optional.of(new OfBoolean());
        case INT, BIGINT, INTERVAL -> Optional.of(new OfLong(NumberWriter::writeLong));
        case DOUBLE -> Optional.of(new OfDouble());
        case STRING -> Optional.of(new OfObject((value, out) -> Utf8.write((String) value, out)));
        case BYTES ->
            Optional.of(
                new OfObject(
                    (value, out) ->
                        out.write(Base64.getEncoder().encode(((Bytes) value).unsafeArray()))));
        case TIMESTAMP -> Optional.of(new OfLong(IsoTime::writeTimestamp));
        case DATE -> Optional.of(new OfLong(IsoTime::writeDate));
        case TIME -> Optional.of(new OfLong(IsoTime::writeTime));
        case NULL -> Optional.empty();
      };
    }

    @Override
    public Optional<TextWriter> visitDecimal(DataType.Decimal type) {
      return Optional.of(
          new OfObject((value, out) -> Utf8.write(((BigDecimal) value).toPlainString(), out)));
    }

    @Override
    public Optional<TextWriter> visitArray(DataType.Array type) {
      return Optional.empty();
    }

    @Override
    public Optional<TextWriter> visitMap(DataType.MapOf type) {
      return Optional.empty();
    }

    @Override
    public Optional<TextWriter> visitStruct(DataType.StructOf type) {
      return Optional.empty();
    }
  }
}
