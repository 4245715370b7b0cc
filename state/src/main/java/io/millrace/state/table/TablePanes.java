package io.millrace.state.table;

import io.millrace.spi.state.Panes;
import io.millrace.spi.state.SlotTable;
import io.millrace.spi.state.SlotTableSpec;
import io.millrace.state.codec.ColumnCodec;
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
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Panes in a sorted array that begins somewhere behind its start, so that taking the first one off
 * moves nothing. Removed panes are cleared and kept for the next ones, but for those that a capture
 * still reads: these are left to it.
 */
public final class TablePanes implements Panes, DeclaredState {
  private static final int MOST_SPARE = 4;

  private final SlotTableSpec spec;
  private final Supplier<? extends PaneTable> factory;
  private final StateSignature signature;
  private final ArrayDeque<PaneTable> spare = new ArrayDeque<>();

  /** Panes that are gone and were being captured when they went. */
  private final List<PaneTable> left = new ArrayList<>();

  private long[] times = new long[4];
  private @Nullable PaneTable[] tables = new @Nullable PaneTable[4];
  private int head;
  private int tail;

  /** Times of panes that are gone and were there at the last capture. */
  private long[] removed = new long[4];

  private int removedCount;

  /**
   * Makes empty panes.
   *
   * @param tables makes empty tables of the spec
   */
  public TablePanes(SlotTableSpec spec, Supplier<? extends PaneTable> tables) {
    this.spec = spec;
    this.factory = tables;
    signature =
        StateSignature.of(spec.name(), StateKind.PANES, spec.version(), spec.keys(), spec.fields());
  }

  @Override
  public boolean isEmpty() {
    return head == tail;
  }

  @Override
  public int size() {
    return tail - head;
  }

  @Override
  public long firstTime() {
    return head == tail ? Long.MAX_VALUE : times[head];
  }

  @Override
  public long nextTime(long time) {
    if (time == Long.MAX_VALUE) {
      return Long.MAX_VALUE;
    }
    int at = position(time + 1);
    return at == tail ? Long.MAX_VALUE : times[at];
  }

  @Override
  public SlotTable pane(long time) {
    return paneAt(time);
  }

  @Override
  public void remove(long time) {
    int at = position(time);
    if (at == tail || times[at] != time) {
      return;
    }
    PaneTable table = table(at);
    if (at == head) {
      tables[head++] = null;
    } else {
      System.arraycopy(times, at + 1, times, at, tail - at - 1);
      System.arraycopy(tables, at + 1, tables, at, tail - at - 1);
      tables[--tail] = null;
    }
    if (head == tail) {
      head = 0;
      tail = 0;
    }
    if (table.isCaptured()) {
      noteRemoved(time);
    }
    closeLeft();
    if (table.isBeingTaken()) {
      left.add(table);
    } else if (spare.size() < MOST_SPARE) {
      table.clear();
      spare.push(table);
    } else {
      table.close();
    }
  }

  /** Closes panes of which a capture has everything now. */
  private void closeLeft() {
    left.removeIf(
        table -> {
          if (!table.isBeingTaken()) {
            table.close();
          }
          return !table.isBeingTaken();
        });
  }

  private PaneTable paneAt(long time) {
    int at = position(time);
    if (at < tail && times[at] == time) {
      return table(at);
    }
    PaneTable table = spare.poll();
    PaneTable added = table == null ? factory.get() : table;
    added.beginUncaptured();
    insert(at, time, added);
    return added;
  }

  /** Where a time is or would be. Mostly it is among the last. */
  private int position(long time) {
    int low = head;
    int high = tail;
    while (low < high) {
      int middle = high - low <= 4 ? high - 1 : (low + high) >>> 1;
      if (times[middle] < time) {
        low = middle + 1;
      } else {
        high = middle;
      }
    }
    return low;
  }

  private void insert(int at, long time, PaneTable table) {
    int place = at;
    if (tail == times.length) {
      int size = size();
      int capacity = 2 * size > times.length ? 2 * times.length : times.length;
      times = Arrays.copyOf(Arrays.copyOfRange(times, head, tail), capacity);
      tables = Arrays.copyOf(Arrays.copyOfRange(tables, head, tail), capacity);
      place -= head;
      head = 0;
      tail = size;
    }
    System.arraycopy(times, place, times, place + 1, tail - place);
    System.arraycopy(tables, place, tables, place + 1, tail - place);
    times[place] = time;
    tables[place] = table;
    tail++;
  }

  private PaneTable table(int at) {
    PaneTable table = tables[at];
    if (table == null) {
      throw new IllegalStateException("no pane at " + at);
    }
    return table;
  }

  @Override
  public StateSignature signature() {
    return signature;
  }

  @Override
  public long entries() {
    long entries = size();
    for (int at = head; at < tail; at++) {
      entries += table(at).entries();
    }
    return entries;
  }

  @Override
  public void close() {
    for (int at = head; at < tail; at++) {
      table(at).close();
    }
    spare.forEach(PaneTable::close);
    left.forEach(PaneTable::close);
  }

  @Override
  public boolean isChanged() {
    if (removedCount > 0) {
      return true;
    }
    for (int at = head; at < tail; at++) {
      if (table(at).isChanged()) {
        return true;
      }
    }
    return false;
  }

  @Override
  public CapturedState capture(boolean full) {
    closeLeft();
    PanesCapture capture =
        new PanesCapture(full ? new long[0] : Arrays.copyOf(removed, removedCount));
    List<ColumnCodec> codecs = SlotColumns.codecs(spec, signature);
    for (int at = head; at < tail; at++) {
      PaneTable table = table(at);
      if (full || table.isChanged()) {
        capture.add(times[at], table.capture(full, codecs));
      }
    }
    removedCount = 0;
    return capture;
  }

  @Override
  public CapturedState drain() {
    PanesCapture capture = new PanesCapture(new long[0]);
    List<ColumnCodec> codecs = SlotColumns.codecs(spec, signature);
    for (int at = head; at < tail; at++) {
      capture.add(times[at], table(at).drain(codecs));
    }
    return capture;
  }

  @Override
  public void restore(StateSignature saved, StateReader in) throws IOException {
    int gone = in.readInt();
    for (int i = 0; i < gone; i++) {
      remove(in.readSigned());
    }
    List<ColumnCodec> codecs = SlotColumns.codecs(spec, saved);
    int count = in.readInt();
    for (int i = 0; i < count; i++) {
      paneAt(in.readSigned()).restore(codecs, in);
    }
    removedCount = 0;
  }

  private void noteRemoved(long time) {
    if (removedCount == removed.length) {
      removed = Arrays.copyOf(removed, 2 * removedCount);
    }
    removed[removedCount++] = time;
  }
}
