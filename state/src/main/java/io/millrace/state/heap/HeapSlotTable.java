package io.millrace.state.heap;

import io.millrace.spi.data.Column;
import io.millrace.spi.data.KeyHash;
import io.millrace.spi.state.SlotTableSpec;
import io.millrace.state.codec.ColumnCodec;
import io.millrace.state.codec.StateKind;
import io.millrace.state.codec.StateReader;
import io.millrace.state.codec.StateSignature;
import io.millrace.state.form.CapturedState;
import io.millrace.state.form.LentRows;
import io.millrace.state.table.FreeSlots;
import io.millrace.state.table.KeyMatch;
import io.millrace.state.table.PaneTable;
import io.millrace.state.table.SlotColumns;
import io.millrace.state.table.SlotIndex;
import io.millrace.state.table.SlotTableCapture;
import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A slot table whose columns are ordinary columns, indexed by slot, which is the number too.
 *
 * <p>Keys are looked up a batch at a time in three loops over arrays: hash, probe by hash, compare
 * with the stored keys. A row whose hash is there but whose key is not the first one with it goes
 * through the probe again by itself; slots are given in the order of the rows in any case.
 *
 * <p>Beside its key and fields a slot costs 17 to 34 bytes: 16 to 32 of the index (up to 64 while
 * there are fewer than 16,384), the rest to say that it is in use and has changed. Columns have up
 * to twice the room that they need. Measured: a BIGINT key with two 8-byte fields takes 43 bytes at
 * a million keys, 51 at three million.
 */
final class HeapSlotTable implements PaneTable {
  private static final int FEWEST_SLOTS = 16;

  private final StateSignature signature;
  private final SlotColumns columns;
  private final Column[] keys;
  private final SlotIndex index = new SlotIndex();
  private final ChangedSlots changed = new ChangedSlots();
  private final FreeSlots free = new FreeSlots();
  private int[] hashes = new int[0];
  private long[] used = new long[1];
  private int capacity = FEWEST_SLOTS;
  private int limit;

  /** Whether nothing that was captured before is still there, so that a capture begins anew. */
  private boolean anew = true;

  /** Whether a capture holds the table, be it as it was before it was cleared. */
  private boolean captured;

  /** The capture that has not taken all out yet. */
  private @Nullable HeapTableCapture taking;

  HeapSlotTable(SlotTableSpec spec) {
    this(spec, StateKind.SLOT_TABLE);
  }

  HeapSlotTable(SlotTableSpec spec, StateKind kind) {
    signature = StateSignature.of(spec, kind);
    columns = new SlotColumns(spec, capacity);
    keys = columns.keys();
  }

  @Override
  public int size() {
    return limit - free.size();
  }

  @Override
  public int limit() {
    return limit;
  }

  @Override
  public boolean isUsed(int slot) {
    return (used[slot >>> 6] >>> slot & 1) != 0;
  }

  @Override
  public int number(int slot) {
    return slot;
  }

  @Override
  public int slot(int number) {
    return number;
  }

  @Override
  public void resolve(Column[] rows, int from, int to, int[] slots) {
    if (keys.length == 0) {
      resolveWithoutKey(from, to, slots);
      return;
    }
    if (to - from == 1) {
      resolveOne(rows, from, slots);
      return;
    }
    if (hashes.length < to) {
      hashes = new int[Math.max(to, 2 * hashes.length)];
    }
    KeyHash.hash(rows, from, to, hashes);
    int row = from;
    while (row < to) {
      int stop = index.probe(hashes, row, to, slots);
      if (!KeyMatch.matches(keys, rows, row, stop, slots)) {
        resolveMismatches(rows, row, stop, slots);
      }
      if (stop < to) {
        slots[stop] = add(rows, stop, hashes[stop]);
        stop++;
      }
      row = stop;
    }
    touch(slots, from, to);
  }

  @Override
  public int find(Column[] rows, int row) {
    if (keys.length == 0) {
      return limit - 1;
    }
    return find(rows, row, KeyHash.hash(rows, rows.length, row));
  }

