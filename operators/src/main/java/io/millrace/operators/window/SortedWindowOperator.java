package io.millrace.operators.window;

import io.millrace.operators.kernel.KernelLoader;
import io.millrace.operators.values.Comparisons;
import io.millrace.spi.data.Batch;
import io.millrace.spi.data.Column;
import io.millrace.spi.operator.Output;
import io.millrace.spi.state.StateType;
import java.util.List;

/**
 * Windows of the first rows in an order of columns. A row that comes when the window is full takes
 * the last one out, or does not enter if it belongs behind it.
 */
final class SortedWindowOperator extends OrderedWindowOperator {
  private final SortedWindowSpec spec;

  SortedWindowOperator(SortedWindowSpec spec, KernelLoader loader) {
    super(spec.groups(), spec.columns(), true, loader);
    this.spec = spec;
  }

  @Override
  List<StateType> furtherFields() {
    return List.of();
  }

  @Override
  OrderedRows.Order order() {
    return this::isBefore;
  }

  @Override
  boolean isByTime() {
    return false;
  }

  private boolean isBefore(Column[] source, int row, long time, int number) {
    Column[] held = rows().columns();
    int slot = rows().slot(number);
    int first = spec.groups().arguments().size();
    for (int i = 0; i < spec.columns().size(); i++) {
      int compared =
          Comparisons.compareNullable(source[first + i].get(row), held[first + i].get(slot));
      if (compared != 0) {
        return (compared < 0) != spec.descending().get(i);
      }
    }
    return false;
  }

  @Override
  boolean arrive(Batch batch, int row, Output output) {
    int window = windowOf(row);
    int last = rows().size(window) == spec.rows() ? rows().last(window) : -1;
    return (last >= 0 && !isBefore(kept(), row, batch.rowtimes()[row], last))
        || enter(batch, row, last, output);
  }

  /** Forgets the windows of which all rows have failed. */
  @Override
  void end(Batch batch, Output output) {
    for (int row = 0; row < batch.size(); row++) {
      int window = windowOf(row);
      if (windows().isUsed(window) && rows().size(window) == 0) {
        forget(window);
      }
    }
  }
}
