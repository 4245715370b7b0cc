package io.millrace.state.heap;

import io.millrace.spi.data.Column;
import io.millrace.spi.state.RowLog;
import io.millrace.spi.state.RowLogSpec;
import io.millrace.state.codec.StateKind;
import io.millrace.state.codec.StateReader;
import io.millrace.state.codec.StateSignature;
import io.millrace.state.form.CapturedState;
import io.millrace.state.form.DeclaredState;
import java.io.IOException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Logs by slot. One of up to 1,024 rows is a ring in a block that doubles as it grows; a longer one
 * lies in pages of 1,024 rows, one after the other, so that growing copies no row and a full page
 * never changes again. It goes back to a block when it has become empty.
 */
public final class HeapRowLog implements RowLog, DeclaredState {
  private static final byte EMPTY = 0;
  private static final byte SEGMENTED = 11;

  /** For so many rows at most pages are held at a time. */
  private static final int MOST_SCATTERED = 1_024;

  private final RowLogSpec spec;
  private final StateSignature signature;
  private final RowMemory memory;
  private final RowPages pages;

  /** How many rows a page has. */
  private final int pageRows;

  private final List<RowSegments> segments = new ArrayList<>();
  private final ArrayDeque<Integer> freeSegments = new ArrayDeque<>();
  private final ChangedSlots changed = new ChangedSlots();
  private long[] firsts = new long[0];
  private long[] ends = new long[0];

  /** What a slot's end was when it was captured; 0 if it has been cleared since. */
  private long[] capturedEnds = new long[0];

  /** How a slot's rows lie: {@link #EMPTY}, the class of its block, or {@link #SEGMENTED}. */
  private byte[] forms = new byte[0];

  /** The number of the slot's block, or the index of its segments. */
  private int[] places = new int[0];

  private long rows;

  /** What a call works on. */
  private final PageRows scattered;

  /** The capture that has not taken all out yet. */
  private @Nullable RowLogTaker taking;

  /** Begins without rows, which are to be on the heap. */
  public HeapRowLog(RowLogSpec spec) {
    this(spec, new HeapMemory(spec.columns()));
  }

  /**
   * Begins without rows.
   *
   * @param memory where they are to be
   */
  public HeapRowLog(RowLogSpec spec, RowMemory memory) {
    this.spec = spec;
    this.memory = memory;
    signature =
        StateSignature.ofRows(spec.name(), StateKind.ROW_LOG, spec.version(), spec.columns());
    pages = new RowPages(memory);
    pageRows = 1 << pages.bits();
    scattered = new PageRows(memory);
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
    mark(slot);
    long end = ends[slot];
    makeRoom(slot, end);
    page(slot, end).toWrite().set(index(slot, end), time, source, sourceRow);
    ends[slot] = end + 1;
    rows++;
  }

  @Override
  public void appendAll(int slot, long[] times, Column[] source, int from, int to) {
    ensureSlots(slot + 1);
    mark(slot);
    for (int row = from; row < to; ) {
      long end = ends[slot];
      makeRoom(slot, end);
      int count = Math.min(to - row, roomBehind(slot, end));
      page(slot, end).toWrite().copy(times, source, row, count, index(slot, end));
      ends[slot] = end + count;
      row += count;
    }
    rows += to - from;
  }

  @Override
  public void replaceEach(
      int[] slots, boolean[] drops, long[] times, Column[] source, int from, int to) {
    scattered.ensureCapacity(Math.min(to - from, MOST_SCATTERED));
    int first = from;
    for (int row = from; row < to; row++) {
      int slot = slots[row];
      ensureSlots(slot + 1);
      mark(slot);
      long end = ends[slot];
      if (drops[row]) {
        dropOne(slot, end);
      }
      if (!hasRoom(slot, end) || scattered.count() == MOST_SCATTERED) {
        // Rows of the slot may come to lie elsewhere.
        scattered.write(times, source, first);
        first = row;
        makeRoom(slot, end);
      }
      scattered.add(page(slot, end), index(slot, end));
      ends[slot] = end + 1;
      rows++;
    }
    scattered.write(times, source, first);
  }