  @Override
  public Column key(int column) {
    return keys[column];
  }

  @Override
  public Column field(int column) {
    return columns.fields()[column];
  }

  @Override
  public int generation() {
    return columns.generation();
  }

  @Override
  public void touch(int slot) {
    keep(slot);
    changed.mark(slot);
  }

  @Override
  public void touch(int[] slots, int from, int to) {
    if (from == to) {
      return;
    }
    HeapTableCapture capture = taking;
    if (capture != null) {
      capture.keep(slots, from, to);
    }
    changed.mark(slots, from, to);
  }

  /** Has a capture take a slot out that is about to change. */
  private void keep(int slot) {
    HeapTableCapture capture = taking;
    if (capture != null) {
      capture.keep(slot);
    }
  }

  @Override
  public void remove(int slot) {
    if (keys.length == 0) {
      clear();
      return;
    }
    touch(slot);
    index.remove(KeyHash.hash(keys, keys.length, slot), slot);
    columns.reset(slot, slot + 1);
    used[slot >>> 6] &= ~(1L << slot);
    free.push(slot);
  }

  @Override
  public void clear() {
    if (limit == 0) {
      return;
    }
    takeRest();
    index.clear();
    if (capacity > FEWEST_SLOTS && 16L * limit < capacity) {
      capacity /= 2;
      columns.make(capacity);
    } else {
      columns.reset(0, limit);
    }
    Arrays.fill(used, 0);
    changed.clear();
    free.clear();
    limit = 0;
    anew = true;
  }

  private void resolveWithoutKey(int from, int to, int[] slots) {
    if (from == to) {
      return;
    }
    touch(0);
    limit = 1;
    used[0] = 1;
    Arrays.fill(slots, from, to, 0);
  }

  private void resolveOne(Column[] rows, int row, int[] slots) {
    int hash = KeyHash.hash(rows, keys.length, row);
    int slot = find(rows, row, hash);
    if (slot < 0) {
      slot = add(rows, row, hash);
    }
    slots[row] = slot;
    touch(slot);
  }

  private void resolveMismatches(Column[] rows, int from, int to, int[] slots) {
    for (int row = from; row < to; row++) {
      if (slots[row] == KeyMatch.MISMATCH) {
        int slot = find(rows, row, hashes[row]);
        slots[row] = slot >= 0 ? slot : add(rows, row, hashes[row]);
      }
    }
  }

  private int find(Column[] rows, int row, int hash) {
    return KeyMatch.find(index, keys, rows, row, hash);
  }

  private int add(Column[] rows, int row, int hash) {
    boolean isAgain = free.size() > 0;
    int slot = isAgain ? free.top() : limit;
    ensureCapacity(slot + 1);
    index.add(hash, slot);
    keep(slot);
    if (isAgain) {
      free.pop();
    } else {
      limit++;
    }
    columns.copyKey(rows, row, slot);
    used[slot >>> 6] |= 1L << slot;
    return slot;
  }

  private void ensureCapacity(int slots) {
    if (slots <= capacity) {
      return;
    }
    capacity = Math.max(slots, 2 * capacity);
    columns.ensureCapacity(capacity);
    changed.ensureCapacity(capacity);
    int words = (capacity + 63) >>> 6;
    used = Arrays.copyOf(used, Math.max(words, used.length));
  }

  @Override
  public StateSignature signature() {
    return signature;
  }

  @Override
  public long entries() {
    return size();
  }

  @Override
  public boolean isCaptured() {
    return captured;
  }

  @Override
  public void beginUncaptured() {
    anew = true;
    captured = false;
  }

  @Override
  public boolean isChanged() {
    return anew || !changed.isEmpty();
  }

  @Override
  public CapturedState capture(boolean full) {
    return capture(full, columns.codecs(signature));
  }

