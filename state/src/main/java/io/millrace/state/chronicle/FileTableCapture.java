package io.millrace.state.chronicle;

import io.millrace.state.codec.ColumnCodec;
import io.millrace.state.codec.StateWriter;
import io.millrace.state.table.SlicedCapture;
import io.millrace.state.table.SlotTableCapture;
import java.io.IOException;
import java.util.BitSet;
import java.util.List;

/**
 * What is captured of a table in files. It names the rows of its moment by their numbers, a bit for
 * each, and takes them little by little, from where they are by then: a row may go to its cell and
 * come back, but it stays what it was. The table has it keep one that is about to change.
 */
final class FileTableCapture extends SlicedCapture {
  private final TableChanges changes;
  private final HotRows hot;
  private final RowTaker rows;
  private final SlotTableCapture.Header header;

  /** The numbers of all rows of the capture. */
  private final BitSet numbers;

  /** The numbers of those that are yet to be taken out. */
  private final BitSet rest;

  /** There are none below. */
  private int next;

  private int[] named = new int[0];

  /**
   * Begins with nothing taken out.
   *
   * @param numbers those of the rows, which it keeps
   * @param rows takes them out
   * @param codecs one for each column
   */
  FileTableCapture(
      TableChanges changes,
      HotRows hot,
      SlotTableCapture.Header header,
      BitSet numbers,
      RowTaker rows,
      List<ColumnCodec> codecs) {
    super(codecs, header.limit());
    this.changes = changes;
    this.hot = hot;
    this.header = header;
    this.numbers = numbers;
    this.rows = rows;
    rest = (BitSet) numbers.clone();
  }

  @Override
  protected boolean isTaking() {
    return changes.areTakenBy(this);
  }

  @Override
  protected int next(int wanted) {
    if (named.length < wanted) {
      named = new int[wanted];
    }
    int count = 0;
    for (int at = rest.nextSetBit(next); at >= 0 && count < wanted; at = rest.nextSetBit(at + 1)) {
      rest.clear(at);
      named[count++] = at;
    }
    next = count == 0 ? next : named[count - 1] + 1;
    return count;
  }

  @Override
  protected long take(int count) {
    return rows.take(named, count);
  }

  @Override
  protected void end() {
    changes.endTaking();
    named = new int[0];
  }

  /** Keeps those of the slots at {@code [from, to)} that it has to take out: they may change. */
  void keep(int[] slots, int from, int to) {
    for (int row = from; row < to; row++) {
      keep(slots[row]);
    }
  }

  /** Keeps a slot that it has to take out, if it has to. */
  void keep(int slot) {
    int number = hot.number(slot);
    if (rest.get(number)) {
      rest.clear(number);
      rows.keep(number, slot);
    }
  }

  @Override
  public void write(StateWriter out) throws IOException {
    new SlotTableCapture(header, numbers.stream().iterator(), rows.rows()).write(out);
  }

  @Override
  public void discard() {
    rows.discard();
  }
}
