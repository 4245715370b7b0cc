package io.millrace.operators.window;

import io.millrace.operators.aggregate.GroupColumns;
import io.millrace.operators.kernel.AggregateKernel;
import io.millrace.operators.kernel.RowErrors;
import io.millrace.operators.kernel.SlidingRows;
import io.millrace.spi.data.Column;
import io.millrace.spi.data.LongColumn;
import io.millrace.spi.state.SlotTable;
import java.util.Arrays;

/** Takes rows into their groups many at a time, each behind the one that leaves for it. */
final class SlidingGroups {
  private static final int ROW_COUNT = 0;
  private final SlotTable groups;
  private final AggregateKernel kernel;
  private final GroupColumns columns;
  private final SentRows sent;
  private final RowErrors errors;
  private final TouchedGroups emptied;
  private final int groupColumn;
  private final FoundSlots found = new FoundSlots();
  private int[] slots = new int[0];
  private int[] leftSlots = new int[0];

  /**
   * @param columns have taken the batch
   * @param sent receives the rows whose results are written
   * @param emptied receives the groups that may have become empty
   * @param groupColumn the column of groups in rows that leave
   */
  SlidingGroups(
      SlotTable groups,
      AggregateKernel kernel,
      GroupColumns columns,
      SentRows sent,
      RowErrors errors,
      TouchedGroups emptied,
      int groupColumn) {
    this.groups = groups;
    this.kernel = kernel;
    this.columns = columns;
    this.sent = sent;
    this.errors = errors;
    this.emptied = emptied;
    this.groupColumn = groupColumn;
  }

  /**
   * Takes rows of a run, of which there are at most half as many as {@link SlotTable#HELD}.
   *
   * @param groupOfRow the groups of the batch's rows
   * @param at where the results of the first are written
   * @return the row that failed; {@code to} if none did
   */
  int slide(LengthRuns run, int from, int to, LongColumn groupOfRow, int at) {
    Column[] left = run.left();
    long[] leftGroups = ((LongColumn) left[groupColumn]).values();
    int leftFrom = run.leftFrom();
    int leftTo = run.leftEnds()[to - 1];
    slots = grown(slots, to);
    leftSlots = grown(leftSlots, leftTo);
    found.begin();
    found.add(groupOfRow.values(), from, to);
    found.add(leftGroups, leftFrom, leftTo);
    found.findChanging(groups);
    found.copy(0, slots, from, to);
    found.copy(to - from, leftSlots, leftFrom, leftTo);
    kernel.bind(groups);
    SlidingRows rows =
        new SlidingRows(
            columns.arguments(), slots, left, leftSlots, run.leftEnds(), sent.results());
    int end = kernel.slide(rows, from, to, leftFrom, at, errors);
    sent.addAll(from, end);
    long[] rowCounts = ((LongColumn) groups.field(ROW_COUNT)).values();
    for (int i = leftFrom; i < leftTo; i++) {
      if (rowCounts[leftSlots[i]] == 0) {
        emptied.add((int) leftGroups[i]);
      }
    }
    return end;
  }

  private static int[] grown(int[] array, int size) {
    return array.length < size ? Arrays.copyOf(array, Math.max(size, 2 * array.length)) : array;
  }
}
