package io.millrace.state.heap;

import io.millrace.spi.data.Column;
import io.millrace.state.codec.ColumnCodec;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** Rows that were copied out of a table, with their slots, in chunks of 1,024. */
final class SlotCopies {
  private static final int CHUNK = ColumnCodec.CHUNK;
  private static final int FEWEST = 16;
  private static final Column[] FORGOTTEN = new Column[0];

  private final List<ColumnCodec> codecs;
  private final List<int[]> slots = new ArrayList<>();
  private final List<Column[]> chunks = new ArrayList<>();
  private int size;

  /**
   * Begins without rows.
   *
   * @param codecs one for each column
   */
  SlotCopies(List<ColumnCodec> codecs) {
    this.codecs = codecs;
  }

  int size() {
    return size;
  }

  /**
   * Copies the rows of {@code from[0..count)}.
   *
   * @return how many bytes had to be encoded for that
   */
  long add(Column[] columns, int[] from, int count) {
    long encoded = 0;
    for (int done = 0; done < count; ) {
      int at = size & (CHUNK - 1);
      int part = Math.min(count - done, CHUNK - at);
      encoded += addToChunk(columns, Arrays.copyOfRange(from, done, done + part), at);
      size += part;
      done += part;
    }
    return encoded;
  }

  private long addToChunk(Column[] columns, int[] rows, int at) {
    if (at == 0) {
      beginChunk(rows.length);
    }
    int last = chunks.size() - 1;
    int end = at + rows.length;
    if (slots.get(last).length < end) {
      slots.set(last, Arrays.copyOf(slots.get(last), CHUNK));
    }
    System.arraycopy(rows, 0, slots.get(last), at, rows.length);
    Column[] chunk = chunks.get(last);
    long encoded = 0;
    for (int c = 0; c < chunk.length; c++) {
      if (chunk[c].capacity() < end) {
        chunk[c].ensureCapacity(CHUNK);
      }
      encoded += codecs.get(c).capture(columns[c], rows, rows.length, chunk[c], at);
    }
    return encoded;
  }

  /** The first chunk of few rows has room for few. */
  private void beginChunk(int rows) {
    int capacity = size > 0 ? CHUNK : Math.max(FEWEST, rows);
    slots.add(new int[capacity]);
    Column[] chunk = new Column[codecs.size()];
    for (int c = 0; c < chunk.length; c++) {
      chunk[c] = codecs.get(c).newColumn(capacity);
    }
    chunks.add(chunk);
  }

  /** The slot of the row at an index. */
  int slot(int index) {
    return slots.get(index / CHUNK)[index & (CHUNK - 1)];
  }

  /** The columns in which the row at an index is, at the rest of its division by 1,024. */
  Column[] chunk(int index) {
    return chunks.get(index / CHUNK);
  }

  /** Gives up the rows of a chunk. */
  void forgetChunk(int index) {
    chunks.set(index / CHUNK, FORGOTTEN);
  }

  /** Indexes in the order of their slots, each behind its slot: {@code slot << 32 | index}. */
  long[] sorted() {
    long[] sorted = new long[size];
    for (int i = 0; i < size; i++) {
      sorted[i] = (long) slot(i) << 32 | i;
    }
    Arrays.sort(sorted);
    return sorted;
  }
}
