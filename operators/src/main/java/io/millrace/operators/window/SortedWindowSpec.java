package io.millrace.operators.window;

import io.millrace.operators.kernel.KernelLoader;
import io.millrace.spi.operator.Operator;
import java.util.ArrayList;
import java.util.List;

/**
 * Aggregates the first rows of each partition in an order of columns; a row that enters sends its
 * group.
 *
 * @param rows how many rows a window holds, positive
 * @param columns the columns in the input that rows are sorted by, NULL being the greatest value
 * @param descending for each of them whether the greatest values come first
 * @param groups what is aggregated, retractable in any order
 */
public record SortedWindowSpec(
    long rows, List<Integer> columns, List<Boolean> descending, WindowGroups groups)
    implements ArrivalSpec {
  public SortedWindowSpec {
    columns = List.copyOf(columns);
    descending = List.copyOf(descending);
  }

  @Override
  public String describe() {
    List<String> order = new ArrayList<>();
    for (int i = 0; i < columns.size(); i++) {
      order.add(groups.input().name(columns.get(i)) + (descending.get(i) ? " DESC" : ""));
    }
    return groups.describe("SortedWindow " + rows + " of " + String.join(", ", order));
  }

  @Override
  public Operator create(KernelLoader loader) {
    return new SortedWindowOperator(this, loader);
  }
}
