package io.millrace.connectors.generator;

import io.millrace.spi.connector.RowWriter;
import org.jspecify.annotations.Nullable;

/** Makes the values of one column. Immutable. */
abstract class FieldGenerator {

  /** Sets a column to the value of a draw. */
  abstract void write(Draw draw, RowWriter writer, int column);

  /** The boxed internal value of a draw, null for NULL. */
  abstract @Nullable Object next(Draw draw);

  /** How a long comes about. */
  @FunctionalInterface
  interface LongValue {
    long next(Draw draw);
  }

  /** How a double comes about. */
  @FunctionalInterface
  interface DoubleValue {
    double next(Draw draw);
  }

  /** How an object comes about. */
  @FunctionalInterface
  interface ObjectValue {
    Object next(Draw draw);
  }

  static final class OfLong extends FieldGenerator {
    private final LongValue value;

    OfLong(LongValue value) {
      this.value = value;
    }

    @Override
    void write(Draw draw, RowWriter writer, int column) {
      writer.setLong(column, value.next(draw));
    }

    @Override
    Object next(Draw draw) {
      return value.next(draw);
    }
  }

  static final class OfDouble extends FieldGenerator {
    private final DoubleValue value;

    OfDouble(DoubleValue value) {
      this.value = value;
    }

    @Override
    void write(Draw draw, RowWriter writer, int column) {
      writer.setDouble(column, value.next(draw));
    }

    @Override
    Object next(Draw draw) {
      return value.next(draw);
    }
  }

  static final class OfBoolean extends FieldGenerator {
    private final ObjectValue value;

    OfBoolean(ObjectValue value) {
      this.value = value;
    }

    @Override
    void write(Draw draw, RowWriter writer, int column) {
      writer.setBoolean(column, (Boolean) value.next(draw));
    }

    @Override
    Object next(Draw draw) {
      return value.next(draw);
    }
  }

  static final class OfObject extends FieldGenerator {
    private final ObjectValue value;

    OfObject(ObjectValue value) {
      this.value = value;
    }

    @Override
    void write(Draw draw, RowWriter writer, int column) {
      writer.setObject(column, value.next(draw));
    }

    @Override
    Object next(Draw draw) {
      return value.next(draw);
    }
  }
}