  /** Takes a row off a slot that is marked. */
  private void dropOne(int slot, long end) {
    if (forms[slot] == SEGMENTED || end - firsts[slot] <= 1) {
      dropFirst(slot, 1);
    } else {
      firsts[slot]++;
      rows--;
    }
  }

  @Override
  public void gather(int[] slots, long[] ordinals, int count, Column[] target) {
    scattered.ensureCapacity(count);
    for (int i = 0; i < count; i++) {
      scattered.add(page(slots[i], ordinals[i]), index(slots[i], ordinals[i]));
    }
    scattered.read(target);
  }

  /** Marks a slot that is about to change; a capture that has to take it out does so before. */
  private void mark(int slot) {
    RowLogTaker taker = taking;
    if (taker != null) {
      taker.keep(slot);
    }
    changed.mark(slot);
  }

  /** How many rows fit one behind the other, once there is room for one. */
  private int roomBehind(int slot, long end) {
    int form = forms[slot];
    if (form == SEGMENTED) {
      return pageRows - ((int) end & (pageRows - 1));
    }
    int block = 1 << form;
    return Math.min(block - size(slot), block - ((int) end & (block - 1)));
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
    mark(slot);
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
    return page(slot, ordinal).toRead().time(index(slot, ordinal));
  }

  @Override
  public long[] times(int slot, long ordinal) {
    return page(slot, ordinal).toRead().times();
  }

  @Override
  public Column[] columns(int slot, long ordinal) {
    return page(slot, ordinal).toRead().columns();
  }

  @Override
  public int index(int slot, long ordinal) {
    int form = forms[slot];
    return form == SEGMENTED
        ? (int) ordinal & (pageRows - 1)
        : pages.base(form, places[slot]) + ((int) ordinal & ((1 << form) - 1));
  }

  @Override
  public long runEnd(int slot, long ordinal) {
    int form = forms[slot];
    long run = form == SEGMENTED ? pageRows : 1L << form;
    return Math.min((ordinal | (run - 1)) + 1, ends[slot]);
  }

