package io.millrace.state.chronicle;

import io.millrace.spi.data.Column;
import io.millrace.spi.data.ObjectColumn;
import io.millrace.spi.types.DataType;
import io.millrace.state.codec.ColumnCodec;
import io.millrace.state.codec.StateReader;
import io.millrace.state.codec.StateWriter;
import io.millrace.state.heap.RowArrays;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Writes the rows of a page as bytes, column by column, and reads them. Used by one thread. */
final class PageCodec {
  private static final int STRINGS = 1 << 10;

  private final List<DataType> types;
  private final List<ColumnCodec> codecs = new ArrayList<>();
  private final StateWriter out = StateWriter.ofCells();
  private final StateReader in = StateReader.ofCells();
  private final int[] inOrder = new int[ColumnCodec.CHUNK];
  private byte[] buffer = new byte[0];

  /** Strings that were read, by hash: equal ones of many rows are one. */
  private final @Nullable String[] known = new @Nullable String[STRINGS];

  PageCodec(List<DataType> types) {
    this.types = types;
    types.forEach(type -> codecs.add(ColumnCodec.of(type)));
    Arrays.setAll(inOrder, i -> i);
  }

  /**
   * Writes the first {@code count} rows; {@link #bytes} and {@link #size} are what was written
   * then.
   */
  void write(RowArrays rows, int count) {
    try {
      out.begin();
      out.writeUnsigned(count);
      out.writeLongs(rows.times(), count);
      Column[] columns = rows.columns();
      for (int c = 0; c < columns.length; c++) {
        codecs.get(c).write(columns[c], count, out);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  byte[] bytes() {
    return out.bytes();
  }

  int size() {
    return out.size();
  }

  /** An array for so many bytes, to be given to {@link #read}; valid until the next one. */
  byte[] buffer(int size) {
    if (buffer.length < size + StateReader.ROOM) {
      buffer = new byte[Math.max(size + StateReader.ROOM, 2 * buffer.length)];
    }
    return buffer;
  }

  RowArrays read(byte[] bytes, int size) {
    try {
      in.begin(bytes, 0, size);
      int capacity = in.readInt();
      RowArrays rows = new RowArrays(types, capacity);
      in.readLongs(rows.times(), capacity);
      Column[] columns = rows.columns();
      for (int c = 0; c < columns.length; c++) {
        codecs.get(c).read(columns[c], inOrder, capacity, in);
        if (types.get(c).equals(DataType.STRING)) {
          share(((ObjectColumn) columns[c]).values());
        }
      }
      return rows;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private void share(@Nullable Object[] values) {
    for (int i = 0; i < values.length; i++) {
      Object value = values[i];
      if (value != null) {
        int at = (value.hashCode() * 0x9E3779B9) >>> (Integer.SIZE - 10);
        String before = known[at];
        if (value.equals(before)) {
          values[i] = before;
        } else {
          known[at] = (String) value;
        }
      }
    }
  }
}
