package io.millrace.state.codec;

import io.millrace.spi.data.BooleanColumn;
import io.millrace.spi.data.Column;
import io.millrace.spi.data.DoubleColumn;
import io.millrace.spi.data.LongColumn;
import io.millrace.spi.data.ObjectColumn;
import io.millrace.spi.state.StateCodec;
import io.millrace.spi.state.StateType;
import io.millrace.spi.types.DataType;
import io.millrace.spi.types.Layout;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/**
 * Captures, writes and reads chunks of one column: null bits, then values. Both come back exactly
 * as they were, the value at a NULL row included. Used by one thread at a time.
 */
public final class ColumnCodec {
  /** The greatest number of rows in a chunk. */
  public static final int CHUNK = 1024;

  private static final int NO_NULLS = 0;
  private static final int SOME_NULLS = 1;

  private final Layout layout;
  private final ValueCodec objects;
  private final boolean isLacking;
  private final long[] scratch = new long[CHUNK];

  private ColumnCodec(Layout layout, ValueCodec objects, boolean isLacking) {
    this.layout = layout;
    this.objects = objects;
    this.isLacking = isLacking;
  }

  public static ColumnCodec of(DataType type) {
    return new ColumnCodec(type.layout(), ValueCodecs.of(type), false);
  }

  /**
   * The codec of a field.
   *
   * @param savedVersion the version of the field's own codec that wrote what is to be read; of no
   *     meaning for SQL types
   */
  public static ColumnCodec of(StateType type, int savedVersion) {
    StateCodec<?> codec = type.codec();
    return codec == null
        ? of(sqlType(type))
        : new ColumnCodec(Layout.OBJECT, new ObjectCodec<>(codec, savedVersion), false);
  }

  /** The codec of a field of an SQL type that what is to be read has not. */
  public static ColumnCodec ofLacking(StateType type) {
    DataType sql = sqlType(type);
    return new ColumnCodec(sql.layout(), ValueCodecs.of(sql), true);
  }

  /** The SQL type of a field that has no codec of its own. */
  static DataType sqlType(StateType field) {
    DataType sql = field.type();
    if (sql == null) {
      throw new IllegalArgumentException("state '" + field.name() + "' has neither type nor codec");
    }
    return sql;
  }

  /**
   * Copies the values at {@code rows[0..count)}, so that they can be written when the column has
   * changed. Values of SQL types are immutable; an object with a codec of its own is not, so it is
   * encoded here.
   */
  public Column capture(Column column, int[] rows, int count) {
    Column copy = newColumn(count);
    capture(column, rows, count, copy, 0);
    return copy;
  }

  /**
   * As {@link #capture(Column, int[], int)}, to {@code [to, to + count)} of a column of captured
   * values that has room.
   *
   * @return how many bytes were encoded
   */
  public long capture(Column column, int[] rows, int count, Column copy, int to) {
    copy.gather(column, rows, count, to);
    if (!(objects instanceof ObjectCodec<?> codec)) {
      return 0;
    }
    long encoded = 0;
    @Nullable Object[] values = ((ObjectColumn) copy).values();
    for (int i = to; i < to + count; i++) {
      Object value = values[i];
      if (value != null) {
        byte[] bytes = codec.encode(value);
        values[i] = bytes;
        encoded += bytes.length;
      }
    }
    return encoded;
  }

  /** Whether values are encoded when they are captured, so that a great one takes its time. */
  public boolean isEncoding() {
    return objects instanceof ObjectCodec<?>;
  }

  /** A column for captured values. */
  public Column newColumn(int capacity) {
    return Column.of(layout, capacity);
  }

  /** Writes the first {@code count} values of a captured column, at most {@link #CHUNK}. */
  public void write(Column column, int count, StateWriter out) throws IOException {
    writeNulls(column, count, out);
    switch (layout) {
      case BOOLEAN -> {
        boolean[] values = ((BooleanColumn) column).values();
        for (int i = 0; i < count; i++) {
          scratch[i] = values[i] ? 1 : 0;
        }
        writeBits(count, out);
      }
      case LONG -> {
        long[] values = ((LongColumn) column).values();
        for (int i = 0; i < count; i++) {
          scratch[i] = values[i];
        }
        out.writeLongs(scratch, count);
      }
      case DOUBLE -> {
        double[] values = ((DoubleColumn) column).values();
        for (int i = 0; i < count; i++) {
          scratch[i] = Double.doubleToRawLongBits(values[i]);
        }
        out.writeLongs(scratch, count);
      }
      case OBJECT -> writeObjects(((ObjectColumn) column).values(), count, out);
    }
  }

  /** Reads values to {@code rows[0..count)}, for which the column has room. */
  public void read(Column column, int[] rows, int count, StateReader in) throws IOException {
    if (isLacking) {
      for (int i = 0; i < count; i++) {
        column.reset(rows[i], rows[i] + 1);
      }
      return;
    }
    readNulls(column, rows, count, in);
    switch (layout) {
      case BOOLEAN -> {
        boolean[] values = ((BooleanColumn) column).values();
        readBits(count, in);
        for (int i = 0; i < count; i++) {
          values[rows[i]] = scratch[i] != 0;
        }
      }
      case LONG -> {
        long[] values = ((LongColumn) column).values();
        in.readLongs(scratch, count);
        for (int i = 0; i < count; i++) {
          values[rows[i]] = scratch[i];
        }
      }
      case DOUBLE -> {
        double[] values = ((DoubleColumn) column).values();
        in.readLongs(scratch, count);
        for (int i = 0; i < count; i++) {
          values[rows[i]] = Double.longBitsToDouble(scratch[i]);
        }
      }
      case OBJECT -> readObjects(((ObjectColumn) column).values(), rows, count, in);
    }
  }

  private void writeNulls(Column column, int count, StateWriter out) throws IOException {
    boolean any = false;
    for (int i = 0; column.nulls() != null && i < count; i++) {
      scratch[i] = column.isNull(i) ? 1 : 0;
      any |= scratch[i] != 0;
    }
    out.writeByte(any ? SOME_NULLS : NO_NULLS);
    if (any) {
      writeBits(count, out);
    }
  }

  private void readNulls(Column column, int[] rows, int count, StateReader in) throws IOException {
    for (int i = 0; column.nulls() != null && i < count; i++) {
      column.reset(rows[i], rows[i] + 1);
    }
    if (in.readByte() == NO_NULLS) {
      return;
    }
    readBits(count, in);
    for (int i = 0; i < count; i++) {
      if (scratch[i] != 0) {
        column.setNull(rows[i]);
      }
    }
  }

  private void writeBits(int count, StateWriter out) throws IOException {
    for (int i = 0; i < count; i += 8) {
      int bits = 0;
      for (int j = i; j < Math.min(count, i + 8); j++) {
        bits |= (int) scratch[j] << (j - i);
      }
      out.writeByte(bits);
    }
  }

  private void readBits(int count, StateReader in) throws IOException {
    int bits = 0;
    for (int i = 0; i < count; i++) {
      bits = (i & 7) == 0 ? in.readByte() : bits >>> 1;
      scratch[i] = bits & 1;
    }
  }

  private void writeObjects(@Nullable Object[] values, int count, StateWriter out)
      throws IOException {
    for (int i = 0; i < count; i++) {
      objects.writeNullable(values[i], out);
    }
  }

  private void readObjects(@Nullable Object[] values, int[] rows, int count, StateReader in)
      throws IOException {
    for (int i = 0; i < count; i++) {
      values[rows[i]] = objects.readNullable(in);
    }
  }
}
