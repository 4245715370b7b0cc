package io.millrace.operators.order;

import io.millrace.operators.graph.Distribution;
import io.millrace.operators.graph.OperatorSpec;
import io.millrace.operators.kernel.KernelLoader;
import io.millrace.spi.operator.Operator;
import io.millrace.spi.types.Schema;
import java.util.List;
import java.util.OptionalLong;
import java.util.stream.Collectors;

/**
 * Sorts and cuts each emission: the rows of one position, with equal values in some columns.
 *
 * @param output the rows, as they come and as they go
 * @param order what they are sorted by, most important first; empty for the order in which they
 *     come
 * @param offset how many rows of an emission are left out in front
 * @param limit how many rows of an emission are kept at most
 * @param apart the columns that are equal in all rows of an emission
 * @param isOfOneTime whether their times are equal, too
 */
public record OrderSpec(
    Schema output,
    List<SortKey> order,
    long offset,
    OptionalLong limit,
    List<Integer> apart,
    boolean isOfOneTime)
    implements OperatorSpec {
  public OrderSpec {
    order = List.copyOf(order);
    apart = List.copyOf(apart);
  }

  @Override
  public String describe() {
    String by =
        order.stream()
            .map(key -> output.name(key.column()) + (key.isDescending() ? " DESC" : ""))
            .collect(Collectors.joining(", "));
    String each =
        apart.isEmpty()
            ? ""
            : " per " + apart.stream().map(output::name).collect(Collectors.joining(", "));
    return "Order"
        + each
        + (order.isEmpty() ? "" : " by " + by)
        + (limit.isPresent() ? ", limit " + limit.getAsLong() : "")
        + (offset == 0 ? "" : ", offset " + offset);
  }

  @Override
  public boolean isTimeDriven() {
    return true;
  }

  @Override
  public Distribution overPartitions() {
    return apart.isEmpty()
        ? Distribution.WHOLE
        : new Distribution.Keyed(apart, Distribution.same(output.size()), true);
  }

  @Override
  public Operator create(KernelLoader loader) {
    return new OrderOperator(this);
  }
}
