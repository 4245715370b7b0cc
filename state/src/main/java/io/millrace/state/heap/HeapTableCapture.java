package io.millrace.state.heap;

import io.millrace.state.codec.ColumnCodec;
import io.millrace.state.codec.StateWriter;
import io.millrace.state.table.FreeSlots;
import io.millrace.state.table.MergedCopies;
import io.millrace.state.table.SlicedCapture;
import io.millrace.state.table.SlotCopies;
import io.millrace.state.table.SlotTableCapture;
import java.io.IOException;
import java.util.Arrays;
import java.util.List;

/**
 * What is captured of a slot table. The slots that it has to take out are marked at its moment
 * ({@link ChangedSlots}). It takes them little by little, in rising order; the table has it keep
 * one that is about to change before that.
 */
final class HeapTableCapture extends SlicedCapture {
  private final HeapSlotTable table;
  private final ChangedSlots changed;
  private final Moment moment;
  private final List<ColumnCodec> codecs;
  private final SlotCopies ordered;
  private final SlotCopies kept;

  /** Slots that are taken out at once; empty unless some are, as many panes may be captured. */
  private int[] slots = new int[0];

  /**
   * What the table was like at the moment of the capture.
   *
   * @param isWhole whether all slots in use are taken; else those that had changed
   * @param limit of the table
   * @param freed the removed slots
   */
  record Moment(boolean isWhole, int limit, FreeSlots.Change freed) {}

  /**
   * Begins with nothing taken out.
   *
   * @param codecs one for each column
   */
  HeapTableCapture(
      HeapSlotTable table, ChangedSlots changed, Moment moment, List<ColumnCodec> codecs) {
    super(codecs, moment.limit);
    this.table = table;
    this.changed = changed;
    this.moment = moment;
    this.codecs = codecs;
    ordered = new SlotCopies(codecs);
    kept = new SlotCopies(codecs);
  }

  @Override
  protected boolean isTaking() {
    return table.isTakenBy(this);
  }

  @Override
  protected int next(int wanted) {
    makeRoom(wanted);
    return changed.take(slots, wanted);
  }

  @Override
  protected long take(int count) {
    int used = leaveUsed(count);
    return ordered.add(table.columns(), slots, slots, used);
  }

  @Override
  protected void end() {
    table.endTaking();
    slots = new int[0];
  }

  private void makeRoom(int count) {
    if (slots.length < count) {
      slots = new int[count];
    }
  }

  /** Keeps those of the slots at {@code [from, to)} that it has to take out: they may change. */
  void keep(int[] asked, int from, int to) {
    makeRoom(to - from);
    int count = 0;
    for (int row = from; row < to; row++) {
      int slot = asked[row];
      if (changed.isToTake(slot)) {
        changed.settle(slot);
        slots[count++] = slot;
      }
    }
    keepFirst(count);
  }

  /** Keeps a slot that it has to take out, if it has to. */
  void keep(int slot) {
    if (changed.isToTake(slot)) {
      changed.settle(slot);
      makeRoom(1);
      slots[0] = slot;
      keepFirst(1);
    }
  }

  private void keepFirst(int count) {
    if (count > 0) {
      int used = leaveUsed(count);
      kept.add(table.columns(), slots, slots, used);
    }
  }

  /**
   * Leaves out slots that are not in use: they were not at the moment, as one that has come into
   * use since was kept before.
   */
  private int leaveUsed(int count) {
    int used = 0;
    for (int i = 0; i < count; i++) {
      if (table.isUsed(slots[i])) {
        slots[used++] = slots[i];
      }
    }
    return used;
  }

  @Override
  public void write(StateWriter out) throws IOException {
    MergedCopies rows = new MergedCopies(codecs, ordered, kept);
    int[] all = rows.numbers();
    SlotTableCapture.Header header =
        new SlotTableCapture.Header(moment.isWhole, moment.limit, moment.freed, all.length);
    new SlotTableCapture(header, Arrays.stream(all).iterator(), rows).write(out);
  }
}
