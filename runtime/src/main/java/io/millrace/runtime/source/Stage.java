package io.millrace.runtime.source;

import io.millrace.runtime.circuit.BatchCopy;
import io.millrace.runtime.circuit.EntryPort;
import io.millrace.runtime.circuit.RowMarks;
import io.millrace.spi.connector.ExchangeRowWriter;
import io.millrace.spi.connector.RecordOrigin;
import io.millrace.spi.data.Batch;
import io.millrace.spi.data.BooleanColumn;
import io.millrace.spi.data.Column;
import io.millrace.spi.data.DoubleColumn;
import io.millrace.spi.data.LongColumn;
import io.millrace.spi.data.ObjectColumn;
import io.millrace.spi.data.RowKind;
import io.millrace.spi.time.Clock;
import io.millrace.spi.time.RowTimes;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Rows of one partition, decoded into columns, that wait for their turn. Used by the thread that
 * polls.
 */
final class Stage implements ExchangeRowWriter {
  private static final RecordOrigin NOWHERE = () -> "?";
  private final EntryPort port;
  private final RowTime rowTime;
  private final Clock clock;
  private final RecordPolicy policy;
  private final ShedPolicy shedding;
  private final Column[] columns;
  private final Batch batch;

  /** For each pseudo-column of the connector the column that takes it, or -1. */
  private final int[] metadataColumns;

  private final @Nullable Object[] metadata;

  /** A bit for each column that has been set in the row that is being written. */
  private final long[] written;

  private long[] rowtimes;
  private byte[] kinds;

  /** What the sender has said of the rows' time, by row, and of those that were taken last. */
  private final RowMarks marks = new RowMarks();

  private final RowMarks takenMarks = new RowMarks();

  /** What the sender has said behind the last row; null if nothing. */
  private @Nullable Advance advance;

  private boolean anyDeletion;
  private @Nullable BatchCopy part;

  /** How many rows are still to be left out, because an earlier process has taken them. */
  private int skip;

  /** How many rows have been skipped since the stage was empty. */
  private int skipped;

  /** The oldest record whose rows are taken. */
  private long oldestTaken = Long.MIN_VALUE;

  /** How many rows have been shed since the stage was empty. */
  private int shed;

  private int head;
  private int size;
  private long lastArrival = Long.MIN_VALUE;
  private RecordOrigin origin = NOWHERE;
  private long recordTime = NO_TIME;

  Stage(
      EntryPort port,
      RowTime rowTime,
      int[] metadataColumns,
      int capacity,
      Clock clock,
      RecordPolicy policy,
      ShedPolicy shedding) {
    this.port = port;
    this.rowTime = rowTime;
    this.clock = clock;
    this.policy = policy;
    this.shedding = shedding;
    this.metadataColumns = metadataColumns.clone();
    this.metadata = new Object[metadataColumns.length];
    this.columns = new Column[port.schema().size()];
    this.written = new long[(columns.length + 63) >>> 6];
    for (int i = 0; i < columns.length; i++) {
      columns[i] = Column.of(port.schema().type(i).layout(), capacity);
    }
    this.batch = port.newBatch(columns);
    this.rowtimes = new long[capacity];
    this.kinds = new byte[capacity];
  }

  boolean isEmpty() {
    return head == size;
  }

  /**
   * What a sender says behind its rows.
   *
   * @param watermark how far it is
   * @param isIdle whether the sender is
   */
  record Advance(long watermark, boolean isIdle) {}

  /** What the sender has said behind the last row, once; null if nothing. */
  @Nullable Advance takeAdvance() {
    Advance said = advance;
    advance = null;
    return said;
  }

  /** Leaves the next {@code rows} rows out. */
  void skip(int rows) {
    skip = rows;
  }

  /**
   * How many rows are to be left out by whoever reads again from the position behind the last poll
   * that has been taken whole: those of the last poll that have been taken or were left out. None
   * of them was shed: where that happens, polls are taken whole.
   */
  int done() {
    return isEmpty() ? skip : skipped + head;
  }

  /** Tells how many rows of the last poll have been shed. */
  void countShed() {
    if (shed > 0) {
      shedding.shed(shed);
    }
  }

  /** Number of rows that wait. */
  int size() {
    return size - head;
  }

  /** How many of the rows that wait can be taken in one turn. */
  int rowsOfOneTurn() {
    return port.isTold() ? marks.rowsOfOneTurn(head) : size();
  }

  /** What was said of the rows that were taken last; null where nobody says anything. */
  @Nullable RowMarks takenMarks() {
    return port.isTold() ? takenMarks : null;
  }

  /** The time of the first row that waits. */
  long headTime() {
    return rowtimes[head];
  }

  /**
   * How many of the rows that wait come before the first one with a time greater than {@code time},
   * or with it if {@code inclusive}.
   */
  int rowsUpTo(long time, boolean inclusive) {
    int row = head;
    while (row < size && (rowtimes[row] < time || (inclusive && rowtimes[row] == time))) {
      row++;
    }
    return row - head;
  }

