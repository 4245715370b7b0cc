package io.millrace.compiler.graph;

import io.millrace.language.plan.ExplodeNode;
import io.millrace.language.plan.KeyedChanges;
import io.millrace.language.plan.NamedExpression;
import io.millrace.operators.explode.ExplodeChangesSpec;
import io.millrace.operators.explode.ExplodeSpec;
import io.millrace.spi.types.Field;
import io.millrace.spi.types.Schema;
import java.util.ArrayList;
import java.util.List;

/** The operators that make rows of arrays: a projection that computes these, then the operator. */
final class ExplodeGraph {
  private final QueryGraph query;
  private final GraphBuilder graph;
  private final ExplodeNode node;

  ExplodeGraph(QueryGraph query, GraphBuilder graph, ExplodeNode node) {
    this.query = query;
    this.graph = graph;
    this.node = node;
  }

  int build() {
    int arrays = node.arrays().size();
    if (!node.keepsNumbers()) {
      int rows = withArrays(query.build(node.input()), node.isChangelog());
      return query.step(
          new ExplodeSpec(graph.schema(rows), arrays, node.isNumbered(), node.schema()), rows);
    }
    KeyedChanges changes = KeyedChanges.of(node.input());
    int repeated = node.input().schema().size();
    int rows = withArrays(query.changes(changes), true);
    return query.statefulStep(
        new ExplodeChangesSpec(graph.schema(rows), repeated, arrays, changes.keys(), node.schema()),
        rows);
  }

  /** Rows with the arrays behind their columns. */
  private int withArrays(int input, boolean isOfChanges) {
    Schema there = graph.schema(input);
    List<NamedExpression> columns = QueryGraph.columns(there);
    List<Field> fields = new ArrayList<>(there.fields());
    for (NamedExpression array : node.arrays()) {
      columns.add(array);
      fields.add(new Field(array.name(), array.expression().type()));
    }
    return query.project(input, null, columns, new Schema(fields), isOfChanges);
  }
}
