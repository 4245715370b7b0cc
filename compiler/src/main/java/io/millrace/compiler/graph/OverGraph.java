package io.millrace.compiler.graph;

import io.millrace.language.expression.ColumnReference;
import io.millrace.language.expression.RowExpression;
import io.millrace.language.plan.AggregateCall;
import io.millrace.language.plan.AnalyticNode;
import io.millrace.language.plan.KeyedChanges;
import io.millrace.language.plan.OverNode;
import io.millrace.operators.analytic.FramedAggregates;
import io.millrace.operators.analytic.Ranking;
import io.millrace.operators.kernel.Updates;
import io.millrace.operators.rank.OverSpec;
import java.util.ArrayList;
import java.util.List;

/** The operator of analytic functions whose results change. */
final class OverGraph {
  private final QueryGraph query;
  private final KernelCompiler kernels;
  private final OverNode node;

  OverGraph(QueryGraph query, KernelCompiler kernels, OverNode node) {
    this.query = query;
    this.kernels = kernels;
    this.node = node;
  }

  int build() {
    boolean isOfChanges = node.input().isChangelog();
    int input =
        isOfChanges
            ? query.changes(new KeyedChanges(node.input(), node.rowKey()))
            : query.build(node.input());
    return query.statefulStep(
        new OverSpec(
            node.input().schema(),
            node.parts().stream().map(this::part).toList(),
            node.rowKey(),
            isOfChanges,
            isOfChanges ? 0 : query.lifetimeMillis(),
            node.schema()),
        input);
  }

  private OverSpec.Part part(OverNode.Part part) {
    List<Ranking> rankings =
        part.rankings().stream().map(r -> AnalyticGraph.ranking(r.ranking())).toList();
    return new OverSpec.Part(
        part.partition(),
        Orders.sortKeys(part.order()),
        rankings,
        part.frames().stream().map(this::framed).toList());
  }

  /** Rows come to a frame and leave it in their order, and were accepted long ago. */
  private FramedAggregates framed(AnalyticNode.FramedCalls framed) {
    List<Integer> arguments = new ArrayList<>();
    List<AggregateCall> calls =
        framed.calls().stream()
            .map(call -> call.mapped(expression -> argument(expression, arguments)))
            .toList();
    return new FramedAggregates(
        AnalyticGraph.bounds(framed.frame()),
        arguments,
        kernels.aggregates(calls, Updates.RETRACT));
  }

  /** A column of the input as a reference into the argument columns of its frame. */
  private static RowExpression argument(RowExpression expression, List<Integer> arguments) {
    if (!(expression instanceof ColumnReference column)) {
      throw new IllegalStateException("not computed below: " + expression);
    }
    if (!arguments.contains(column.index())) {
      arguments.add(column.index());
    }
    return new ColumnReference(arguments.indexOf(column.index()), column.type(), column.name());
  }
}
