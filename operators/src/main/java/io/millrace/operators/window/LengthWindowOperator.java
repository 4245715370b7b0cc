package io.millrace.operators.window;

import io.millrace.operators.kernel.KernelLoader;
import io.millrace.spi.data.Batch;
import io.millrace.spi.data.LongColumn;
import io.millrace.spi.operator.OperatorContext;
import io.millrace.spi.operator.Output;
import io.millrace.spi.state.RowLog;
import io.millrace.spi.state.SlotTable;
import io.millrace.spi.state.StateType;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Sliding windows by number of rows. An arriving row takes the oldest one out of its group when the
 * window is full, then goes into its own group, which is sent; or all groups of the window are,
 * after every so many rows.
 */
final class LengthWindowOperator extends LoggedWindowOperator {
  /** The groups that a row that fails has touched. */
  private final TouchedGroups touched = new TouchedGroups();

  private final LengthWindowSpec spec;
  private @Nullable LengthLooks looks;

  /** What takes many rows at a time; null if other things than their groups are sent. */
  private @Nullable LengthRuns runs;

  LengthWindowOperator(LengthWindowSpec spec, KernelLoader loader) {
    super(spec.groups(), List.of(), loader);
    this.spec = spec;
  }

  @Override
  public void open(OperatorContext context) {
    super.open(context);
    looks =
        spec.looksAfter() > 0
            ? new LengthLooks(spec.looksAfter(), groupColumn(), windows(), log())
            : null;
    runs =
        spec.looksAfter() == 0 && spec.groups().isSentOnArrivalOnly()
            ? new LengthRuns(spec.rows(), spec.groups(), log(), keptTypes(), groupColumn())
            : null;
  }

  @Override
  List<StateType> windowFields() {
    return spec.looksAfter() > 0 ? LengthLooks.FIELDS : List.of();
  }

  @Override
  boolean arrive(Batch batch, int row, Output output) {
    int window = windowOf(row);
    RowLog log = log();
    int group = groupOf(row);
    int leaving = log.size(window) == spec.rows() ? removeOldest(window) : -1;
    if (leaving >= 0) {
      long first = log.first(window);
      noteLeaving(log.columns(window, first), log.index(window, first), leaving, batch, row);
    }
    if (!add(row)) {
      restore(window, group, leaving);
      return false;
    }
    if (leaving >= 0) {
      log.dropFirst(window, 1);
    }
    append(batch, row);
    LengthLooks ofWindows = looks;
    if (ofWindows == null) {
      send(batch, row, output);
    } else {
      boolean isNew = leaving != group && rowsOf(group) == 1;
      boolean isGone = leaving >= 0 && rowsOf(leaving) == 0;
      if (ofWindows.note(window, isNew, isGone)) {
        look(ofWindows, batch, row, output);
      }
    }
    if (leaving >= 0) {
      dropIfEmpty(leaving);
    }
    return true;
  }

  /**
   * Has a window be what it was before a row that has failed.
   *
   * @param group of that row
   * @param leaving the group that a row was taken out of, which is still in the log; or -1
   */
  private void restore(int window, int group, int leaving) {
    touched.add(group);
    if (leaving >= 0) {
      touched.add(leaving);
    }
    rebuild(window, touched);
    touched.clear();
    dropIfEmpty(group);
    noteEmpty();
  }

  @Override
  int arriveFrom(Batch batch, int row, Output output) {
    LengthRuns slidingRuns = runs;
    if (slidingRuns == null) {
      return super.arriveFrom(batch, row, output);
    }
    int most = Math.min(roomToSend(batch, output), SlotTable.HELD / 2);
    long[] groups = ((LongColumn) kept()[groupColumn()]).values();
    int to = slidingRuns.find(windowNumbers(), groups, row, Math.min(batch.size(), row + most));
    int end = slide(slidingRuns, row, to);
    int leaving = end == to ? -1 : slidingRuns.groupLeftFor(end, row, groupColumn());
    slidingRuns.write(batch.rowtimes(), kept(), row, end);
    if (end == to) {
      return end;
    }
    restore(windowOf(end), groupOf(end), leaving);
    return end + 1;
  }

  private void look(LengthLooks ofWindows, Batch batch, int row, Output output) {
    if (spec.groups().isUngrouped()) {
      send(batch, row, output);
    } else {
      int count = ofWindows.collect(windowOf(row));
      send(batch, row, ofWindows.collected(), count, output);
    }
  }

  /**
   * Takes the oldest row of a window out of its group, and gives the group; the log keeps the row
   * until the arriving one has been taken.
   */
  private int removeOldest(int window) {
    RowLog log = log();
    long first = log.first(window);
    return remove(log.columns(window, first), log.index(window, first));
  }
}
