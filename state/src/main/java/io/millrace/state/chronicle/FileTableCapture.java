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
 * each, and takes them little by little, from where they are by then: a row may go to its file and
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
  private int[] kept = new int[0];
  private final int[] one = new int[1];

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
    rows.end();
    named = new int[0];
    kept = new int[0];
  }

  /** Keeps those of the slots at {@code [from, to)} that it has to take out: they may change. */
  void keep(int[] slots, int from, int to) {
    if (named.length < to - from) {
      named = new int[to - from];
    }
    if (kept.length < to - from) {
      kept = new int[to - from];
    }
    int count = 0;
    for (int row = from; row < to; row++) {
      int number = hot.number(slots[row]);
      if (rest.get(number)) {
        rest.clear(number);
        named[count] = number;
        kept[count++] = slots[row];
      }
    }
    if (count > 0) {
      rows.keep(named, kept, count);
    }
  }

  /** Keeps a slot that it has to take out, if it has to. */
  void keep(int slot) {
    one[0] = slot;
    keep(one, 0, 1);
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
