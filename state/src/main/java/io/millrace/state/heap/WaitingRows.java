package io.millrace.state.heap;

import io.millrace.spi.data.Batch;
import io.millrace.spi.data.Column;
import io.millrace.spi.data.LongColumn;
import io.millrace.spi.data.ObjectColumn;
import io.millrace.spi.data.RowBuffer;
import io.millrace.spi.types.DataType;
import io.millrace.state.codec.ColumnCodec;
import io.millrace.state.codec.StateReader;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Rows of a sort buffer in columns, in any order, with two indexes: a ring of those that came in
 * order, and a heap of the others, merged when rows are taken off.
 *
 * <p>A row of the heap came after a row of the ring that is behind it, by time or at equal times by
 * lane. So the heap is empty when the ring is, and of two rows of one time and lane the ring's came
 * first.
 *
 * <p>A row that is taken off keeps its index, and what it holds, until it is freed.
 */
public final class WaitingRows {
  private static final int FEWEST_ROWS = 16;

  private final List<DataType> types;
  private final Column[] columns;
  private final DisorderedRows disordered;
  private final LongColumn times = new LongColumn(0);
  private int[] places = new int[0];

  /** For each row what follows its time in the order of draining: its lane, then its arrival. */
  private long[] orders = new long[0];

  private final RowPlaces rows = new RowPlaces();
  private int[] ring = new int[FEWEST_ROWS];
  private int head;
  private int ringSize;
  private long arrivals;

  /** Begins without rows, which have columns of these types. */
  public WaitingRows(List<DataType> types) {
    this(types, new DisorderedRows());
  }

  /** Puts those that do not come in order into an index that is given, and empty. */
  WaitingRows(List<DataType> types, DisorderedRows disordered) {
    this.types = types;
    this.disordered = disordered;
    columns = new Column[types.size()];
    for (int c = 0; c < columns.length; c++) {
      columns[c] = Column.of(types.get(c).layout(), 0);
    }
  }

  public int size() {
    return ringSize + disordered.size();
  }

  /** The smallest time; {@link Long#MAX_VALUE} if there is none. */
  public long firstTime() {
    return Math.min(ringSize == 0 ? Long.MAX_VALUE : time(ring[head]), disordered.firstTime());
  }

  /** How many rows have come so far. */
  public long arrivals() {
    return arrivals;
  }

  /** Which row, counted from 0, one was that has such an {@link #order}. */
  public static long arrival(long order) {
    return DisorderedRows.arrival(order);
  }

  /** A lane and a place in one number: before there were lanes, places were written. */
  public static long code(long order, int place) {
    return ((long) DisorderedRows.lane(order) << Integer.SIZE) | place;
  }

  /** Copies a row of a batch and gives its index. */
  public int add(Batch source, int sourceRow) {
    int row = takeRow();
    for (int c = 0; c < columns.length; c++) {
      columns[c].copy(source.column(c), sourceRow, row);
    }
    times.values()[row] = source.rowtimes()[sourceRow];
    int[] from = source.places();
    places[row] = from == null ? 0 : from[sourceRow];
    arrange(row, source.lane(sourceRow));
    return row;
  }

  /**
   * Adds rows as they are saved: for each its {@link #code(long, int)}, then times and columns.
   *
   * @param count at most {@link ColumnCodec#CHUNK}
   * @param codecs those of {@link #codecs}
   */
  public void read(int count, List<ColumnCodec> codecs, StateReader in) throws IOException {
    long[] codes = new long[count];
    in.readLongs(codes, count);
    int[] added = new int[count];
    for (int i = 0; i < count; i++) {
      added[i] = takeRow();
      places[added[i]] = (int) codes[i];
    }
    Column[] saving = timesAndColumns();
    for (int c = 0; c < saving.length; c++) {
      codecs.get(c).read(saving[c], added, count, in);
    }
    for (int i = 0; i < count; i++) {
      arrange(added[i], (int) (codes[i] >>> Integer.SIZE));
    }
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

  /** The first row; there is one. */
  public int first() {
    return isFirstDisordered() ? disordered.first() : ring[head];
  }

  /** Takes the first row off; there is one. */
  public int poll() {
    if (isFirstDisordered()) {
      return disordered.poll();
    }
    int row = ring[head];
    head = (head + 1) & (ring.length - 1);
    ringSize--;
    return row;
  }

  private boolean isFirstDisordered() {
    return ringSize == 0 || isFirst(disordered, ring[head]);
  }

  /** Whether the first of the disordered rows is before a row of the ring. */
  private boolean isFirst(DisorderedRows others, int row) {
    return !others.isEmpty() && isBefore(others.first(), row);
  }

  private boolean isBefore(int row, int other) {
    return time(row) < time(other) || (time(row) == time(other) && orders[row] < orders[other]);
  }

  public long time(int row) {
    return times.values()[row];
  }

  /** What follows a row's time in the order of draining. */
  public long order(int row) {
    return orders[row];
  }

  /** A row's lane and place in one number. */
  long code(int row) {
    return code(orders[row], places[row]);
  }

  public int place(int row) {
    return places[row];
  }

  /** Appends rows to a buffer, all at one position. */
  public void copy(int[] from, int count, RowBuffer target, int code) {
    int first = target.size();
    for (int i = 0; i < count; i++) {
      target.place(target.append(time(from[i]), code), places[from[i]]);
    }
    for (int c = 0; c < columns.length; c++) {
      target.column(c).gather(columns[c], from, count, first);
    }
  }

  /** All rows in order. */
  public int[] sorted() {
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

  /**
   * Takes rows off behind and frees them.
   *
   * @param sorted all rows in order
   * @param kept how many of them, the first ones, stay
   */
  public void cut(int[] sorted, int kept) {
    disordered.clear();
    head = 0;
    ringSize = kept;
    ring = new int[Math.max(FEWEST_ROWS, Integer.highestOneBit(Math.max(1, kept - 1)) << 1)];
    System.arraycopy(sorted, 0, ring, 0, kept);
    free(Arrays.copyOfRange(sorted, kept, sorted.length), sorted.length - kept);
  }

  /** Frees rows that were taken off, and what they refer to. */
  public void free(int[] gone, int count) {
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

  /** The rows that are there now. */
  NamedRows used() {
    return rows.used();
  }

  public Column[] timesAndColumns() {
    Column[] all = new Column[1 + columns.length];
    all[0] = times;
    System.arraycopy(columns, 0, all, 1, columns.length);
    return all;
  }

  /** New codecs of {@link #timesAndColumns}. */
  public List<ColumnCodec> codecs() {
    return codecs(types);
  }

  /** New codecs of times and of columns of these types. */
  public static List<ColumnCodec> codecs(List<DataType> types) {
    List<ColumnCodec> codecs = new ArrayList<>();
    codecs.add(ColumnCodec.of(DataType.BIGINT));
    for (DataType type : types) {
      codecs.add(ColumnCodec.of(type));
    }
    return codecs;
  }

  private int takeRow() {
    if (rows.areAllUsed()) {
      int capacity = times.capacity();
      int grown = Math.max(FEWEST_ROWS, 2 * capacity);
      times.ensureCapacity(grown);
      places = Arrays.copyOf(places, grown);
      orders = Arrays.copyOf(orders, grown);
      for (Column column : columns) {
        column.ensureCapacity(grown);
      }
      rows.grow(capacity, grown);
    }
    return rows.take();
  }
}
