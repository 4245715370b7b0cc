package io.millrace.compiler.graph;

import io.millrace.language.expression.ColumnReference;
import io.millrace.language.expression.RowExpression;
import io.millrace.language.plan.AggregateCall;
import io.millrace.language.plan.AggregateNode;
import io.millrace.language.plan.Emission;
import io.millrace.language.plan.ExplodeNode;
import io.millrace.language.plan.FilterNode;
import io.millrace.language.plan.KeyedChanges;
import io.millrace.language.plan.LateIntoNode;
import io.millrace.language.plan.NamedExpression;
import io.millrace.language.plan.PlanNode;
import io.millrace.language.plan.ProjectNode;
import io.millrace.language.plan.ScanNode;
import io.millrace.operators.graph.Distribution;
import io.millrace.operators.graph.OperatorSpec;
import io.millrace.operators.table.GatheredChangesSpec;
import io.millrace.operators.table.PickedChangesSpec;
import io.millrace.operators.table.PickedChangesSpec.Pick;
import io.millrace.operators.window.NamedWindowSpec;
import io.millrace.spi.types.Field;
import io.millrace.spi.types.Schema;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The operators of an aggregation: a projection that computes keys, arguments and carried columns
 * (with the filter below it, if there is one), then the operator of the window.
 */
final class AggregateGraph {
  private final QueryGraph query;
  private final KernelCompiler kernels;
  private final AggregateNode node;
  private final List<NamedExpression> columns = new ArrayList<>();
  private final List<Integer> partition;
  private final List<Integer> keys;
  private final List<Integer> arguments = new ArrayList<>();
  private final List<Integer> carried;

  AggregateGraph(QueryGraph query, KernelCompiler kernels, AggregateNode node) {
    this.query = query;
    this.kernels = kernels;
    this.node = node;
    this.partition = columnsOf(node.partitionKeys());
    this.keys = new ArrayList<>(partition);
    keys.addAll(columnsOf(node.groupKeys()));
    this.carried = columnsOf(node.carried());
  }

  int build() {
    List<AggregateCall> calls = new ArrayList<>();
    for (AggregateCall call : node.aggregates()) {
      calls.add(call.mapped(this::argument));
    }
    List<Integer> ofWindow = new ArrayList<>();
    for (RowExpression expression : node.window().expressions()) {
      ofWindow.add(columnOf(NamedExpression.of(expression)));
    }
    PlanNode rows = node.input();
    Map<Integer, List<Integer>> ofLate = new LinkedHashMap<>();
    while (rows instanceof LateIntoNode late) {
      ofLate.put(late.number(), columnsOf(late.columns()));
      rows = late.input();
    }
    boolean takesBack = node.isOfRetractions();
    boolean filtered = rows instanceof FilterNode filter && !filter.isChangelog() && !takesBack;
    FilterNode filter = filtered ? (FilterNode) rows : null;
    int input =
        node.isOfTable()
            ? changes(KeyedChanges.of(rows), ofWindow)
            : query.build(filter == null ? rows : filter.input());
    Schema schema =
        new Schema(columns.stream().map(c -> new Field(c.name(), c.expression().type())).toList());
    int projected =
        takesBack
            ? query.projectRetractions(input, columns, schema, List.of())
            : query.project(
                input,
                filter == null ? null : filter.predicate(),
                columns,
                schema,
                node.isOfTable());
    int step = query.statefulStep(operator(columnsIn(schema, ofWindow), calls), projected);
    ofLate.forEach(
        (number, places) ->
            query.noteLate(
                number, "window", step, places.stream().map(i -> reference(schema, i)).toList()));
    return changeTogether(rows) ? gathered(step) : step;
  }

  /** What many changes of a group at once come to, which is one change. */
  private int gathered(int changes) {
    int step =
        query.step(new GatheredChangesSpec(node.schema(), Distribution.same(keys.size())), changes);
    return node.isChangelog()
        ? step
        : query.step(new PickedChangesSpec(node.schema(), Pick.EVENTS), step);
  }

