package io.millrace.state.chronicle;

import io.millrace.spi.data.Batch;
import io.millrace.spi.data.RowBuffer;
import io.millrace.spi.state.SortBufferSpec;
import io.millrace.spi.types.DataType;
import io.millrace.state.codec.ColumnCodec;
import io.millrace.state.codec.StateReader;
import io.millrace.state.codec.StateSignature;
import io.millrace.state.form.CapturedState;
import io.millrace.state.form.DeclaredSortBuffer;
import io.millrace.state.heap.WaitingRows;
import java.io.IOException;
import java.util.Arrays;
import java.util.List;

/**
 * A sort buffer of which so many rows are in memory, all others in a file. When memory is full, the
 * half of its rows that is to be drained last goes there in order, as a run or behind one; rows are
 * drained from memory and the fronts of runs, whichever is first. While all rows fit there is no
 * file.
 *
 * <p>The number that tells arrivals apart also tells which rows have come since the last capture.
 */
final class FileSortBuffer implements DeclaredSortBuffer {
  private static final int FEWEST_ROWS = 16;

  private final List<DataType> types;
  private final StateSignature signature;
  private final int most;
  private final WaitingRows memory;
  private final SortedRuns runs;
  private int[] drained = new int[FEWEST_ROWS];

  /** The arrival of the first row that has come since the last capture. */
  private long firstFresh;

  /** How many rows have come since the last capture and are there. */
  private long fresh;

  /** How many rows are gone that were there at the last capture. */
  private long drainedCaptured;

  /**
   * Begins without rows.
   *
   * @param most how many rows are in memory, at least two
   */
  FileSortBuffer(SortBufferSpec spec, ScratchFolder folder, int most) {
    this.types = spec.columns();
    this.most = most;
    signature = DeclaredSortBuffer.signature(spec);
    memory = new WaitingRows(spec.columns());
    runs = new SortedRuns(spec.columns(), folder, most / 2);
  }

  @Override
  public int size() {
    return (int) Math.min(Integer.MAX_VALUE, entries());
  }

  @Override
  public long firstTime() {
    return Math.min(memory.firstTime(), runs.firstTime());
  }

  @Override
  public void add(Batch source, int sourceRow) {
    makeRoom(1);
    memory.add(source, sourceRow);
    fresh++;
  }

  /** Has rows go to the file if there is no room in memory for so many more. */
  private void makeRoom(int rows) {
    if (memory.size() > 1 && memory.size() + rows > most) {
      int[] sorted = memory.sorted();
      int kept = Math.min(most, sorted.length) / 2;
      runs.add(memory, sorted, kept);
      memory.cut(sorted, kept);
    }
  }

  @Override
  public int drainTo(long time, int limit, RowBuffer target, int code) {
    int count = 0;
    while (count < limit && firstTime() <= time && entries() > 0) {
      count +=
          isFirstInMemory()
              ? drainMemory(time, limit - count, target, code)
              : drainRun(time, limit - count, target, code);
    }
    return count;
  }

  private boolean isFirstInMemory() {
    return memory.size() > 0 && areRunsBehind(memory.first());
  }

  private boolean areRunsBehind(int row) {
    return runs.areBehind(memory.time(row), memory.order(row));
  }

  /** Takes the rows of memory that are before all in runs; the first one is. */
  private int drainMemory(long time, int limit, RowBuffer target, int code) {
    int count = pollMemory(time, limit);
    memory.copy(drained, count, target, code);
    memory.free(drained, count);
    return count;
  }

  private int pollMemory(long time, int limit) {
    int count = 0;
    while (count < limit && memory.firstTime() <= time && memory.size() > 0) {
      int row = memory.first();
      if (!areRunsBehind(row)) {
        break;
      }
      if (count == drained.length) {
        drained = Arrays.copyOf(drained, 2 * count);
      }
      drained[count++] = memory.poll();
      note(memory.order(row));
    }
    return count;
  }

  /** Takes the first row of the first run, and those behind it that come next. */
  private int drainRun(long time, int limit, RowBuffer target, int code) {
    SortedRun run = runs.takeFirst();
    int from = run.at();
    do {
      note(run.order());
      run.advance();
    } while (run.at() - from < limit
        && run.isAtRow()
        && run.time() <= time
        && runs.areBehind(run.time(), run.order())
        && (memory.size() == 0 || isBefore(run, memory.first())));
    run.copy(from, target, code);
    int count = run.at() - from;
    runs.putBack(run);
    return count;
  }

  private boolean isBefore(SortedRun run, int row) {
    return SortedRun.compare(run.time(), run.order(), memory.time(row), memory.order(row)) < 0;
  }

  /** Notes that a row is gone. */
  private void note(long order) {
    if (WaitingRows.arrival(order) < firstFresh) {
      drainedCaptured++;
    } else {
      fresh--;
    }
  }

  /** What is in the file. */
  SortedRuns runs() {
    return runs;
  }

  @Override
  public StateSignature signature() {
    return signature;
  }

  @Override
  public long entries() {
    return memory.size() + runs.size();
  }

  @Override
  public boolean isChanged() {
    return drainedCaptured > 0 || fresh > 0;
  }

  /**
   * Copies rows that are in memory, which are few, and refers to the others. They are written in
   * the order in which they would be drained: of rows of one time and lane that have come since the
   * capture before, it is that in which they came.
   */
  @Override
  public CapturedState capture(boolean full) {
    long from = full ? 0 : firstFresh;
    SortedRunsCapture capture =
        new SortedRunsCapture(types, full ? 0 : drainedCaptured, full ? entries() : fresh, from);
    runs.addTo(capture, memory, from);
    nothingIsFresh();
    return capture;
  }

  private void nothingIsFresh() {
    firstFresh = memory.arrivals();
    fresh = 0;
    drainedCaptured = 0;
  }

  @Override
  public void restore(StateSignature saved, StateReader in) throws IOException {
    drop(in.readInt());
    List<ColumnCodec> codecs = memory.codecs();
    for (int rest = in.readInt(); rest > 0; rest -= ColumnCodec.CHUNK) {
      int count = Math.min(rest, ColumnCodec.CHUNK);
      makeRoom(count);
      memory.read(count, codecs, in);
    }
    makeRoom(0);
    nothingIsFresh();
  }

  /** Takes the first rows off, as part of a restore. */
  private void drop(int count) {
    if (count > entries()) {
      throw StateReader.damaged();
    }
    for (int rest = count; rest > 0; ) {
      if (isFirstInMemory()) {
        int gone = pollMemory(Long.MAX_VALUE, rest);
        memory.free(drained, gone);
        rest -= gone;
      } else {
        SortedRun run = runs.takeFirst();
        run.advance();
        runs.putBack(run);
        rest--;
      }
    }
  }

  @Override
  public void close() {
    runs.close();
  }
}
