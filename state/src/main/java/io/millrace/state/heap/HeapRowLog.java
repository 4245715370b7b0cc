package io.millrace.state.heap;

import io.millrace.spi.data.Column;
import io.millrace.spi.state.RowLog;
import io.millrace.spi.state.RowLogSpec;
import io.millrace.state.codec.StateKind;
import io.millrace.state.codec.StateReader;
import io.millrace.state.codec.StateSignature;
import io.millrace.state.codec.StateWriter;
import java.io.IOException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Logs by slot. One of up to 1,024 rows is a ring in a block that doubles as it grows; a longer one
 * lies in pages of 1,024 rows, one after the other, so that growing copies no row and a full page
 * never changes again. It goes back to a block when it has become empty.
 */
final class HeapRowLog implements RowLog, HeapState {
  private static final byte EMPTY = 0;
  private static final byte SEGMENTED = RowPages.GREATEST_CLASS + 1;

  private final RowLogSpec spec;
  private final StateSignature signature;
  private final RowPages pages;
  private final List<RowSegments> segments = new ArrayList<>();
  private final ArrayDeque<Integer> freeSegments = new ArrayDeque<>();
  private long[] firsts = new long[0];
  private long[] ends = new long[0];

  /** How a slot's rows lie: {@link #EMPTY}, the class of its block, or {@link #SEGMENTED}. */
  private byte[] forms = new byte[0];

  /** The number of the slot's block, or the index of its segments. */
  private int[] places = new int[0];

  private long rows;

  HeapRowLog(RowLogSpec spec) {
    this.spec = spec;
    signature =
        StateSignature.ofRows(spec.name(), StateKind.ROW_LOG, spec.version(), spec.columns());
    pages = new RowPages(spec.columns());
  }

  @Override
  public long first(int slot) {
    return slot < firsts.length ? firsts[slot] : 0;
  }

  @Override
  public long end(int slot) {
    return slot < ends.length ? ends[slot] : 0;
  }

  @Override
  public void append(int slot, long time, Column[] source, int sourceRow) {
    ensureSlots(slot + 1);
    long end = ends[slot];
    makeRoom(slot, end);
    page(slot, end).set(index(slot, end), time, source, sourceRow);
    ends[slot] = end + 1;
    rows++;
  }

  @Override
  public void dropFirst(int slot, int count) {
    if (count < 0 || count > size(slot)) {
      throw new IllegalArgumentException(
          "cannot drop " + count + " of " + size(slot) + " rows of slot " + slot);
    }
    if (count == 0) {
      return;
    }
    long from = firsts[slot];
    long to = from + count;
    rows -= count;
    firsts[slot] = to;
    if (to == ends[slot]) {
      release(slot, from, to);
    } else if (forms[slot] == SEGMENTED) {
      segments.get(places[slot]).drop(from, to, false, pages);
    }
  }

  @Override
  public long time(int slot, long ordinal) {
    return page(slot, ordinal).time(index(slot, ordinal));
  }

  @Override
  public Column[] columns(int slot, long ordinal) {
    return page(slot, ordinal).columns();
  }

  @Override
  public int index(int slot, long ordinal) {
    int form = forms[slot];
    return form == SEGMENTED
        ? (int) ordinal & (RowPage.ROWS - 1)
        : RowPages.base(form, places[slot]) + ((int) ordinal & ((1 << form) - 1));
  }

  @Override
  public long runEnd(int slot, long ordinal) {
    int form = forms[slot];
    long run = form == SEGMENTED ? RowPage.ROWS : 1L << form;
    return Math.min((ordinal | (run - 1)) + 1, ends[slot]);
  }

  @Override
  public void clear(int slot) {
    if (slot >= forms.length) {
      return;
    }
    rows -= size(slot);
    release(slot, firsts[slot], ends[slot]);
    firsts[slot] = 0;
    ends[slot] = 0;
  }

  private RowPage page(int slot, long ordinal) {
    int form = forms[slot];
    return form == SEGMENTED
        ? segments.get(places[slot]).page(ordinal)
        : pages.page(form, places[slot]);
  }

