package io.millrace.operators.window;

import io.millrace.operators.kernel.KernelLoader;
import io.millrace.spi.data.Batch;
import io.millrace.spi.operator.OperatorContext;
import io.millrace.spi.operator.Output;
import io.millrace.spi.state.SlotTable;
import io.millrace.spi.state.SlotTableSpec;
import io.millrace.spi.state.StateType;
import java.util.ArrayList;
import java.util.List;

/** Windows that hold their rows in an order: a table tells them apart, their rows are linked. */
abstract class OrderedWindowOperator extends ArrivalOperator {
  private static final int VERSION = 1;
  private final WindowGroups spec;
  private SlotTable windows;
  private OrderedRows rows;
  private int[] windowNumbers = new int[0];

  OrderedWindowOperator(
      WindowGroups spec, List<Integer> ofWindow, boolean leaveInAnyOrder, KernelLoader loader) {
    super(spec, ofWindow, leaveInAnyOrder, loader);
    this.spec = spec;
  }

  @Override
  public void open(OperatorContext context) {
    super.open(context);
    List<StateType> fields = new ArrayList<>(OrderedRows.FIELDS);
    fields.addAll(furtherFields());
    windows =
        context
            .state()
            .slotTable(
                new SlotTableSpec("windows", VERSION, spec.types(spec.partition()), fields)
                    .keyedBy(spec.partition()));
    rows = new OrderedRows(context.state(), windows, keptFields(), order());
  }

  /** The fields that windows have for themselves. */
  abstract List<StateType> furtherFields();

  /** The order of a window's rows. */
  abstract OrderedRows.Order order();

  final SlotTable windows() {
    return windows;
  }

  final OrderedRows rows() {
    return rows;
  }

  /** One of the further fields of a window. */
  final long get(int window, int index) {
    return OrderedRows.get(windows, window, OrderedRows.FIELDS.size() + index);
  }

  /** Changes one of the further fields of a window. */
  final void set(int window, int index, long value) {
    OrderedRows.set(windows, window, OrderedRows.FIELDS.size() + index, value);
  }

  /** Forgets a window, which has no rows. */
  final void forget(int window) {
    windows.remove(windows.slot(window));
  }

  @Override
  void begin(Batch batch) {
    if (windowNumbers.length < batch.size()) {
      windowNumbers = new int[batch.size()];
    }
    windows.resolve(partition(), 0, batch.size(), windowNumbers);
    for (int row = 0; row < batch.size(); row++) {
      windowNumbers[row] = windows.number(windowNumbers[row]);
    }
  }

  @Override
  final int windowOf(int row) {
    return windowNumbers[row];
  }

  /** Whether the order of a window's rows is that of their times. */
  abstract boolean isByTime();

  @Override
  public final void show(SeenRows seen) {
    for (int i = 0; i < seen.windows(); i++) {
      int window = seen.window(i);
      for (int row = windows.isUsed(window) ? rows.first(window) : -1;
          row >= 0 && !(isByTime() && seen.isComplete(window));
          row = rows.next(row)) {
        seen.see(rows.columns(), rows.slot(row));
      }
    }
  }

  /**
   * Puts an arriving row into its window and sends its group; false if it fails.
   *
   * @param leaving the row that leaves for it, or -1; it stays if the arriving row fails
   */
  final boolean enter(Batch batch, int row, int leaving, Output output) {
    int window = windowOf(row);
    int group = groupOf(row);
    int slot = leaving >= 0 ? rows.slot(leaving) : -1;
    int left = leaving >= 0 ? remove(rows.columns(), slot) : -1;
    if (leaving >= 0) {
      noteLeaving(rows.columns(), slot, left, batch, row);
    }
    if (!add(row)) {
      if (leaving >= 0) {
        addBack(rows.columns(), slot);
      }
      dropIfEmpty(group);
      return false;
    }
    if (leaving >= 0) {
      rows.remove(window, leaving);
    }
    rows.add(window, kept(), row, batch.rowtimes()[row]);
    send(batch, row, output);
    if (left >= 0 && left != group) {
      dropIfEmpty(left);
    }
    return true;
  }
}
