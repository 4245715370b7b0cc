package io.millrace.operators.window;

import io.millrace.operators.kernel.KernelLoader;
import io.millrace.spi.data.Batch;
import io.millrace.spi.data.Column;
import io.millrace.spi.operator.OperatorContext;
import io.millrace.spi.operator.Output;
import io.millrace.spi.state.KeyNumber;
import io.millrace.spi.state.RowLog;
import io.millrace.spi.state.RowLogSpec;
import io.millrace.spi.state.SlotTable;
import io.millrace.spi.state.SlotTableSpec;
import io.millrace.spi.state.StateType;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Sliding windows by number of rows. A table tells the windows apart, a log holds each one's rows.
 * An arriving row takes the oldest one out of its group when the window is full, then goes into its
 * own group, which is sent; or all groups of the window are, after every so many rows.
 *
 * <p>A row that overflows an aggregate leaves no trace: the groups that it touched are made anew
 * from the log, which does not hold it.
 */
final class LengthWindowOperator extends ArrivalOperator {
  private static final int VERSION = 1;
  private final LengthWindowSpec spec;
  private SlotTable windows;
  private RowLog log;
  private @Nullable LengthLooks looks;
  private int[] windowNumbers = new int[0];
  private boolean anyFailed;

  LengthWindowOperator(LengthWindowSpec spec, KernelLoader loader) {
    super(spec.groups(), List.of(), loader);
    this.spec = spec;
  }

  @Override
  public void open(OperatorContext context) {
    super.open(context);
    boolean looksNowAndThen = spec.looksAfter() > 0;
    List<StateType> fields = looksNowAndThen ? LengthLooks.FIELDS : List.of();
    windows =
        context
            .state()
            .slotTable(
                new SlotTableSpec(
                        "windows", VERSION, spec.groups().types(spec.groups().partition()), fields)
                    .keyedBy(spec.groups().partition()));
    Map<Integer, KeyNumber> group = Map.of(groupColumn(), GROUP);
    log = context.state().rowLog(new RowLogSpec("rows", VERSION, keptTypes(), "windows", group));
    looks =
        looksNowAndThen ? new LengthLooks(spec.looksAfter(), groupColumn(), windows, log) : null;
  }

  @Override
  void begin(Batch batch) {
    if (windowNumbers.length < batch.size()) {
      windowNumbers = new int[batch.size()];
    }
    windows.resolve(partition(), 0, batch.size(), windowNumbers);
  }

  @Override
  void arrive(Batch batch, int row, Output output) {
    int window = windows.number(windowNumbers[row]);
    windowNumbers[row] = window;
    int group = groupOf(row);
    int leaving = log.size(window) == spec.rows() ? removeOldest(window) : -1;
    if (!add(row)) {
      rebuild(window, group);
      if (leaving >= 0 && leaving != group) {
        rebuild(window, leaving);
      }
      dropIfEmpty(group);
      anyFailed = true;
      return;
    }
    if (leaving >= 0) {
      log.dropFirst(window, 1);
    }
    log.append(window, batch.rowtimes()[row], kept(), row);
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
  }

  private void look(LengthLooks ofWindows, Batch batch, int row, Output output) {
    if (spec.groups().isUngrouped()) {
      send(batch, row, output);
    } else {
      int count = ofWindows.collect(windowNumbers[row]);
      send(batch, row, ofWindows.collected(), count, output);
    }
  }

  /**
   * Takes the oldest row of a window out of its group, and gives the group; the log keeps the row
   * until the arriving one has been taken.
   */
  private int removeOldest(int window) {
    long first = log.first(window);
    return remove(log.columns(window, first), log.index(window, first));
  }

  /** Makes a group's aggregates anew from the rows of its window. */
  private void rebuild(int window, int group) {
    reset(group);
    for (long ordinal = log.first(window); ordinal < log.end(window); ordinal++) {
      Column[] rows = log.columns(window, ordinal);
      int index = log.index(window, ordinal);
      if (groupOf(rows, index) == group) {
        addBack(rows, index);
      }
    }
  }

  /** Forgets the windows of which all rows have failed. */
  @Override
  void end(Batch batch) {
    for (int row = 0; anyFailed && row < batch.size(); row++) {
      int window = windowNumbers[row];
      if (windows.isUsed(window) && log.size(window) == 0) {
        windows.remove(windows.slot(window));
      }
    }
    anyFailed = false;
  }
}
