package io.millrace.state.chronicle;

import io.millrace.spi.data.Column;
import io.millrace.spi.data.KeyHash;
import io.millrace.spi.state.SlotTableSpec;
import io.millrace.state.codec.ColumnCodec;
import io.millrace.state.codec.StateKind;
import io.millrace.state.codec.StateReader;
import io.millrace.state.codec.StateSignature;
import io.millrace.state.form.CapturedState;
import io.millrace.state.table.FreeSlots;
import io.millrace.state.table.KeyMatch;
import io.millrace.state.table.PaneTable;
import io.millrace.state.table.SlotColumns;
import io.millrace.state.table.SlotIndex;
import io.millrace.state.table.SlotTableCapture;
import java.io.IOException;
import java.util.Arrays;
import java.util.BitSet;
import java.util.List;
import java.util.function.Supplier;

/**
 * A slot table of which the rows that were asked for last lie in columns, and all others in files.
 * A row comes into the columns when it is asked for, and goes back to its file, if it has changed,
 * when another one needs its slot; while all rows have slots there are no files.
 *
 * <p>On the heap a key outside of the columns costs two bits, and a removed one four bytes.
 */
final class ChronicleSlotTable implements PaneTable {
  private static final int FEWEST_SLOTS = 16;

  /** Of so many rows the size of records is made. */
  private static final int SAMPLES = 64;

  private final StateSignature signature;
  private final TableCapturer capturer;
  private final SlotColumns columns;
  private final Column[] keys;
  private final SlotIndex index = new SlotIndex();
  private final HotRows hot;
  private final ColdRows cold;
  private final FreeSlots free = new FreeSlots();
  private final BitSet used = new BitSet();

  private final TableChanges changes;
  private boolean anyCold;
  private int[] hashes = new int[0];
  private int capacity = FEWEST_SLOTS;
  private int limit;

