package io.millrace.state.heap;

import io.millrace.state.codec.StateWriter;
import io.millrace.state.form.CapturedState;
import java.io.IOException;
import java.util.Arrays;

/**
 * Takes slots out of a row log for a capture, little by little. The slots are marked at its moment
 * ({@link ChangedSlots}); one that is about to change is taken before that. Some ten thousand are
 * named at a time, to be taken in the order of the pages that they lie in.
 */
final class RowLogTaker implements CapturedState {
  private static final int FEWEST = 1 << 10;
  private static final int MOST = 1 << 16;

  private final HeapRowLog log;
  private final ChangedSlots changed;
  private final RowLogCapture capture;
  private final boolean full;
  private int[] named = new int[0];
  private int next;
  private boolean areAllNamed;

  /**
   * Begins with nothing taken out.
   *
   * @param capture receives what is taken out
   * @param full whether all rows of a slot are; else those that the capture before did not have
   */
  RowLogTaker(HeapRowLog log, ChangedSlots changed, RowLogCapture capture, boolean full) {
    this.log = log;
    this.changed = changed;
    this.capture = capture;
    this.full = full;
  }

  @Override
  public int takeMore(int rows) {
    if (!log.isTakenBy(this)) {
      return 0;
    }
    int taken = 0;
    while (taken < rows) {
      if (next < named.length) {
        taken += take(named[next++]);
      } else if (areAllNamed) {
        log.endTaking();
        return taken;
      } else {
        nameMore();
      }
    }
    return rows;
  }

  private void nameMore() {
    int[] more = new int[named.length == 0 ? FEWEST : MOST];
    int count = changed.name(more, more.length);
    areAllNamed = count < more.length;
    named = log.byPage(areAllNamed ? Arrays.copyOf(more, count) : more);
    next = 0;
  }

  /** Takes a slot out that is about to change, if it has to be. */
  void keep(int slot) {
    take(slot);
  }

  private int take(int slot) {
    if (!changed.isToTake(slot)) {
      return 0;
    }
    changed.settle(slot);
    return log.take(slot, full, capture);
  }

  @Override
  public void write(StateWriter out) throws IOException {
    capture.write(out);
  }

  @Override
  public void discard() {
    capture.discard();
  }
}
