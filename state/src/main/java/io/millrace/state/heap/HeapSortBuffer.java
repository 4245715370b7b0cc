package io.millrace.state.heap;

import io.millrace.spi.data.Batch;
import io.millrace.spi.data.Column;
import io.millrace.spi.data.RowBuffer;
import io.millrace.spi.state.SortBufferSpec;
import io.millrace.state.codec.ColumnCodec;
import io.millrace.state.codec.StateReader;
import io.millrace.state.codec.StateSignature;
import io.millrace.state.form.CapturedState;
import io.millrace.state.form.DeclaredSortBuffer;
import io.millrace.state.form.LentRows;
import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A sort buffer all rows of which are in memory. */
public final class HeapSortBuffer implements DeclaredSortBuffer {
  private static final int FEWEST_ROWS = 16;

  private final StateSignature signature;
  private final WaitingRows rows;
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
    signature = DeclaredSortBuffer.signature(spec);
    rows = new WaitingRows(spec.columns());
  }

  @Override
  public int size() {
    return rows.size();
  }

  @Override
  public long firstTime() {
    return rows.firstTime();
  }

  @Override
  public void add(Batch source, int sourceRow) {
    fresh.add(rows.add(source, sourceRow));
  }

  @Override
  public int drainTo(long time, int limit, RowBuffer target, int code) {
    int count = 0;
    while (count < limit && rows.size() > 0 && rows.firstTime() <= time) {
      if (count == drained.length) {
        drained = Arrays.copyOf(drained, 2 * count);
      }
      drained[count++] = rows.poll();
    }
    if (count > 0) {
      rows.copy(drained, count, target, code);
      freeRows(count);
    }
    return count;
  }

  /** Frees the drained rows, and what they refer to. */
  private void freeRows(int count) {
    for (int i = 0; i < count; i++) {
      if (!fresh.remove(drained[i])) {
        drainedCaptured++;
      }
    }
    if (taking == null) {
      rows.free(drained, count);
      return;
    }
    if (heldCount + count > held.length) {
      held = Arrays.copyOf(held, Math.max(heldCount + count, 2 * held.length));
    }
    System.arraycopy(drained, 0, held, heldCount, count);
    heldCount += count;
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
            this, full, full ? 0 : drainedCaptured, full ? rows.used() : added, rows.codecs());
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
    rows.free(held, heldCount);
    held = new int[0];
    heldCount = 0;
  }

  /** What follows a row's time in the order of draining. */
  long order(int row) {
    return rows.order(row);
  }

  /** A row's lane and place in one number. */
  long code(int row) {
    return rows.code(row);
  }

  Column[] timesAndColumns() {
    return rows.timesAndColumns();
  }

  @Override
  public CapturedState drain() {
    takeRest();
    int[] sorted = rows.sorted();
    long[] codes = new long[sorted.length];
    Arrays.setAll(codes, i -> code(sorted[i]));
    return new SortBufferCapture(
        0, codes, new LentRows(rows.codecs(), timesAndColumns(), sorted, sorted.length));
  }

  @Override
  public void restore(StateSignature saved, StateReader in) throws IOException {
    drop(in.readInt());
    List<ColumnCodec> codecs = rows.codecs();
    for (int rest = in.readInt(); rest > 0; rest -= ColumnCodec.CHUNK) {
      rows.read(Math.min(rest, ColumnCodec.CHUNK), codecs, in);
    }
  }

  /** Takes the first rows off, as part of a restore. */
  private void drop(int count) {
    if (count > size()) {
      throw StateReader.damaged();
    }
    drained = new int[Math.max(FEWEST_ROWS, count)];
    for (int i = 0; i < count; i++) {
      drained[i] = rows.poll();
    }
    freeRows(count);
    drainedCaptured = 0;
  }
}
