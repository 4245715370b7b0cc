package io.millrace.state.table;

import io.millrace.spi.data.Column;
import io.millrace.state.codec.ColumnCodec;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** Rows that were copied out of a table, with their numbers, in chunks of 1,024. */
public final class SlotCopies {
  private static final int CHUNK = ColumnCodec.CHUNK;
  private static final int FEWEST = 16;
  private static final Column[] FORGOTTEN = new Column[0];

  private final List<ColumnCodec> codecs;
  private final List<int[]> numbers = new ArrayList<>();
  private final List<Column[]> chunks = new ArrayList<>();
  private int size;

  /**
   * Begins without rows.
   *
   * @param codecs one for each column
   */
  public SlotCopies(List<ColumnCodec> codecs) {
    this.codecs = codecs;
  }

  int size() {
    return size;
  }

  /**
   * Copies the rows of {@code slots[0..count)}, whose numbers are {@code names[0..count)}.
   *
   * @return how many bytes had to be encoded for that
   */
  public long add(Column[] columns, int[] slots, int[] names, int count) {
    long encoded = 0;
    for (int done = 0; done < count; ) {
      int at = size & (CHUNK - 1);
      int part = Math.min(count - done, CHUNK - at);
      Column[] chunk = chunkFor(at, names, done, part);
      int[] rows = Arrays.copyOfRange(slots, done, done + part);
      for (int c = 0; c < chunk.length; c++) {
        encoded += codecs.get(c).capture(columns[c], rows, part, chunk[c], at);
      }
      size += part;
      done += part;
    }
    return encoded;
  }

  /** Copies a row of columns of captured values. */
  public void addCaptured(Column[] columns, int row, int number) {
    int at = size & (CHUNK - 1);
    Column[] chunk = chunkFor(at, new int[] {number}, 0, 1);
    for (int c = 0; c < chunk.length; c++) {
      chunk[c].copy(columns[c], row, at);
    }
    size++;
  }

  /** The last chunk, in which there are numbers now, and room for their rows, from an index on. */
  private Column[] chunkFor(int at, int[] names, int from, int count) {
    if (at == 0) {
      beginChunk(count);
    }
    int last = chunks.size() - 1;
    int end = at + count;
    if (numbers.get(last).length < end) {
      numbers.set(last, Arrays.copyOf(numbers.get(last), CHUNK));
    }
    System.arraycopy(names, from, numbers.get(last), at, count);
    Column[] chunk = chunks.get(last);
    for (Column column : chunk) {
      if (column.capacity() < end) {
        column.ensureCapacity(CHUNK);
      }
    }
    return chunk;
  }

  /** The first chunk of few rows has room for few. */
  private void beginChunk(int rows) {
    int capacity = size > 0 ? CHUNK : Math.max(FEWEST, rows);
    numbers.add(new int[capacity]);
    Column[] chunk = new Column[codecs.size()];
    for (int c = 0; c < chunk.length; c++) {
      chunk[c] = codecs.get(c).newColumn(capacity);
    }
    chunks.add(chunk);
  }

  /** The number of the row at an index. */
  int number(int index) {
    return numbers.get(index / CHUNK)[index & (CHUNK - 1)];
  }

  /** The columns in which the row at an index is, at the rest of its division by 1,024. */
  Column[] chunk(int index) {
    return chunks.get(index / CHUNK);
  }

  /** Gives up the rows of a chunk. */
  void forgetChunk(int index) {
    chunks.set(index / CHUNK, FORGOTTEN);
  }

  /** Indexes in the order of their numbers, each behind it: {@code number << 32 | index}. */
  long[] sorted() {
    long[] sorted = new long[size];
    for (int i = 0; i < size; i++) {
      sorted[i] = (long) number(i) << 32 | i;
    }
    Arrays.sort(sorted);
    return sorted;
  }
}
