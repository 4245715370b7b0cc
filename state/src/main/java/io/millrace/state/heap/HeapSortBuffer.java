package io.millrace.state.heap;

import io.millrace.spi.data.Batch;
import io.millrace.spi.data.Column;
import io.millrace.spi.data.LongColumn;
import io.millrace.spi.data.ObjectColumn;
import io.millrace.spi.data.RowBuffer;
import io.millrace.spi.state.SortBuffer;
import io.millrace.spi.state.SortBufferSpec;
import io.millrace.spi.types.DataType;
import io.millrace.state.codec.ColumnCodec;
import io.millrace.state.codec.StateKind;
import io.millrace.state.codec.StateReader;
import io.millrace.state.codec.StateSignature;
import io.millrace.state.form.CapturedState;
import io.millrace.state.form.DeclaredState;
import io.millrace.state.form.LentRows;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Rows in columns, in any order, with two indexes: a ring of those that came in order, and a heap
 * of the others, merged when they are drained.
 *
 * <p>A row of the heap came after a row of the ring that is behind it, by time or at equal times by
 * lane. So the heap is empty when the ring is, and of two rows of one time and lane the ring's came
 * first.
 */
public final class HeapSortBuffer implements SortBuffer, DeclaredState {
  private static final int FEWEST_ROWS = 16;

  private final SortBufferSpec spec;
  private final StateSignature signature;
  private final Column[] columns;
  private final DisorderedRows disordered = new DisorderedRows();
  private final LongColumn times = new LongColumn(0);
  private int[] places = new int[0];

  /** For each row what follows its time in the order of draining: its lane, then its arrival. */
  private long[] orders = new long[0];

  private final RowPlaces rows = new RowPlaces();
  private int[] ring = new int[FEWEST_ROWS];
  private int head;
  private int ringSize;
  private long arrivals;
  private int[] drained = new int[FEWEST_ROWS];
  private final FreshRows fresh = new FreshRows();

  /** How many rows are gone that were there at the last capture. */
  private long drainedCaptured;

  /** The capture that has not taken all out yet. */
  private @Nullable SortBufferTaker taking;

  /**
   * Rows that are gone since it began: they stay as they are, as it may still have to copy them.
   */
  private int[] held = new int[0];

  private int heldCount;

  public HeapSortBuffer(SortBufferSpec spec) {
    this.spec = spec;
    StateSignature own =
        StateSignature.ofRows(spec.name(), StateKind.SORT_BUFFER, spec.version(), spec.columns());
    signature = spec.isLater() ? own.asLater() : own;
    columns = new Column[spec.columns().size()];
    for (int c = 0; c < columns.length; c++) {
      columns[c] = Column.of(spec.columns().get(c).layout(), 0);
    }
  }

  @Override
  public int size() {
    return ringSize + disordered.size();
  }

  @Override
  public long firstTime() {
    return Math.min(ringTime(), disordered.firstTime());
  }

  @Override
  public void add(Batch source, int sourceRow) {
    int row = takeRow();
    for (int c = 0; c < columns.length; c++) {
      columns[c].copy(source.column(c), sourceRow, row);
    }
    times.values()[row] = source.rowtimes()[sourceRow];
    int[] from = source.places();
    places[row] = from == null ? 0 : from[sourceRow];
    arrange(row, source.lane(sourceRow));
    fresh.add(row);
  }

  @Override
  public int drainTo(long time, int limit, RowBuffer target, int code) {
    int count = 0;
    while (count < limit && size() > 0 && firstTime() <= time) {
      if (count == drained.length) {
        drained = Arrays.copyOf(drained, 2 * count);
      }
      drained[count++] = pollFirst();
    }
    if (count == 0) {
      return 0;
    }
    int first = target.size();
    for (int i = 0; i < count; i++) {
      int row = drained[i];
      target.place(target.append(time(row), code), places[row]);
    }
    for (int c = 0; c < columns.length; c++) {
      target.column(c).gather(columns[c], drained, count, first);
    }
    freeRows(count);
    return count;
  }

  private void arrange(int row, int lane) {
    orders[row] = DisorderedRows.order(lane, arrivals++);
    if (ringSize > 0 && isBefore(row, ring[(head + ringSize - 1) & (ring.length - 1)])) {
      disordered.add(time(row), orders[row], row);
      return;
    }
    if (ringSize == ring.length) {
      int[] grown = new int[2 * ringSize];
      System.arraycopy(ring, head, grown, 0, ringSize - head);
      System.arraycopy(ring, 0, grown, ringSize - head, head);
      ring = grown;
      head = 0;
    }
    ring[(head + ringSize++) & (ring.length - 1)] = row;
  }

  private boolean isBefore(int row, int other) {
    return time(row) < time(other) || (time(row) == time(other) && orders[row] < orders[other]);
  }

  private int pollFirst() {
    if (ringSize == 0 || isFirst(disordered, ring[head])) {
      return disordered.poll();
    }
    int row = ring[head];
    head = (head + 1) & (ring.length - 1);
    ringSize--;
    return row;
  }

  /** Whether the first of the disordered rows is before a row of the ring. */
  private boolean isFirst(DisorderedRows others, int row) {
    return !others.isEmpty() && isBefore(others.first(), row);
  }

  private long time(int row) {
    return times.values()[row];
  }