  private void makeRoom(int slot, long end) {
    int form = forms[slot];
    if (form == SEGMENTED) {
      segments.get(places[slot]).ensurePage(firsts[slot], end, pages);
    } else if (form == EMPTY) {
      forms[slot] = RowPages.SMALLEST_CLASS;
      places[slot] = pages.takeBlock(RowPages.SMALLEST_CLASS);
    } else if (end - firsts[slot] == 1L << form) {
      grow(slot, form);
    }
  }

  /** Moves a full block's rows to one of twice the size, or to segments. */
  private void grow(int slot, int form) {
    int block = places[slot];
    RowPage from = pages.page(form, block);
    int base = RowPages.base(form, block);
    if (form == RowPages.GREATEST_CLASS) {
      forms[slot] = SEGMENTED;
      places[slot] = newSegments();
    } else {
      forms[slot] = (byte) (form + 1);
      places[slot] = pages.takeBlock(form + 1);
    }
    for (long ordinal = firsts[slot]; ordinal < ends[slot]; ordinal++) {
      int row = base + ((int) ordinal & ((1 << form) - 1));
      if (forms[slot] == SEGMENTED) {
        makeRoom(slot, ordinal);
      }
      page(slot, ordinal).set(index(slot, ordinal), from.time(row), from.columns(), row);
    }
    if (forms[slot] == SEGMENTED) {
      makeRoom(slot, ends[slot]);
    }
    pages.freeBlock(form, block);
  }

  /** Gives the memory of a slot back, whose rows were {@code [from, to)}. */
  private void release(int slot, long from, long to) {
    byte form = forms[slot];
    if (form == SEGMENTED) {
      segments.get(places[slot]).drop(from, to, true, pages);
      freeSegments.push(places[slot]);
    } else if (form != EMPTY) {
      pages.freeBlock(form, places[slot]);
    }
    forms[slot] = EMPTY;
  }

  private int newSegments() {
    Integer free = freeSegments.poll();
    if (free != null) {
      return free;
    }
    segments.add(new RowSegments());
    return segments.size() - 1;
  }

  private void ensureSlots(int slots) {
    if (slots <= forms.length) {
      return;
    }
    int capacity = Math.max(16, Math.max(slots, 2 * forms.length));
    firsts = Arrays.copyOf(firsts, capacity);
    ends = Arrays.copyOf(ends, capacity);
    forms = Arrays.copyOf(forms, capacity);
    places = Arrays.copyOf(places, capacity);
  }

  @Override
  public StateSignature signature() {
    return signature;
  }

  @Override
  public long entries() {
    return rows;
  }

  /** Saves the slots that have ever had rows, each with its ordinals, then all rows in chunks. */
  @Override
  public void save(StateWriter out) throws IOException {
    int count = 0;
    for (long end : ends) {
      count += end == 0 ? 0 : 1;
    }
    out.writeUnsigned(count);
    RowChunk chunk = new RowChunk(spec.columns());
    for (int slot = 0; slot < ends.length; slot++) {
      if (ends[slot] != 0) {
        out.writeUnsigned(slot);
        out.writeUnsigned(firsts[slot]);
        out.writeUnsigned(ends[slot] - firsts[slot]);
      }
    }
    for (int slot = 0; slot < ends.length; slot++) {
      for (long from = firsts[slot], to; from < ends[slot]; from = to) {
        to = runEnd(slot, from);
        chunk.write(page(slot, from), index(slot, from), (int) (to - from), out);
      }
    }
    chunk.flush(out);
  }

  @Override
  public void restore(StateSignature saved, StateReader in) throws IOException {
    int count = in.readInt();
    int[] slots = new int[count];
    long[] sizes = new long[count];
    for (int i = 0; i < count; i++) {
      slots[i] = in.readInt();
      ensureSlots(slots[i] + 1);
      firsts[slots[i]] = in.readUnsigned();
      ends[slots[i]] = firsts[slots[i]];
      sizes[i] = in.readUnsigned();
    }
    RowChunk chunk = new RowChunk(spec.columns());
    for (int i = 0; i < count; i++) {
      for (long row = 0; row < sizes[i]; row++) {
        int at = chunk.read(in);
        append(slots[i], chunk.time(at), chunk.columns(), at);
      }
    }
  }
}
