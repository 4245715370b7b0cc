package io.millrace.state.heap;

import io.millrace.spi.types.DataType;
import io.millrace.state.codec.StateReader;
import io.millrace.state.codec.StateWriter;
import io.millrace.state.form.CapturedState;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * What was captured of a row log: for each slot which of its rows are there, how many of them are
 * those of the capture before, and the others. A slot that keeps none has begun anew, or all that
 * it had is gone, which comes to the same.
 *
 * <p>Rows of sealed pages are referred to, others are copied.
 */
final class RowLogCapture implements CapturedState {
  private static final int FEWEST_ROWS = 16;

  /** How many rows are copied to a page. */
  private static final int COPIES = 1_024;

  private final List<DataType> types;
  private final RowMemory memory;
  private int[] slots = new int[4];
  private long[] firsts = new long[4];
  private long[] kept = new long[4];
  private long[] added = new long[4];
  private int size;

  /** Rows {@code [from, from + count)} of pages, in the order of the slots. */
  private final List<RowPage> pages = new ArrayList<>();

  private int[] froms = new int[4];
  private int[] counts = new int[4];
  private final List<RowPage> pinned = new ArrayList<>();
  private RowArrays copies;
  private int copied;

  /** The first of {@link #pages} that can be {@link #copies}. */
  private int firstOfCopies;

  /**
   * What stands in front of the rows.
   *
   * @param slot the slot
   * @param first the ordinal of its oldest row
   * @param kept how many of its rows, from the oldest one on, were there before
   * @param added how many follow
   */
  record Header(int slot, long first, long kept, long added) {
    static Header read(StateReader in) throws IOException {
      return new Header(in.readInt(), in.readUnsigned(), in.readUnsigned(), in.readUnsigned());
    }
  }

  /**
   * Begins without slots.
   *
   * @param memory where the log's pages are
   */
  RowLogCapture(List<DataType> types, RowMemory memory) {
    this.types = types;
    this.memory = memory;
    copies = new RowArrays(types, FEWEST_ROWS);
  }

  /** Adds a slot; its rows from {@code from} on, if there are any, follow. */
  void addSlot(int slot, long first, long from, long end) {
    if (size == slots.length) {
      slots = Arrays.copyOf(slots, 2 * size);
      firsts = Arrays.copyOf(firsts, 2 * size);
      kept = Arrays.copyOf(kept, 2 * size);
      added = Arrays.copyOf(added, 2 * size);
    }
    slots[size] = slot;
    firsts[size] = first;
    kept[size] = from - first;
    added[size] = end - from;
    size++;
  }

  /** Adds rows of a page that are all there and never change. */
  void share(RowPage page, int from, int count) {
    RowPage captured = page.captured();
    pinned.add(captured);
    add(captured, from, count);
  }

  /** Adds rows of a page of which others may change. */
  void copy(RowArrays page, int from, int count) {
    for (int done = 0; done < count; ) {
      if (copied == COPIES) {
        keepCopies();
        copies = new RowArrays(types, COPIES);
        copied = 0;
      }
      int part = Math.min(count - done, COPIES - copied);
      copies.ensureCapacity(copied + part);
      copies.copy(page.times(), page.columns(), from + done, part, copied);
      add(copies, copied, part);
      copied += part;
      done += part;
    }
  }

  private void keepCopies() {
    RowPage kept = memory.keep(copies, COPIES);
    if (kept != copies) {
      pinned.add(kept);
      for (int i = firstOfCopies; i < pages.size(); i++) {
        if (pages.get(i) == copies) {
          pages.set(i, kept);
        }
      }
    }
    firstOfCopies = pages.size();
  }

  private void add(RowPage page, int from, int count) {
    int last = pages.size() - 1;
    if (last >= 0 && pages.get(last) == page && froms[last] + counts[last] == from) {
      counts[last] += count;
      return;
    }
    if (pages.size() == froms.length) {
      froms = Arrays.copyOf(froms, 2 * froms.length);
      counts = Arrays.copyOf(counts, froms.length);
    }
    froms[pages.size()] = from;
    counts[pages.size()] = count;
    pages.add(page);
  }

  @Override
  public void write(StateWriter out) throws IOException {
    try {
      out.writeUnsigned(size);
      for (int i = 0; i < size; i++) {
        out.writeUnsigned(slots[i]);
        out.writeUnsigned(firsts[i]);
        out.writeUnsigned(kept[i]);
        out.writeUnsigned(added[i]);
      }
      RowChunk chunk = new RowChunk(types);
      writePages(chunk, out);
      chunk.flush(out);
    } finally {
      discard();
    }
  }

  /** Writes the rows. A page of copies comes again and again between sealed ones. */
  private void writePages(RowChunk chunk, StateWriter out) throws IOException {
    RowPage last = copies;
    RowArrays rows = copies;
    RowPage before = copies;
    RowArrays rowsBefore = copies;
    for (int i = 0; i < pages.size(); i++) {
      RowPage page = pages.get(i);
      if (page != last) {
        RowArrays of = page == before ? rowsBefore : page.toRead();
        before = last;
        rowsBefore = rows;
        last = page;
        rows = of;
      }
      chunk.write(rows, froms[i], counts[i], out);
    }
  }

  @Override
  public void discard() {
    pinned.forEach(RowPage::release);
    pinned.clear();
    pages.clear();
  }
}