  private long ringTime() {
    return ringSize == 0 ? Long.MAX_VALUE : time(ring[head]);
  }

  private int takeRow() {
    if (rows.areAllUsed()) {
      int capacity = times.capacity();
      int grown = Math.max(FEWEST_ROWS, 2 * capacity);
      times.ensureCapacity(grown);
      places = Arrays.copyOf(places, grown);
      orders = Arrays.copyOf(orders, grown);
      fresh.ensureRows(grown);
      for (Column column : columns) {
        column.ensureCapacity(grown);
      }
      rows.grow(capacity, grown);
    }
    return rows.take();
  }

  /** Frees the drained rows, and what they refer to. */
  private void freeRows(int count) {
    for (int i = 0; i < count; i++) {
      if (!fresh.remove(drained[i])) {
        drainedCaptured++;
      }
    }
    if (taking == null) {
      free(drained, count);
      return;
    }
    if (heldCount + count > held.length) {
      held = Arrays.copyOf(held, Math.max(heldCount + count, 2 * held.length));
    }
    System.arraycopy(drained, 0, held, heldCount, count);
    heldCount += count;
  }

  private void free(int[] gone, int count) {
    for (Column column : columns) {
      if (column instanceof ObjectColumn objects) {
        for (int i = 0; i < count; i++) {
          objects.values()[gone[i]] = null;
        }
      }
    }
    for (int i = count - 1; i >= 0; i--) {
      rows.free(gone[i]);
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

  @Override
  public boolean isChanged() {
    return drainedCaptured > 0 || fresh.size() > 0;
  }

  /** In full, the rows are written in the order in which they would be drained. */
  @Override
  public CapturedState capture(boolean full) {
    takeRest();
    NamedRows added = fresh.take();
    SortBufferTaker taker =
        new SortBufferTaker(
            this, full, full ? 0 : drainedCaptured, full ? rows.used() : added, codecs());
    drainedCaptured = 0;
    taking = taker;
    return taker;
  }

  /** Has the capture that has not taken all out do so. */
  private void takeRest() {
    SortBufferTaker taker = taking;
    if (taker != null) {
      taker.takeMore(Integer.MAX_VALUE);
    }
  }

  boolean isTakenBy(SortBufferTaker taker) {
    return taking == taker;
  }

  /** Says that all is taken out. */
  void endTaking() {
    taking = null;
    free(held, heldCount);
    held = new int[0];
    heldCount = 0;
  }

  /** What follows a row's time in the order of draining. */
  long order(int row) {
    return orders[row];
  }

  /** A row's lane and place in one number: before there were lanes, places were written. */
  long code(int row) {
    return ((long) DisorderedRows.lane(orders[row]) << Integer.SIZE) | places[row];
  }

  @Override
  public CapturedState drain() {
    takeRest();
    int[] sorted = sortedRows();
    long[] codes = new long[sorted.length];
    Arrays.setAll(codes, i -> code(sorted[i]));
    return new SortBufferCapture(
        0, codes, new LentRows(codecs(), timesAndColumns(), sorted, sorted.length));
  }

  @Override
  public void restore(StateSignature saved, StateReader in) throws IOException {
    drop(in.readInt());
    List<ColumnCodec> codecs = codecs();
    Column[] saving = timesAndColumns();
    int[] chunk = new int[ColumnCodec.CHUNK];
    long[] codes = new long[ColumnCodec.CHUNK];
    for (int rest = in.readInt(); rest > 0; rest -= chunk.length) {
      int count = Math.min(rest, chunk.length);
      in.readLongs(codes, count);
      for (int i = 0; i < count; i++) {
        chunk[i] = takeRow();
        places[chunk[i]] = (int) codes[i];
      }
      for (int c = 0; c < saving.length; c++) {
        codecs.get(c).read(saving[c], chunk, count, in);
      }
      for (int i = 0; i < count; i++) {
        arrange(chunk[i], (int) (codes[i] >>> Integer.SIZE));
      }
    }
  }

  /** Takes the first rows off, as part of a restore. */
  private void drop(int count) {
    if (count > size()) {
      throw StateReader.damaged();
    }
    drained = new int[Math.max(FEWEST_ROWS, count)];
    for (int i = 0; i < count; i++) {
      drained[i] = pollFirst();
    }
    freeRows(count);
    drainedCaptured = 0;
  }

  private int[] sortedRows() {
    int[] sorted = new int[size()];
    DisorderedRows rest = disordered.copy();
    int at = 0;
    for (int i = 0; i < ringSize; i++) {
      int row = ring[(head + i) & (ring.length - 1)];
      while (isFirst(rest, row)) {
        sorted[at++] = rest.poll();
      }
      sorted[at++] = row;
    }
    return sorted;
  }

  Column[] timesAndColumns() {
    Column[] all = new Column[1 + columns.length];
    all[0] = times;
    System.arraycopy(columns, 0, all, 1, columns.length);
    return all;
  }

  /** New codecs of {@link #timesAndColumns}. */
  private List<ColumnCodec> codecs() {
    List<ColumnCodec> codecs = new ArrayList<>();
    codecs.add(ColumnCodec.of(DataType.BIGINT));
    for (DataType type : spec.columns()) {
      codecs.add(ColumnCodec.of(type));
    }
    return codecs;
  }
}
