package io.millrace.runtime.circuit;

import io.millrace.spi.data.Batch;
import io.millrace.spi.data.Column;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** A copy of some rows of an entry, as the batch of a turn of their own. Reused. */
public final class BatchCopy {
  private final Column[] columns;
  private final Batch batch;
  private long[] rowtimes;
  private byte[] kinds;
  private int[] rows;

  public BatchCopy(EntryPort port, int capacity) {
    columns = new Column[port.schema().size()];
    for (int i = 0; i < columns.length; i++) {
      columns[i] = Column.of(port.schema().type(i).layout(), capacity);
    }
    batch = port.newBatch(columns);
    rowtimes = new long[capacity];
    kinds = new byte[capacity];
    rows = new int[capacity];
  }

  /**
   * Copies the rows {@code [from, from + count)}; the batch is valid until the next call.
   *
   * @param source the columns; none if only the times of the rows matter
   */
  public Batch copy(Column[] source, long[] times, byte @Nullable [] changes, int from, int count) {
    if (rows.length < count) {
      rowtimes = new long[count];
      kinds = new byte[count];
      rows = new int[count];
    }
    Arrays.setAll(rows, i -> from + i);
    for (int i = 0; i < source.length; i++) {
      columns[i].clearNulls();
      columns[i].ensureCapacity(count);
      columns[i].gather(source[i], rows, count, 0);
    }
    System.arraycopy(times, from, rowtimes, 0, count);
    if (changes != null) {
      System.arraycopy(changes, from, kinds, 0, count);
    }
    return batch.rows(count, rowtimes, null, changes == null ? null : kinds);
  }
}
