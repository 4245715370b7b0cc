package io.millrace.compiler.graph;

import io.millrace.language.plan.ExplodeNode;
import io.millrace.language.plan.KeyedChanges;
import io.millrace.language.plan.NamedExpression;
import io.millrace.language.plan.Retractions;
import io.millrace.operators.explode.ExplodeChangesSpec;
import io.millrace.operators.explode.ExplodeRetractionsSpec;
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
    if (Retractions.in(node.input())) {
      int rows = withArraysOfRetractions(query.build(node.input()));
      ExplodeSpec elements =
          new ExplodeSpec(graph.schema(rows), arrays, node.isNumbered(), node.schema());
      return query.step(new ExplodeRetractionsSpec(elements, Retractions.kindColumns(node)), rows);
    }
    if (!node.keepsNumbers()) {
      int rows = withArrays(query.build(node.input()), node.isChangelog());
      return query.step(
          new ExplodeSpec(
              graph.schema(rows), arrays, node.isNumbered(), node.endsRows(), node.schema()),
          rows);
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
    return query.project(input, null, columns(there), schema(there), isOfChanges);
  }

  private int withArraysOfRetractions(int input) {
    Schema there = graph.schema(input);
    return query.projectRetractions(
        input, columns(there), schema(there), Retractions.kindColumns(node.input()));
  }

  private List<NamedExpression> columns(Schema there) {
    List<NamedExpression> columns = QueryGraph.columns(there);
    columns.addAll(node.arrays());
    return columns;
  }

  private Schema schema(Schema there) {
    List<Field> fields = new ArrayList<>(there.fields());
    node.arrays().forEach(array -> fields.add(new Field(array.name(), array.expression().type())));
    return new Schema(fields);
  }
}