  /**
   * Whether groups may change several times at once: several rows leave or change at one moment, or
   * one takes the place of others. Of the values of DISTINCT several rows that come at once may
   * have one; of aggregates over events each row is a change.
   */
  private boolean changeTogether(PlanNode rows) {
    if (node.isOfTable()) {
      return node.emission() == Emission.CHANGELOG && !isDeclared(rows);
    }
    if (node.isOfRetractions()) {
      return node.emission() == Emission.CHANGELOG || node.emission() == Emission.EACH_ROW;
    }
    return node.emission() == Emission.CHANGELOG
        && node.window().coversAll()
        && node.aggregates().isEmpty()
        && comeTogether(rows);
  }

  /** Whether rows are those of a table that no query feeds, which change one by one. */
  private static boolean isDeclared(PlanNode rows) {
    if (rows instanceof FilterNode || rows instanceof ProjectNode) {
      return isDeclared(rows.inputs().get(0));
    }
    return rows instanceof ScanNode scan && !scan.stream().isDerived();
  }

  /** Whether one event may bring several rows: elements, or those of a window. */
  private static boolean comeTogether(PlanNode rows) {
    if (rows instanceof FilterNode || rows instanceof ProjectNode) {
      return comeTogether(rows.inputs().get(0));
    }
    return rows instanceof ExplodeNode
        || (rows instanceof AggregateNode groups && !groups.window().coversAll());
  }

  private OperatorSpec operator(WindowOperators.Columns ofInput, List<AggregateCall> calls) {
    WindowOperators operators =
        new WindowOperators(
            kernels, node, ofInput, calls, query.lifetimeMillis(), query.sortLimit());
    HeldWindows held = new HeldWindows(node.schema(), operators);
    if (node.emission() == Emission.HELD) {
      return new NamedWindowSpec(nameOf(node), node.window().accept(held));
    }
    return node.emission() == Emission.CONTENTS && !node.window().isSliding()
        ? held.contents(node.window(), ofInput.carried())
        : node.window().accept(operators);
  }

  /** The name of the window whose rows a plan reads. */
  private static String nameOf(PlanNode rows) {
    return rows instanceof ScanNode scan ? scan.stream().name() : nameOf(rows.inputs().get(0));
  }

  /**
   * The changes of what is aggregated.
   *
   * @param ofWindow receives the columns of its key
   */
  private int changes(KeyedChanges changes, List<Integer> ofWindow) {
    for (int key : changes.keys()) {
      ofWindow.add(columnOf(reference(changes.plan().schema(), key)));
    }
    return query.changes(changes);
  }

  private static NamedExpression reference(Schema schema, int column) {
    String name = schema.name(column);
    return new NamedExpression(name, new ColumnReference(column, schema.type(column), name));
  }

  private WindowOperators.Columns columnsIn(Schema schema, List<Integer> ofWindow) {
    return new WindowOperators.Columns(schema, partition, keys, arguments, carried, ofWindow);
  }

  private List<Integer> columnsOf(List<NamedExpression> expressions) {
    List<Integer> indexes = new ArrayList<>();
    for (NamedExpression expression : expressions) {
      indexes.add(columnOf(expression));
    }
    return indexes;
  }

  /** The projected column of an expression; equal expressions share one. */
  private int columnOf(NamedExpression wanted) {
    for (int i = 0; i < columns.size(); i++) {
      if (columns.get(i).expression().equals(wanted.expression())
          && wanted.expression().isDeterministic()) {
        return i;
      }
    }
    columns.add(wanted);
    return columns.size() - 1;
  }

  /** An argument or a filter as a reference into the argument columns. */
  private RowExpression argument(RowExpression expression) {
    int column = columnOf(NamedExpression.of(expression));
    int index = arguments.indexOf(column);
    if (index < 0) {
      arguments.add(column);
      index = arguments.size() - 1;
    }
    return new ColumnReference(index, expression.type(), columns.get(column).name());
  }
}
