package io.millrace.operators.window;

import io.millrace.operators.kernel.KernelLoader;
import io.millrace.spi.operator.Operator;
import java.util.ArrayList;
import java.util.List;

/**
 * Aggregates a row of each key in each partition; a row that enters sends its group.
 *
 * @param unique the columns of the key in the input
 * @param isFirst whether the first row of a key stays; else the newest takes its place
 * @param groups what is aggregated; unless the first rows stay, retractable in any order
 */
public record UniqueWindowSpec(List<Integer> unique, boolean isFirst, WindowGroups groups)
    implements ArrivalSpec {
  public UniqueWindowSpec {
    unique = List.copyOf(unique);
  }

  /** The columns by which rows are told apart: those of the partition, then those of the key. */
  List<Integer> rowKeys() {
    List<Integer> keys = new ArrayList<>(groups.partition());
    keys.addAll(unique);
    return keys;
  }

  @Override
  public String describe() {
    return groups.describe(
        (isFirst ? "FirstUniqueWindow " : "UniqueWindow ") + groups.names(unique));
  }

  @Override
  public Operator create(KernelLoader loader) {
    return new UniqueWindowOperator(this, loader);
  }
}
