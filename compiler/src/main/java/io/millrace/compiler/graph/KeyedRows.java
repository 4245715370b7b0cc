package io.millrace.compiler.graph;

import io.millrace.language.expression.ColumnReference;
import io.millrace.language.expression.RowExpression;
import io.millrace.language.plan.NewestByKeyNode;
import io.millrace.language.plan.WantedGroupsNode;
import io.millrace.operators.filter.FilterProjectSpec;
import io.millrace.operators.window.NewestByKeySpec;
import io.millrace.spi.types.DataType;

/** Makes the operators that pick rows by their keys. */
final class KeyedRows {
  private KeyedRows() {}

  static NewestByKeySpec newest(NewestByKeyNode node) {
    NewestByKeySpec.Newest newest =
        switch (node.newest()) {
          case BY_ARRIVAL -> NewestByKeySpec.Newest.BY_ARRIVAL;
          case BY_TIME -> NewestByKeySpec.Newest.BY_TIME;
        };
    return new NewestByKeySpec(node.schema(), node.keys(), node.isByTime(), newest);
  }

  /**
   * A filter by a column of the key. It says the same of all changes of a group, so that those of
   * an unwanted one are dropped as rows are, deletions too.
   */
  static FilterProjectSpec wanted(WantedGroupsNode node, KernelCompiler kernels) {
    String name = node.schema().name(node.wanted());
    RowExpression wanted = new ColumnReference(node.wanted(), DataType.BOOLEAN, name);
    return new FilterProjectSpec(
        "Filter " + name,
        node.schema(),
        kernels.predicate(wanted),
        null,
        FilterTerms.find(wanted),
        true);
  }
}
