package io.millrace.state.heap;

import io.millrace.spi.data.Column;
import io.millrace.spi.data.LongColumn;
import io.millrace.spi.types.DataType;
import io.millrace.state.codec.ColumnCodec;
import io.millrace.state.codec.StateReader;
import io.millrace.state.codec.StateWriter;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/**
 * Gathers rows of many logs into chunks that are written at once, column by column; and reads them
 * back one by one. A chunk begins with its number of rows.
 */
final class RowChunk {
  private final List<ColumnCodec> codecs = new ArrayList<>();
  private final ColumnCodec timeCodec = ColumnCodec.of(DataType.BIGINT);
  private final Column[] columns;
  private final LongColumn times = new LongColumn(ColumnCodec.CHUNK);
  private final int[] places = new int[ColumnCodec.CHUNK];
  private final int[] rows = new int[ColumnCodec.CHUNK];
  private int size;
  private int next;

  RowChunk(List<DataType> types) {
    columns = new Column[types.size()];
    for (int c = 0; c < columns.length; c++) {
      columns[c] = Column.of(types.get(c).layout(), ColumnCodec.CHUNK);
      codecs.add(ColumnCodec.of(types.get(c)));
    }
    for (int i = 0; i < rows.length; i++) {
      rows[i] = i;
    }
  }

  /** Adds the rows {@code [from, from + count)} of a page. */
  void write(RowArrays page, int from, int count, StateWriter out) throws IOException {
    for (int done = 0; done < count; ) {
      int part = Math.min(count - done, ColumnCodec.CHUNK - size);
      for (int i = 0; i < part; i++) {
        places[i] = from + done + i;
        times.values()[size + i] = page.time(places[i]);
      }
      for (int c = 0; c < columns.length; c++) {
        columns[c].gather(page.columns()[c], places, part, size);
      }
      size += part;
      done += part;
      if (size == ColumnCodec.CHUNK) {
        flush(out);
      }
    }
  }

  /** Writes what was added and not written. */
  void flush(StateWriter out) throws IOException {
    if (size == 0) {
      return;
    }
    out.writeUnsigned(size);
    timeCodec.write(times, size, out);
    for (int c = 0; c < columns.length; c++) {
      codecs.get(c).write(columns[c], size, out);
      columns[c].clearNulls();
    }
    size = 0;
  }

  /** Makes the next row the current one and gives where it is in {@link #columns}. */
  int read(StateReader in) throws IOException {
    if (next == size) {
      next = 0;
      size = in.readInt();
      if (size == 0 || size > ColumnCodec.CHUNK) {
        throw StateReader.damaged();
      }
      timeCodec.read(times, rows, size, in);
      for (int c = 0; c < columns.length; c++) {
        codecs.get(c).read(columns[c], rows, size, in);
      }
    }
    return next++;
  }

  long time(int row) {
    return times.values()[row];
  }

  Column[] columns() {
    return columns;
  }
}