  @Override
  public HeapTableCapture capture(boolean full, List<ColumnCodec> codecs) {
    takeRest();
    boolean whole = full || anew;
    if (whole) {
      changed.beginTakingAll(limit);
    } else {
      changed.beginTaking();
    }
    anew = false;
    captured = true;
    HeapTableCapture capture =
        new HeapTableCapture(
            this, changed, new HeapTableCapture.Moment(whole, limit, free.capture(whole)), codecs);
    taking = capture;
    return capture;
  }

  /** Has the capture that has not taken all out do so. */
  private void takeRest() {
    HeapTableCapture capture = taking;
    if (capture != null) {
      capture.takeMore(Integer.MAX_VALUE);
    }
  }

  @Override
  public boolean isBeingTaken() {
    return taking != null;
  }

  boolean isTakenBy(HeapTableCapture capture) {
    return taking == capture;
  }

  /** Says that all is taken out. */
  void endTaking() {
    taking = null;
  }

  /** Its columns, those of the key first. */
  Column[] columns() {
    return columns.all();
  }

  @Override
  public CapturedState drain() {
    return drain(columns.codecs(signature));
  }

  @Override
  public SlotTableCapture drain(List<ColumnCodec> codecs) {
    takeRest();
    int[] slots = slotsInUse();
    return new SlotTableCapture(
        new SlotTableCapture.Header(true, limit, free.capture(true), slots.length),
        Arrays.stream(slots).iterator(),
        new LentRows(codecs, columns.all(), slots, slots.length));
  }

  private int[] slotsInUse() {
    int[] slots = new int[size()];
    int count = 0;
    for (int slot = 0; slot < limit; slot++) {
      if (isUsed(slot)) {
        slots[count++] = slot;
      }
    }
    return slots;
  }

  @Override
  public void restore(StateSignature saved, StateReader in) throws IOException {
    restore(columns.codecs(saved), in);
  }

  @Override
  public void restore(List<ColumnCodec> codecs, StateReader in) throws IOException {
    SlotTableCapture.Header header = SlotTableCapture.Header.read(in);
    if (header.isWhole()) {
      clear();
    }
    if (header.limit() < limit) {
      throw StateReader.damaged();
    }
    limit = header.limit();
    ensureCapacity(limit);
    free.apply(header.freed());
    for (int slot : header.freed().added()) {
      forget(slot);
    }
    int[] slots = new int[ColumnCodec.CHUNK];
    int last = -1;
    for (int rest = header.count(); rest > 0; rest -= slots.length) {
      int count = Math.min(rest, slots.length);
      last = SlotTableCapture.readSlots(slots, count, last, limit, in);
      restoreSlots(codecs, slots, count, in);
    }
    int inUse = 0;
    for (long word : used) {
      inUse += Long.bitCount(word);
    }
    if (inUse != size()) {
      throw StateReader.damaged();
    }
    anew = false;
    captured = true;
  }

  /** Reads a chunk of slots, each of which may have been in use with the same or another key. */
  private void restoreSlots(List<ColumnCodec> codecs, int[] slots, int count, StateReader in)
      throws IOException {
    int[] before = new int[count];
    for (int i = 0; i < count; i++) {
      before[i] = KeyHash.hash(keys, keys.length, slots[i]);
    }
    Column[] all = columns.all();
    for (int c = 0; c < all.length; c++) {
      codecs.get(c).read(all[c], slots, count, in);
    }
    for (int i = 0; i < count; i++) {
      int slot = slots[i];
      int hash = KeyHash.hash(keys, keys.length, slot);
      if (keys.length > 0 && !(isUsed(slot) && before[i] == hash)) {
        if (isUsed(slot)) {
          index.remove(before[i], slot);
        }
        index.add(hash, slot);
      }
      used[slot >>> 6] |= 1L << slot;
    }
  }

  /** Makes a slot one that is not in use, as part of a restore. */
  private void forget(int slot) {
    if (slot >= limit) {
      throw StateReader.damaged();
    }
    if (isUsed(slot)) {
      if (keys.length > 0) {
        index.remove(KeyHash.hash(keys, keys.length, slot), slot);
      }
      columns.reset(slot, slot + 1);
      used[slot >>> 6] &= ~(1L << slot);
    }
  }
}
