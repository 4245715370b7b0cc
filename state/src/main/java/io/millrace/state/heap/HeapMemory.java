package io.millrace.state.heap;

import io.millrace.spi.types.DataType;
import java.util.ArrayDeque;
import java.util.List;

/** Pages that are arrays on the heap. Some that are free are kept for other rows. */
final class HeapMemory implements RowMemory {
  private static final int BITS = 10;
  private static final int MOST_SPARE = 64;

  private final List<DataType> types;
  private final ArrayDeque<RowArrays> spare = new ArrayDeque<>();

  HeapMemory(List<DataType> types) {
    this.types = types;
  }

  @Override
  public int bits() {
    return BITS;
  }

  @Override
  public RowPage take(int capacity) {
    RowArrays page = capacity == 1 << BITS ? spare.poll() : null;
    return page == null ? new RowArrays(types, capacity) : page;
  }

  /** Keeps the page for other rows, unless a capture that is not written yet refers to it. */
  @Override
  public void free(RowPage page) {
    RowArrays arrays = page.toRead();
    if (spare.size() < MOST_SPARE && arrays.capacity() == 1 << BITS && !arrays.isPinned()) {
      arrays.reset(0, 1 << BITS);
      spare.push(arrays);
    }
  }

  @Override
  public void hold() {}

  @Override
  public void letGo() {}

  @Override
  public RowPage keep(RowArrays copies, int count) {
    return copies;
  }

  @Override
  public void close() {}
}
