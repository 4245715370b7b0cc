package io.millrace.compiler.graph;

import io.millrace.language.plan.OrderNode;
import io.millrace.language.plan.SortColumn;
import io.millrace.operators.order.OrderSpec;
import io.millrace.operators.order.SortKey;
import java.util.List;

/** The operators of ORDER BY and LIMIT. */
final class Orders {
  private Orders() {}

  static OrderSpec of(OrderNode node) {
    return new OrderSpec(
        node.schema(),
        sortKeys(node.order()),
        node.offset(),
        node.limit(),
        node.apart(),
        node.isOfOneTime());
  }

  static List<SortKey> sortKeys(List<SortColumn> order) {
    return order.stream()
        .map(c -> new SortKey(c.column(), c.isDescending(), c.nullsFirst()))
        .toList();
  }
}
