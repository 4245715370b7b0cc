package io.millrace.state.heap;

import io.millrace.spi.data.Column;
import io.millrace.spi.data.DoubleColumn;
import io.millrace.spi.state.SlotTable;
import io.millrace.spi.state.SlotTableSpec;
import io.millrace.spi.state.StateType;
import io.millrace.spi.types.DataType;
import io.millrace.spi.types.Layout;
import io.millrace.state.codec.ColumnCodec;
import io.millrace.state.codec.StateKind;
import io.millrace.state.codec.StateReader;
import io.millrace.state.codec.StateSignature;
import io.millrace.state.codec.StateWriter;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * A slot table whose columns are ordinary columns, indexed by slot.
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
final class HeapSlotTable implements SlotTable, HeapState {
  private static final int FEWEST_SLOTS = 16;

  private final SlotTableSpec spec;
  private final StateSignature signature;
  private final Column[] keys;
  private final Column[] fields;
  private final SlotIndex index = new SlotIndex();
  private int[] hashes = new int[0];
  private long[] used = new long[1];

  /** A byte per slot: setting a bit, which reads the word that the row before wrote, is slower. */
  private byte[] changed = new byte[FEWEST_SLOTS];

  private int[] free = new int[0];
  private int freeCount;
  private int capacity = FEWEST_SLOTS;
  private int limit;

  HeapSlotTable(SlotTableSpec spec) {
    this(spec, StateKind.SLOT_TABLE);
  }

  HeapSlotTable(SlotTableSpec spec, StateKind kind) {
    this.spec = spec;
    signature = StateSignature.of(spec.name(), kind, spec.version(), spec.keys(), spec.fields());
    keys = new Column[spec.keys().size()];
    fields = new Column[spec.fields().size()];
    makeColumns();
  }

  @Override
  public int size() {
    return limit - freeCount;
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
    markChanged(from, to, slots);
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
    return fields[column];
  }

  @Override
  public void touch(int slot) {
    changed[slot] = 1;
  }

  @Override
  public void remove(int slot) {
    if (keys.length == 0) {
      clear();
      return;
    }
    index.remove(KeyHash.hash(keys, keys.length, slot), slot);
    reset(slot, slot + 1);
    used[slot >>> 6] &= ~(1L << slot);
    touch(slot);
    if (freeCount == free.length) {
      free = Arrays.copyOf(free, Math.max(FEWEST_SLOTS, 2 * freeCount));
    }
    free[freeCount++] = slot;
  }

  @Override
  public void clear() {
    if (limit == 0) {
      return;
    }
    index.clear();
    if (capacity > FEWEST_SLOTS && 16L * limit < capacity) {
      capacity /= 2;
      makeColumns();
    } else {
      reset(0, limit);
    }
    Arrays.fill(used, 0);
    Arrays.fill(changed, (byte) 0);
    freeCount = 0;
    limit = 0;
  }

  /** The number of slots that changed since the last save: what an increment would hold. */
  int changedSlots() {
    int count = 0;
    for (byte mark : changed) {
      count += mark;
    }
    return count;
  }

  private void resolveWithoutKey(int from, int to, int[] slots) {
    if (from < to && limit == 0) {
      limit = 1;
      used[0] = 1;
    }
    Arrays.fill(slots, from, to, 0);
    changed[0] = 1;
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
    for (int cell = index.home(hash); !index.isEmpty(cell); cell = index.after(cell)) {
      if (index.hasHash(cell, hash) && KeyMatch.matches(keys, index.slot(cell), rows, row)) {
        return index.slot(cell);
      }
    }
    return -1;
  }

  private int add(Column[] rows, int row, int hash) {
    int slot = freeCount > 0 ? free[freeCount - 1] : limit;
    ensureCapacity(slot + 1);
    index.add(hash, slot);
    if (freeCount > 0) {
      freeCount--;
    } else {
      limit++;
    }
    for (int c = 0; c < keys.length; c++) {
      keys[c].copy(rows[c], row, slot);
      if (keys[c] instanceof DoubleColumn doubles) {
        doubles.values()[slot] = KeyHash.canonical(doubles.values()[slot]);
      }
    }
    used[slot >>> 6] |= 1L << slot;
    return slot;
  }

