package io.millrace.state.chronicle;

import io.millrace.state.codec.ColumnCodec;
import io.millrace.state.table.SlotTableCapture;
import java.util.BitSet;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What has changed in a table since it was captured, and the capture that has not taken all out: it
 * is told of a row before that changes.
 */
final class TableChanges {
  private final HotRows hot;

  /** The numbers that have changed and have no slot. */
  private BitSet cold = new BitSet();

  private boolean any;

  /** Whether nothing that was captured before is still there, so that a capture begins anew. */
  private boolean anew = true;

  /** Whether a capture holds the table, be it as it was before it was cleared. */
  private boolean captured;

  private @Nullable FileTableCapture taking;

  TableChanges(HotRows hot) {
    this.hot = hot;
  }

  /** The rows of slots are about to change. */
  void mark(int[] slots, int from, int to) {
    FileTableCapture capture = taking;
    if (capture != null) {
      capture.keep(slots, from, to);
    }
    for (int row = from; row < to; row++) {
      hot.mark(slots[row]);
    }
    any = true;
  }

  /** The row of a slot is about to change. */
  void mark(int slot) {
    FileTableCapture capture = taking;
    if (capture != null) {
      capture.keep(slot);
    }
    hot.mark(slot);
    any = true;
  }

  /** The row of a slot goes to its file. */
  void leave(int slot) {
    if (hot.has(slot, HotRows.CHANGED)) {
      cold.set(hot.number(slot));
    }
  }

  /** A number, which has been marked, is in use no more. */
  void forget(int number) {
    cold.clear(number);
  }

  /** All rows have gone, and none is to be taken out. */
  void beginAnew() {
    cold.clear();
    anew = true;
  }

  /** No capture knows the table, which is empty. */
  void beginUncaptured() {
    anew = true;
    captured = false;
  }

  /** The table is what was captured. */
  void areRestored() {
    any = false;
    anew = false;
    captured = true;
  }

  boolean areAny() {
    return anew || any;
  }

  boolean areAnew() {
    return anew;
  }

  boolean areCaptured() {
    return captured;
  }

  /** The numbers of the rows that have changed; the caller keeps them. */
  BitSet numbers() {
    for (int slot = 0; slot < hot.end(); slot++) {
      leave(slot);
    }
    return cold;
  }

  /**
   * Begins a capture; nothing has changed from now on.
   *
   * @param numbers those of its rows
   */
  FileTableCapture begin(
      SlotTableCapture.Header header, BitSet numbers, RowTaker rows, List<ColumnCodec> codecs) {
    FileTableCapture capture = new FileTableCapture(this, hot, header, numbers, rows, codecs);
    hot.clearAll(HotRows.CHANGED);
    cold = new BitSet();
    areRestored();
    taking = capture;
    return capture;
  }

  /** Has the capture that has not taken all out do so. */
  void takeRest() {
    FileTableCapture capture = taking;
    if (capture != null) {
      capture.takeMore(Integer.MAX_VALUE);
    }
  }

  /** Gives up the capture that has not taken all out. */
  void discard() {
    FileTableCapture capture = taking;
    if (capture != null) {
      capture.discard();
      taking = null;
    }
  }

  boolean areBeingTaken() {
    return taking != null;
  }

  boolean areTakenBy(FileTableCapture capture) {
    return taking == capture;
  }

  /** Says that all is taken out. */
  void endTaking() {
    taking = null;
  }
}
