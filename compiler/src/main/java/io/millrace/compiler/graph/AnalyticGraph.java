package io.millrace.compiler.graph;

import io.millrace.language.expression.ColumnReference;
import io.millrace.language.expression.RowExpression;
import io.millrace.language.plan.AggregateCall;
import io.millrace.language.plan.AnalyticNode;
import io.millrace.language.plan.Frame;
import io.millrace.language.plan.NamedExpression;
import io.millrace.operators.analytic.AnalyticSpec;
import io.millrace.operators.analytic.FrameBounds;
import io.millrace.operators.analytic.FrameUnit;
import io.millrace.operators.analytic.FramedAggregates;
import io.millrace.operators.analytic.JointAnalyticSpec;
import io.millrace.operators.analytic.Ranking;
import io.millrace.spi.types.Field;
import io.millrace.spi.types.Schema;
import java.util.ArrayList;
import java.util.List;

/**
 * The operators of analytic functions: a projection that computes keys and arguments behind the
 * columns of the input, if there is anything to compute, then the operator.
 */
final class AnalyticGraph {
  private final QueryGraph query;
  private final KernelCompiler kernels;
  private final AnalyticNode node;
  private final List<NamedExpression> columns;

  AnalyticGraph(QueryGraph query, KernelCompiler kernels, AnalyticNode node) {
    this.query = query;
    this.kernels = kernels;
    this.node = node;
    this.columns = QueryGraph.columns(node.input().schema());
  }

  int build() {
    int passed = columns.size();
    List<AnalyticNode.Part> parts = node.parts();
    List<List<Integer>> partitions = parts.stream().map(this::partition).toList();
    List<List<FramedAggregates>> frames =
        parts.stream().map(part -> part.frames().stream().map(this::framed).toList()).toList();
    int input = query.build(node.input());
    Schema schema =
        new Schema(columns.stream().map(c -> new Field(c.name(), c.expression().type())).toList());
    int projected =
        columns.size() == passed ? input : query.project(input, null, columns, schema, false);
    if (parts.size() == 1) {
      return query.statefulStep(
          spec(schema, passed, parts.get(0), partitions.get(0), frames.get(0), node.schema()),
          projected);
    }
    List<AnalyticSpec> specs = new ArrayList<>();
    for (AnalyticNode.Part part : parts) {
      int i = specs.size();
      Schema given = new Schema(part.fields());
      specs.add(spec(schema, 0, part, partitions.get(i), frames.get(i), given));
    }
    return query.statefulStep(
        new JointAnalyticSpec(schema, passed, specs, node.schema()), projected);
  }

  private AnalyticSpec spec(
      Schema input,
      int passed,
      AnalyticNode.Part part,
      List<Integer> partition,
      List<FramedAggregates> frames,
      Schema output) {
    List<Ranking> rankings =
        part.rankings().stream().map(ranking -> ranking(ranking.ranking())).toList();
    return new AnalyticSpec(
        input,
        passed,
        partition,
        rankings,
        frames,
        query.lifetimeMillis(),
        query.sortLimit().withoutLate(),
        output);
  }

  private List<Integer> partition(AnalyticNode.Part part) {
    return part.partitionKeys().stream()
        .map(key -> columnOf(key.name(), key.expression()))
        .toList();
  }

  static Ranking ranking(io.millrace.language.plan.Ranking ranking) {
    return switch (ranking) {
      case ROW_NUMBER -> Ranking.ROW_NUMBER;
      case RANK -> Ranking.RANK;
      case DENSE_RANK -> Ranking.DENSE_RANK;
    };
  }

  static FrameBounds bounds(Frame frame) {
    FrameUnit unit =
        switch (frame.unit()) {
          case ROWS -> FrameUnit.ROWS;
          case RANGE -> FrameUnit.DISTANCE;
          case VALUES -> FrameUnit.VALUES;
        };
    return new FrameBounds(unit, frame.start(), frame.end());
  }

  private FramedAggregates framed(AnalyticNode.FramedCalls framed) {
    FrameBounds bounds = bounds(framed.frame());
    List<Integer> arguments = new ArrayList<>();
    List<AggregateCall> calls =
        framed.calls().stream()
            .map(call -> call.mapped(expression -> argument(expression, arguments)))
            .toList();
    return new FramedAggregates(
        bounds, arguments, kernels.aggregates(calls, FramedAggregates.updates(bounds)));
  }

  /** An argument or a filter as a reference into the argument columns of its frame. */
  private RowExpression argument(RowExpression expression, List<Integer> arguments) {
    int column = columnOf(NamedExpression.of(expression).name(), expression);
    if (!arguments.contains(column)) {
      arguments.add(column);
    }
    return new ColumnReference(
        arguments.indexOf(column), expression.type(), columns.get(column).name());
  }

  /** The column of an expression; equal ones share one. */
  private int columnOf(String name, RowExpression expression) {
    for (int i = 0; i < columns.size(); i++) {
      if (columns.get(i).expression().equals(expression) && expression.isDeterministic()) {
        return i;
      }
    }
    columns.add(new NamedExpression(name, expression));
    return columns.size() - 1;
  }
}
