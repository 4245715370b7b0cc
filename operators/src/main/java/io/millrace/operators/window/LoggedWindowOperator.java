package io.millrace.operators.window;

import io.millrace.operators.kernel.KernelLoader;
import io.millrace.spi.data.Batch;
import io.millrace.spi.data.Column;
import io.millrace.spi.data.LongColumn;
import io.millrace.spi.operator.OperatorContext;
import io.millrace.spi.operator.Output;
import io.millrace.spi.state.KeyNumber;
import io.millrace.spi.state.RowLog;
import io.millrace.spi.state.RowLogSpec;
import io.millrace.spi.state.SlotTable;
import io.millrace.spi.state.SlotTableSpec;
import io.millrace.spi.state.StateType;
import io.millrace.spi.types.DataType;
import java.util.ArrayList;
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

  /** The ordinal of the last row that has a smaller time than the one before it, for snapshots. */
  private int disorderField;

  LoggedWindowOperator(WindowGroups spec, List<Integer> ofWindow, KernelLoader loader) {
    super(spec, ofWindow, loader);
    this.spec = spec;
  }

  @Override
  public void open(OperatorContext context) {
    super.open(context);
    List<StateType> fields = new ArrayList<>(windowFields());
    disorderField = fields.size();
    if (spec.snapshots() != null) {
      fields.add(StateType.of("disorder", DataType.BIGINT));
    }
    windows =
        context
            .state()
            .slotTable(
                new SlotTableSpec("windows", VERSION, spec.types(spec.partition()), fields)
                    .keyedBy(spec.partition()));
    Map<Integer, KeyNumber> group = Map.of(groupColumn(), KeptColumns.GROUP);
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

  /** The numbers of the windows of the batch's rows. */
  final int[] windowNumbers() {
    return windowNumbers;
  }

  @Override
  final int windowOf(int row) {
    return windowNumbers[row];
  }

  /** Adds a row of the batch to the log of its window. */
  final void append(Batch batch, int row) {
    int window = windowNumbers[row];
    log.append(window, batch.rowtimes()[row], kept(), row);
    long last = log.end(window) - 1;
    if (spec.snapshots() != null
        && last > log.first(window)
        && log.time(window, last) < log.time(window, last - 1)) {
      int slot = windows.slot(window);
      windows.touch(slot);
      disorder()[slot] = last;
    }
  }

  private long[] disorder() {
    return ((LongColumn) windows.field(disorderField)).values();
  }

  @Override
  public final void show(SeenRows seen) {
    for (int i = 0; i < seen.windows(); i++) {
      int window = seen.window(i);
      boolean isByTime =
          spec.snapshots() != null && disorder()[windows.slot(window)] <= log.first(window);
      for (long ordinal = log.first(window);
          ordinal < log.end(window) && !(isByTime && seen.isComplete(window));
          ordinal++) {
        seen.see(log.columns(window, ordinal), log.index(window, ordinal));
      }
    }
  }

  /** Makes the aggregates of groups anew from the rows of their window. */
  final void rebuild(int window, TouchedGroups groups) {
    for (int i = 0; i < groups.count(); i++) {
      reset(groups.get(i));
    }
    for (long ordinal = log.first(window); ordinal < log.end(window); ordinal++) {
      Column[] rows = log.columns(window, ordinal);
      int index = log.index(window, ordinal);
      if (groups.contains(groupOf(rows, index))) {
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
  final void end(Batch batch, Output output) {
    for (int row = 0; anyEmpty && row < batch.size(); row++) {
      int window = windowNumbers[row];
      if (windows.isUsed(window) && log.size(window) == 0) {
        windows.remove(windows.slot(window));
      }
    }
    anyEmpty = false;
  }
}
