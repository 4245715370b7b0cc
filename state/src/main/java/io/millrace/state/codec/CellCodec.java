package io.millrace.state.codec;

import io.millrace.spi.data.BooleanColumn;
import io.millrace.spi.data.Column;
import io.millrace.spi.data.DoubleColumn;
import io.millrace.spi.data.LongColumn;
import io.millrace.spi.data.ObjectColumn;
import io.millrace.spi.state.StateCodec;
import io.millrace.spi.state.StateType;
import io.millrace.spi.types.DataType;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Writes rows of some columns into cells, one at a time, and reads them back exactly as they were.
 * For state that is not on the heap; what is saved is written by {@link ColumnCodec}. Used by one
 * thread at a time.
 */
public final class CellCodec {
  private static final int IS_NULL = 1;
  private static final int IS_TRUE = 2;

  private final List<ValueCodec> codecs;

  private CellCodec(List<ValueCodec> codecs) {
    this.codecs = codecs;
  }

  public static CellCodec of(List<DataType> types) {
    return new CellCodec(types.stream().map(ValueCodecs::of).toList());
  }

  /** The codec of fields, which may be objects with codecs of their own. */
  public static CellCodec ofFields(List<StateType> fields) {
    List<ValueCodec> codecs = new ArrayList<>();
    for (StateType field : fields) {
      StateCodec<?> own = field.codec();
      codecs.add(
          own == null
              ? ValueCodecs.of(ColumnCodec.sqlType(field))
              : new ObjectCodec.Live(new ObjectCodec<>(own, own.version())));
    }
    return new CellCodec(codecs);
  }

  /** Writes the values of a row. */
  public void write(Column[] columns, int row, StateWriter out) throws IOException {
    for (int c = 0; c < columns.length; c++) {
      int flags = columns[c].isNull(row) ? IS_NULL : 0;
      if (columns[c] instanceof LongColumn longs) {
        out.writeByte(flags);
        out.writeSigned(longs.values()[row]);
      } else if (columns[c] instanceof DoubleColumn doubles) {
        out.writeByte(flags);
        out.writeLong(Double.doubleToRawLongBits(doubles.values()[row]));
      } else if (columns[c] instanceof BooleanColumn booleans) {
        out.writeByte(flags | (booleans.values()[row] ? IS_TRUE : 0));
      } else {
        out.writeByte(flags);
        codecs.get(c).writeNullable(((ObjectColumn) columns[c]).values()[row], out);
      }
    }
  }

  /** Writes the values of a row, so that keys that are equal have equal bytes. */
  public void writeKey(Column[] columns, int row, StateWriter out) throws IOException {
    for (int c = 0; c < columns.length; c++) {
      if (columns[c].isNull(row)) {
        out.writeByte(IS_NULL);
      } else if (columns[c] instanceof LongColumn longs) {
        out.writeByte(0);
        out.writeSigned(longs.values()[row]);
      } else if (columns[c] instanceof DoubleColumn doubles) {
        out.writeByte(0);
        double value = doubles.values()[row];
        out.writeLong(Double.doubleToLongBits(value == 0 ? 0.0 : value));
      } else if (columns[c] instanceof BooleanColumn booleans) {
        out.writeByte(booleans.values()[row] ? IS_TRUE : 0);
      } else {
        out.writeByte(0);
        codecs.get(c).writeNullableKey(((ObjectColumn) columns[c]).values()[row], out);
      }
    }
  }

  /** Reads what {@link #write} wrote into a row that has the values of a new one. */
  public void read(Column[] columns, int row, StateReader in) throws IOException {
    for (int c = 0; c < columns.length; c++) {
      read(columns[c], row, in, codecs.get(c));
    }
  }

  /**
   * As {@link #read}, but leaves an object that has a codec of its own in its bytes, as {@link
   * ColumnCodec#capture} does.
   */
  public void readCaptured(Column[] columns, int row, StateReader in) throws IOException {
    for (int c = 0; c < columns.length; c++) {
      read(columns[c], row, in, encoded(codecs.get(c)));
    }
  }

  /** Reads what {@link #writeKey} wrote, if no type has maps in it, whose order is not kept. */
  public void readKey(Column[] columns, int row, StateReader in) throws IOException {
    for (int c = 0; c < columns.length; c++) {
      int flags = in.readByte();
      if ((flags & IS_NULL) != 0) {
        columns[c].setNull(row);
      } else {
        readValue(columns[c], row, flags, in, codecs.get(c));
      }
    }
  }

  private static ValueCodec encoded(ValueCodec codec) {
    return codec instanceof ObjectCodec.Live ? new ObjectCodec.Encoded() : codec;
  }

  private static void read(Column column, int row, StateReader in, ValueCodec codec)
      throws IOException {
    int flags = in.readByte();
    readValue(column, row, flags, in, codec);
    if ((flags & IS_NULL) != 0) {
      column.setNull(row);
    }
  }

  private static void readValue(Column column, int row, int flags, StateReader in, ValueCodec codec)
      throws IOException {
    if (column instanceof LongColumn longs) {
      longs.values()[row] = in.readSigned();
    } else if (column instanceof DoubleColumn doubles) {
      doubles.values()[row] = Double.longBitsToDouble(in.readLong());
    } else if (column instanceof BooleanColumn booleans) {
      booleans.values()[row] = (flags & IS_TRUE) != 0;
    } else {
      @Nullable Object[] values = ((ObjectColumn) column).values();
      values[row] = codec.readNullable(in);
    }
  }
}
