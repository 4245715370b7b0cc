package io.millrace.operators.window;

import io.millrace.operators.kernel.KernelLoader;
import io.millrace.spi.data.Batch;
import io.millrace.spi.data.Column;
import io.millrace.spi.operator.OperatorContext;
import io.millrace.spi.state.KeyNumber;
import io.millrace.spi.state.RowLog;
import io.millrace.spi.state.RowLogSpec;
import io.millrace.spi.state.SlotTable;
import io.millrace.spi.state.SlotTableSpec;
import io.millrace.spi.state.StateType;
import java.util.List;
import java.util.Map;

/**
 * Windows whose rows leave in the order in which they came: a table tells them apart, a log holds
 * each one's rows.
 *
 * <p>A row that fails leaves no trace: the groups that it touched are made anew from the log, which
 * does not hold it, and still holds what would have left for it.
 */
abstract class LoggedWindowOperator extends ArrivalOperator {
  private static final int VERSION = 1;
  private final WindowGroups spec;
  private SlotTable windows;
  private RowLog log;
  private int[] windowNumbers = new int[0];
  private boolean anyEmpty;

  LoggedWindowOperator(WindowGroups spec, List<Integer> ofWindow, KernelLoader loader) {
    super(spec, ofWindow, loader);
    this.spec = spec;
  }

  @Override
  public void open(OperatorContext context) {
    super.open(context);
    windows =
        context
            .state()
            .slotTable(
                new SlotTableSpec("windows", VERSION, spec.types(spec.partition()), windowFields())
                    .keyedBy(spec.partition()));
    Map<Integer, KeyNumber> group = Map.of(groupColumn(), GROUP);
    log = context.state().rowLog(new RowLogSpec("rows", VERSION, keptTypes(), "windows", group));
  }

  /** The fields that windows have. */
  abstract List<StateType> windowFields();

  final SlotTable windows() {
    return windows;
  }

  final RowLog log() {
    return log;
  }

  @Override
  final void begin(Batch batch) {
    if (windowNumbers.length < batch.size()) {
      windowNumbers = new int[batch.size()];
    }
    windows.resolve(partition(), 0, batch.size(), windowNumbers);
    for (int row = 0; row < batch.size(); row++) {
      windowNumbers[row] = windows.number(windowNumbers[row]);
    }
  }

  /** The number of the window of a row of the batch. */
  final int windowOf(int row) {
    return windowNumbers[row];
  }

  /** Makes a group's aggregates anew from the rows of its window. */
  final void rebuild(int window, int group) {
    reset(group);
    for (long ordinal = log.first(window); ordinal < log.end(window); ordinal++) {
      Column[] rows = log.columns(window, ordinal);
      int index = log.index(window, ordinal);
      if (groupOf(rows, index) == group) {
        addBack(rows, index);
      }
    }
  }

  /** Says that a window may have no rows at the end of the batch. */
  final void noteEmpty() {
    anyEmpty = true;
  }

  /** Forgets the windows without rows. */
  @Override
  final void end(Batch batch) {
    for (int row = 0; anyEmpty && row < batch.size(); row++) {
      int window = windowNumbers[row];
      if (windows.isUsed(window) && log.size(window) == 0) {
        windows.remove(windows.slot(window));
      }
    }
    anyEmpty = false;
  }
}