  /**
   * Begins empty.
   *
   * @param room gives that of the capture which begins
   */
  ChronicleSlotTable(
      SlotTableSpec spec,
      StateKind kind,
      ScratchFolder folder,
      HotRows hot,
      Supplier<CaptureRoom> room) {
    signature = StateSignature.of(spec, kind);
    columns = new SlotColumns(spec, capacity);
    keys = columns.keys();
    cold = new ColdRows(spec, folder, hot.most());
    capturer = new TableCapturer(spec, folder, columns, hot, cold, room);
    changes = new TableChanges(hot);
    this.hot = hot;
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
  public boolean isUsed(int number) {
    return used.get(number);
  }

  @Override
  public int number(int slot) {
    return hot.number(slot);
  }

  @Override
  public int slot(int number) {
    hot.begin(1);
    return bring(number);
  }

  @Override
  public void slots(int[] numbers, int from, int to, int[] slots) {
    hot.begin(to - from);
    for (int i = from; i < to; i++) {
      slots[i - from] = bring(numbers[i]);
    }
  }

  private int bring(int number) {
    int slot = hot.slot(number);
    if (slot < 0) {
      slot = takeSlot();
      cold.read(number, keys, columns.fields(), slot);
      put(slot, number, HotRows.STORED);
    }
    hot.ask(slot);
    return slot;
  }

  @Override
  public void resolve(Column[] rows, int from, int to, int[] slots) {
    if (from == to) {
      return;
    }
    hot.begin(to - from);
    if (keys.length == 0) {
      Arrays.fill(slots, from, to, limit == 0 ? add(rows, 0) : 0);
    } else {
      if (hashes.length < to) {
        hashes = new int[Math.max(to, 2 * hashes.length)];
      }
      KeyHash.hash(rows, from, to, hashes);
      lookUp(rows, from, to, slots);
    }
    changes.mark(slots, from, to);
    for (int row = from; row < to; row++) {
      hot.ask(slots[row]);
    }
  }

  private void lookUp(Column[] rows, int from, int to, int[] slots) {
    int row = from;
    while (row < to) {
      int stop = index.probe(hashes, row, to, slots);
      boolean all = KeyMatch.matches(keys, rows, row, stop, slots);
      ask(slots, row, stop);
      for (int miss = row; !all && miss < stop; miss++) {
        if (slots[miss] == KeyMatch.MISMATCH) {
          slots[miss] = bring(rows, miss, hashes[miss]);
        }
      }
      if (stop < to) {
        slots[stop] = bring(rows, stop, hashes[stop]);
        stop++;
      }
      row = stop;
    }
  }

  /** Keeps the slots of rows that have been looked up from being given to later ones. */
  private void ask(int[] slots, int from, int to) {
    for (int row = from; row < to; row++) {
      if (slots[row] != KeyMatch.MISMATCH) {
        hot.ask(slots[row]);
      }
    }
  }

  @Override
  public int find(Column[] rows, int row) {
    if (keys.length == 0) {
      return limit - 1;
    }
    hot.begin(1);
    int hash = KeyHash.hash(rows, rows.length, row);
    int slot = KeyMatch.find(index, keys, rows, row, hash);
    if (slot < 0 && anyCold) {
      slot = load(rows, row);
    }
    if (slot >= 0) {
      hot.ask(slot);
    }
    return slot;
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
    changes.mark(slot);
  }

  @Override
  public void remove(int slot) {
    if (keys.length == 0) {
      clear();
      return;
    }
    changes.mark(slot);
    int number = hot.number(slot);
    if (hot.has(slot, HotRows.STORED)) {
      cold.remove(number, keys, slot);
    }
    release(slot);
    used.clear(number);
    changes.forget(number);
    free.push(number);
  }

  @Override
  public void clear() {
    if (limit == 0) {
      return;
    }
    changes.takeRest();
    index.clear();
    hot.clear();
    cold.clear();
    capacity = FEWEST_SLOTS;
    columns.make(capacity);
    used.clear();
    free.clear();
    anyCold = false;
    limit = 0;
    changes.beginAnew();
  }

  @Override
  public void close() {
    changes.discard();
    cold.clear();
  }

  /** The slot of a row's key, which may have one already, be stored, or be new. */
  private int bring(Column[] rows, int row, int hash) {
    int slot = KeyMatch.find(index, keys, rows, row, hash);
    if (slot < 0 && anyCold) {
      slot = load(rows, row);
    }
    if (slot < 0) {
      slot = add(rows, row);
    }
    hot.ask(slot);
    return slot;
  }

  /** Gives a slot to a row's key if it is stored; else -1. */
  private int load(Column[] rows, int row) {
    int number = cold.find(rows, row);
    if (number < 0) {
      return -1;
    }
    int slot = takeSlot();
    cold.read(number, keys, columns.fields(), slot);
    put(slot, number, HotRows.STORED);
    return slot;
  }

  private int add(Column[] rows, int row) {
    boolean isAgain = free.size() > 0;
    int number = isAgain ? free.top() : limit;
    int slot = takeSlot();
    columns.copyKey(rows, row, slot);
    put(slot, number, (byte) 0);
    if (isAgain) {
      free.pop();
    } else {
      limit++;
    }
    used.set(number);
    return slot;
  }

  /** Gives a slot, whose key is there, to its number. */
  private void put(int slot, int number, byte state) {
    hot.put(slot, number, state);
    if (keys.length > 0) {
      index.add(KeyHash.hash(keys, keys.length, slot), slot);
    }
  }

  /** Takes a slot, if need be that of a row which was not asked for lately. */
  private int takeSlot() {
    int victim = hot.isFull() ? hot.victim() : -1;
    if (victim >= 0) {
      store(victim);
    }
    int slot = hot.take();
    if (slot >= capacity) {
      capacity = hot.capacity();
      columns.ensureCapacity(capacity);
    }
    return slot;
  }

  private void store(int slot) {
    int number = hot.number(slot);
    if (hot.has(slot, HotRows.UNWRITTEN)) {
      boolean isNew = !hot.has(slot, HotRows.STORED);
      if (!cold.hasBegun()) {
        cold.begin(keys, columns.fields(), hot.some(SAMPLES));
      }
      cold.store(number, keys, columns.fields(), slot, isNew);
      anyCold = true;
    }
    changes.leave(slot);
    release(slot);
  }

  private void release(int slot) {
    index.remove(KeyHash.hash(keys, keys.length, slot), slot);
    hot.release(slot);
    columns.reset(slot, slot + 1);
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
    return changes.areCaptured();
  }

  @Override
  public void beginUncaptured() {
    changes.beginUncaptured();
  }

  @Override
  public boolean isChanged() {
    return changes.areAny();
  }

  @Override
  public CapturedState capture(boolean full) {
    return capture(full, columns.codecs(signature));
  }

  @Override
  public FileTableCapture capture(boolean full, List<ColumnCodec> codecs) {
    changes.takeRest();
    boolean isWhole = full || changes.areAnew();
    BitSet numbers = isWhole ? (BitSet) used.clone() : changes.numbers();
    int count = numbers.cardinality();
    SlotTableCapture.Header header =
        new SlotTableCapture.Header(isWhole, limit, free.capture(isWhole), count);
    return changes.begin(header, numbers, capturer.taker(codecs, count), codecs);
  }

  @Override
  public boolean isBeingTaken() {
    return changes.areBeingTaken();
  }

  @Override
  public void restore(StateSignature saved, StateReader in) throws IOException {
    restore(columns.codecs(saved), in);
  }

  @Override
  public void restore(List<ColumnCodec> codecs, StateReader in) throws IOException {
    changes.takeRest();
    SlotTableCapture.Header header = SlotTableCapture.Header.read(in);
    if (header.isWhole()) {
      clear();
    }
    if (header.limit() < limit) {
      throw StateReader.damaged();
    }
    limit = header.limit();
    free.apply(header.freed());
    for (int number : header.freed().added()) {
      forget(number);
    }
    int[] numbers = new int[ColumnCodec.CHUNK];
    int last = -1;
    for (int rest = header.count(); rest > 0; rest -= numbers.length) {
      int count = Math.min(rest, numbers.length);
      last = SlotTableCapture.readSlots(numbers, count, last, limit, in);
      Column[] rows = capturer.readChunk(codecs, count, in);
      if (!header.isWhole()) {
        forgetOthers(Arrays.copyOf(rows, keys.length), numbers, count);
      }
      restoreRows(rows, numbers, count);
    }
    if (used.cardinality() != size()) {
      throw StateReader.damaged();
    }
    changes.areRestored();
  }

  /**
   * Forgets numbers that have had the keys of a chunk before: they come with other keys, maybe in a
   * later chunk. The number is found by its key, so they would take that of the new number with
   * them.
   */
  private void forgetOthers(Column[] rowKeys, int[] numbers, int count) {
    for (int row = 0; keys.length > 0 && row < count; row++) {
      int hash = KeyHash.hash(rowKeys, keys.length, row);
      int slot = KeyMatch.find(index, keys, rowKeys, row, hash);
      int number = slot >= 0 || !anyCold ? -1 : cold.find(rowKeys, row);
      int before = slot >= 0 ? hot.number(slot) : number;
      if (before >= 0 && before != numbers[row]) {
        forget(before);
      }
    }
  }

  /** Takes a chunk of rows, each number of which may be in use with the same or another key. */
  private void restoreRows(Column[] rows, int[] numbers, int count) {
    Column[] all = columns.all();
    int[] one = new int[1];
    for (int row = 0; row < count; row++) {
      forget(numbers[row]);
      hot.begin(1);
      int slot = takeSlot();
      all = columns.all();
      one[0] = row;
      for (int c = 0; c < all.length; c++) {
        all[c].gather(rows[c], one, 1, slot);
      }
      put(slot, numbers[row], HotRows.UNWRITTEN);
      used.set(numbers[row]);
    }
  }

  /** Makes a number one that is not in use, as part of a restore. */
  private void forget(int number) {
    if (number >= limit) {
      throw StateReader.damaged();
    }
    if (used.get(number) && keys.length > 0) {
      int slot = slot(number);
      if (hot.has(slot, HotRows.STORED)) {
        cold.remove(number, keys, slot);
      }
      release(slot);
    } else if (used.get(number)) {
      hot.clear();
      columns.reset(0, 1);
    }
    used.clear(number);
  }
}