  private void markChanged(int from, int to, int[] slots) {
    byte[] marks = changed;
    for (int row = from; row < to; row++) {
      marks[slots[row]] = 1;
    }
  }

  private void ensureCapacity(int slots) {
    if (slots <= capacity) {
      return;
    }
    capacity = Math.max(slots, 2 * capacity);
    for (Column column : keys) {
      column.ensureCapacity(capacity);
    }
    for (Column column : fields) {
      column.ensureCapacity(capacity);
    }
    int words = (capacity + 63) >>> 6;
    used = Arrays.copyOf(used, Math.max(words, used.length));
    changed = Arrays.copyOf(changed, capacity);
  }

  private void makeColumns() {
    for (int c = 0; c < keys.length; c++) {
      keys[c] = Column.of(spec.keys().get(c).layout(), capacity);
    }
    for (int c = 0; c < fields.length; c++) {
      DataType type = spec.fields().get(c).type();
      fields[c] = Column.of(type == null ? Layout.OBJECT : type.layout(), capacity);
    }
  }

  private void reset(int from, int to) {
    for (Column column : keys) {
      column.reset(from, to);
    }
    for (Column column : fields) {
      column.reset(from, to);
    }
  }

  @Override
  public StateSignature signature() {
    return signature;
  }

  @Override
  public long entries() {
    return size();
  }

  /** Saves the removed slots in the order of their removal, then chunks of used slots. */
  @Override
  public void save(StateWriter out) throws IOException {
    out.writeUnsigned(limit);
    out.writeUnsigned(freeCount);
    for (int i = 0; i < freeCount; i++) {
      out.writeUnsigned(free[i]);
    }
    List<ColumnCodec> codecs = codecs(signature);
    int[] chunk = new int[ColumnCodec.CHUNK];
    int slot = 0;
    for (int rest = size(); rest > 0; rest -= chunk.length) {
      int count = Math.min(rest, chunk.length);
      slot = nextUsed(slot, chunk, count);
      for (int c = 0; c < codecs.size(); c++) {
        codecs.get(c).write(column(c), chunk, count, out);
      }
    }
    Arrays.fill(changed, (byte) 0);
  }

  @Override
  public void restore(StateSignature saved, StateReader in) throws IOException {
    limit = in.readInt();
    freeCount = in.readInt();
    if (freeCount > limit) {
      throw StateReader.damaged();
    }
    ensureCapacity(limit);
    for (int i = 0; i < limit; i++) {
      used[i >>> 6] |= 1L << i;
    }
    free = new int[freeCount];
    for (int i = 0; i < freeCount; i++) {
      free[i] = in.readInt();
      if (free[i] >= limit || !isUsed(free[i])) {
        throw StateReader.damaged();
      }
      used[free[i] >>> 6] &= ~(1L << free[i]);
    }
    List<ColumnCodec> codecs = codecs(saved);
    int[] chunk = new int[ColumnCodec.CHUNK];
    int slot = 0;
    for (int rest = size(); rest > 0; rest -= chunk.length) {
      int count = Math.min(rest, chunk.length);
      slot = nextUsed(slot, chunk, count);
      for (int c = 0; c < codecs.size(); c++) {
        codecs.get(c).read(column(c), chunk, count, in);
      }
      for (int i = 0; i < count && keys.length > 0; i++) {
        index.add(KeyHash.hash(keys, keys.length, chunk[i]), chunk[i]);
      }
    }
  }

  private List<ColumnCodec> codecs(StateSignature saved) {
    List<ColumnCodec> codecs = new ArrayList<>();
    for (DataType key : spec.keys()) {
      codecs.add(ColumnCodec.of(key));
    }
    for (StateType field : spec.fields()) {
      codecs.add(ColumnCodec.of(field, saved.codecVersions().get(codecs.size())));
    }
    return codecs;
  }

  private Column column(int c) {
    return c < keys.length ? keys[c] : fields[c - keys.length];
  }

  /** Finds the next {@code count} used slots from {@code slot} on; gives where to go on. */
  private int nextUsed(int slot, int[] chunk, int count) {
    int next = slot;
    for (int found = 0; found < count; next++) {
      if (isUsed(next)) {
        chunk[found++] = next;
      }
    }
    return next;
  }
}