  /**
   * The first {@code count} rows that wait, as a batch; they wait no longer. Valid until the next
   * call of any method.
   */
  Batch take(int count) {
    if (port.isTold()) {
      takenMarks.copy(marks, head, count);
    }
    if (head == 0 && count == size) {
      head = count;
      return batch.rows(count, rowtimes, null, anyDeletion ? kinds : null);
    }
    BatchCopy taken = part;
    if (taken == null) {
      taken = new BatchCopy(port, rowtimes.length);
      part = taken;
    }
    Batch rows = taken.copy(columns, rowtimes, anyDeletion ? kinds : null, head, count);
    head += count;
    return rows;
  }

  /** Forgets rows that have been taken, before more are polled. */
  void reuse() {
    if (head < size) {
      throw new IllegalStateException("rows still wait");
    }
    head = 0;
    size = 0;
    skipped = 0;
    shed = 0;
    anyDeletion = false;
    marks.clear();
    oldestTaken = shedding.oldestTaken(clock);
    for (Column column : columns) {
      column.clearNulls();
    }
  }

  @Override
  public void record(RecordOrigin from, long time) {
    origin = from;
    recordTime = time;
  }

  @Override
  public void setMetadata(int index, @Nullable Object value) {
    metadata[index] = value;
  }

  @Override
  public boolean wantsMetadata(int index) {
    return metadataColumns[index] >= 0;
  }

  @Override
  public void beginRow() {
    if (size == rowtimes.length) {
      grow();
    }
    Arrays.fill(written, 0);
    for (int i = 0; i < metadataColumns.length; i++) {
      if (metadataColumns[i] >= 0) {
        columns[metadataColumns[i]].set(size, metadata[i]);
        mark(metadataColumns[i]);
      }
    }
  }

  @Override
  public void endRow() {
    end(RowKind.INSERT);
  }

  @Override
  public void endDeletion() {
    end(RowKind.DELETE);
  }

  private void end(RowKind kind) {
    nullWhatIsMissing();
    long time = timeOfRow();
    if (!RowTimes.isInRange(time)) {
      byte[] none = new byte[0];
      policy.rejected(origin, recordTime, none, 0, 0, problem(time));
      return;
    }
    if (skip > 0) {
      skip--;
      skipped++;
      return;
    }
    if (recordTime < oldestTaken && recordTime != NO_TIME) {
      shed++;
      return;
    }
    add(time, kind);
  }

  /** What is wrong with the time of the row. */
  private String problem(long time) {
    int column = rowTime.column();
    if (column < 0) {
      return "the time of the record " + RowTimes.problem(time);
    }
    String problem = columns[column].isNull(size) ? "is NULL" : RowTimes.problem(time);
    return "the time column '" + port.schema().name(column) + "' " + problem;
  }

  private void add(long time, RowKind kind) {
    rowtimes[size] = time;
    kinds[size] = kind.code();
    anyDeletion |= kind != RowKind.INSERT;
    size++;
  }

  @Override
  public void endRow(RowKind kind, long rowtime, long watermark, long lateness, int lane) {
    nullWhatIsMissing();
    advance = null; // the row says it, too
    if (skip > 0) {
      skip--;
      skipped++;
      return;
    }
    marks.add(watermark, lateness, lane);
    add(rowtime, kind);
  }

  @Override
  public void advance(long watermark, boolean isIdle) {
    advance = new Advance(watermark, isIdle);
  }

  private void mark(int column) {
    written[column >>> 6] |= 1L << column;
  }

  private void nullWhatIsMissing() {
    for (int word = 0; word < written.length; word++) {
      int bits = Math.min(64, columns.length - (word << 6));
      long missing = ~written[word] & (bits == 64 ? -1L : (1L << bits) - 1);
      while (missing != 0) {
        columns[(word << 6) + Long.numberOfTrailingZeros(missing)].setNull(size);
        missing &= missing - 1;
      }
    }
  }

  private long timeOfRow() {
    int column = rowTime.column();
    if (column >= 0) {
      return columns[column].isNull(size) ? NO_TIME : ((LongColumn) columns[column]).values()[size];
    }
    if (rowTime.usesRecordTime() && recordTime != NO_TIME) {
      return recordTime;
    }
    lastArrival = Math.max(lastArrival, clock.millis());
    return lastArrival;
  }

  @Override
  public void setNull(int column) {
    mark(column);
    columns[column].setNull(size);
  }

  @Override
  public void setBoolean(int column, boolean value) {
    mark(column);
    ((BooleanColumn) columns[column]).put(size, value);
  }

  @Override
  public void setLong(int column, long value) {
    mark(column);
    ((LongColumn) columns[column]).put(size, value);
  }

  @Override
  public void setDouble(int column, double value) {
    mark(column);
    ((DoubleColumn) columns[column]).put(size, value);
  }

  @Override
  public void setObject(int column, @Nullable Object value) {
    mark(column);
    if (value == null) {
      columns[column].setNull(size);
    } else {
      ((ObjectColumn) columns[column]).put(size, value);
    }
  }

  @Override
  public void reject(byte[] bytes, int offset, int length, String error) {
    policy.rejected(origin, recordTime, bytes, offset, length, error);
  }

  @Override
  public void skipEmpty() {
    policy.empty();
  }

  private void grow() {
    int capacity = 2 * size;
    rowtimes = Arrays.copyOf(rowtimes, capacity);
    kinds = Arrays.copyOf(kinds, capacity);
    for (Column column : columns) {
      column.ensureCapacity(capacity);
    }
  }
}