  @Override
  public void clear(int slot) {
    if (end(slot) == 0) {
      return;
    }
    mark(slot);
    rows -= size(slot);
    release(slot, firsts[slot], ends[slot]);
    firsts[slot] = 0;
    ends[slot] = 0;
    capturedEnds[slot] = 0;
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

  /** Whether there is room for a row without moving or taking anything. */
  private boolean hasRoom(int slot, long end) {
    int form = forms[slot];
    return form != EMPTY
        && (form == SEGMENTED
            ? ((int) end & (pageRows - 1)) != 0
            : end - firsts[slot] < 1L << form);
  }

  /** Moves a full block's rows to one of twice the size, or to segments. */
  private void grow(int slot, int form) {
    int block = places[slot];
    RowArrays from = pages.page(form, block).toRead();
    int base = pages.base(form, block);
    if (form == pages.bits()) {
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
      page(slot, ordinal).toWrite().set(index(slot, ordinal), from.time(row), from.columns(), row);
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
    segments.add(new RowSegments(pages.bits()));
    return segments.size() - 1;
  }

  private void ensureSlots(int slots) {
    if (slots <= forms.length) {
      return;
    }
    int capacity = Math.max(16, Math.max(slots, 2 * forms.length));
    firsts = Arrays.copyOf(firsts, capacity);
    ends = Arrays.copyOf(ends, capacity);
    capturedEnds = Arrays.copyOf(capturedEnds, capacity);
    changed.ensureCapacity(capacity);
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

  @Override
  public void close() {
    memory.close();
  }

  @Override
  public boolean isChanged() {
    return !changed.isEmpty();
  }

  @Override
  public CapturedState capture(boolean full) {
    RowLogTaker earlier = taking;
    if (earlier != null) {
      earlier.takeMore(Integer.MAX_VALUE);
    }
    if (full) {
      changed.beginTakingAll(ends.length);
    } else {
      changed.beginTaking();
    }
    RowLogCapture capture = new RowLogCapture(spec.columns(), memory);
    RowLogTaker taker = new RowLogTaker(this, changed, capture, full);
    taking = taker;
    return taker;
  }

  boolean isTakenBy(RowLogTaker taker) {
    return taking == taker;
  }

  /** Says that all is taken out. */
  void endTaking() {
    taking = null;
  }

  /**
   * Takes a slot out: what has changed, or all if {@code full}.
   *
   * @return what it cost: the number of rows, or of pages of them
   */
  int take(int slot, boolean full, RowLogCapture capture) {
    if (full && ends[slot] == 0) {
      return 1;
    }
    long from = full ? firsts[slot] : Math.max(firsts[slot], capturedEnds[slot]);
    capture.addSlot(slot, firsts[slot], from, ends[slot]);
    capturedEnds[slot] = ends[slot];
    return 1 + captureRows(slot, from, capture);
  }

  /**
   * Orders slots by the page in which their blocks lie, where pages are shared by several of them:
   * blocks of neighbouring slots lie anywhere, and coming back to a page costs a microsecond.
   */
  int[] byPage(int[] slots) {
    int[] numbers = pages.pageNumbers();
    int count = numbers[numbers.length - 1];
    if (slots.length < count) {
      return slots;
    }
    int[] starts = new int[count + 1];
    for (int slot : slots) {
      starts[pageNumber(slot, numbers) + 1]++;
    }
    for (int page = 0; page < count; page++) {
      starts[page + 1] += starts[page];
    }
    int[] ordered = new int[slots.length];
    for (int slot : slots) {
      ordered[starts[pageNumber(slot, numbers)]++] = slot;
    }
    return ordered;
  }

  /** The number of the page of a slot's block; 0 if it has none. */
  private int pageNumber(int slot, int[] numbers) {
    int form = forms[slot];
    return form == EMPTY || form == SEGMENTED
        ? 0
        : numbers[form] + pages.pageIndex(form, places[slot]);
  }

  private int captureRows(int slot, long first, RowLogCapture capture) {
    int cost = 0;
    for (long from = first, to; from < ends[slot]; from = to) {
      to = runEnd(slot, from);
      int count = (int) (to - from);
      if (forms[slot] == SEGMENTED && (to & (pageRows - 1)) == 0) {
        capture.share(page(slot, from), index(slot, from), count);
        cost++;
      } else {
        capture.copy(page(slot, from).toRead(), index(slot, from), count);
        cost += count;
      }
    }
    return cost;
  }

  @Override
  public void restore(StateSignature saved, StateReader in) throws IOException {
    int[] slots = new int[in.readInt()];
    long[] added = new long[slots.length];
    for (int i = 0; i < slots.length; i++) {
      RowLogCapture.Header header = RowLogCapture.Header.read(in);
      begin(header);
      slots[i] = header.slot();
      added[i] = header.added();
    }
    RowChunk chunk = new RowChunk(spec.columns());
    for (int i = 0; i < slots.length; i++) {
      for (long row = 0; row < added[i]; row++) {
        int at = chunk.read(in);
        append(slots[i], chunk.time(at), chunk.columns(), at);
      }
      capturedEnds[slots[i]] = ends[slots[i]];
    }
    changed.clear();
  }

  /** Leaves the rows that a slot keeps, as part of a restore. */
  private void begin(RowLogCapture.Header header) {
    int slot = header.slot();
    ensureSlots(slot + 1);
    if (header.first() < 0) {
      throw StateReader.damaged();
    }
    if (header.kept() == 0) {
      clear(slot);
      firsts[slot] = header.first();
      ends[slot] = header.first();
      return;
    }
    long gone = header.first() - firsts[slot];
    if (gone < 0 || header.kept() != size(slot) - gone) {
      throw StateReader.damaged();
    }
    dropFirst(slot, (int) gone);
  }
}
