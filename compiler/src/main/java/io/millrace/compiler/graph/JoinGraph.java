package io.millrace.compiler.graph;

import io.millrace.language.expression.ColumnReference;
import io.millrace.language.expression.ExpressionPrinter;
import io.millrace.language.expression.RowExpression;
import io.millrace.language.plan.JoinBounds;
import io.millrace.language.plan.JoinNode;
import io.millrace.language.plan.JoinTable;
import io.millrace.language.plan.JoinWindows;
import io.millrace.language.plan.JoinedEvents;
import io.millrace.language.plan.KeyedChanges;
import io.millrace.language.plan.LateIntoNode;
import io.millrace.language.plan.NamedExpression;
import io.millrace.language.plan.PlanNode;
import io.millrace.language.plan.Retractions;
import io.millrace.operators.graph.OperatorSpec;
import io.millrace.operators.join.ContentsJoinSpec;
import io.millrace.operators.join.ContentsJoinSpec.Contents;
import io.millrace.operators.join.ContentsJoinSpec.Stay;
import io.millrace.operators.join.JoinCondition;
import io.millrace.operators.join.JoinSide;
import io.millrace.operators.join.LookupJoinSpec;
import io.millrace.operators.join.Unmatched;
import io.millrace.operators.join.WithinJoinSpec;
import io.millrace.operators.join.WithinJoinSpec.Bounds;
import io.millrace.spi.types.Field;
import io.millrace.spi.types.Schema;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The operators of a join: for each side a projection that computes its keys behind its columns, if
 * there is anything to compute, then the operator.
 */
final class JoinGraph {
  private final QueryGraph query;
  private final KernelCompiler kernels;
  private final JoinNode node;

  JoinGraph(QueryGraph query, KernelCompiler kernels, JoinNode node) {
    this.query = query;
    this.kernels = kernels;
    this.node = node;
  }

  /**
   * A side that has been built.
   *
   * @param step the node of its rows
   */
  private record Built(int step, JoinSide side) {}

  int build() {
    Built left = side(node.left(), node.leftKeys(), node.kind().keepsLeft());
    Built right = side(node.right(), node.rightKeys(), node.kind().keepsRight());
    List<Integer> inputs = List.of(left.step(), right.step());
    int step = query.statefulStep(spec(left.side(), right.side(), inputs), inputs);
    noteLate(node.left(), step, 0);
    noteLate(node.right(), step, 1);
    return step;
  }

  private void noteLate(PlanNode side, int step, int input) {
    for (PlanNode rows = side; rows instanceof LateIntoNode late; rows = late.input()) {
      query.noteLate(late.number(), "join", step, input, late.columns());
    }
  }

  private OperatorSpec spec(JoinSide left, JoinSide right, List<Integer> inputs) {
    if (node.method() instanceof JoinTable table) {
      int side = node.left().isChangelog() ? 0 : 1;
      return new LookupJoinSpec(node.schema(), left, right, side, table.key(), condition());
    }
    if (node.method() instanceof JoinWindows windows) {
      return new ContentsJoinSpec(
          node.schema(),
          left,
          right,
          contents(windows.left()),
          contents(windows.right()),
          windows.isSorted(),
          windows.sendsContents(),
          condition(),
          unmatched(),
          query.leavesOutIdle(inputs),
          query.joins().limit());
    }
    return new WithinJoinSpec(
        node.schema(),
        left,
        right,
        bounds((JoinBounds) node.method()),
        condition(),
        unmatched(),
        query.joins().isInTimeOrder(),
        query.leavesOutIdle(inputs),
        query.joins().limit());
  }

  private static Contents contents(JoinWindows.JoinContents side) {
    return new Contents(
        side.isHeld(),
        side.triggers(),
        side.stays().stream()
            .map(stay -> new Stay(stay.column(), stay.millis(), stay.isCertain()))
            .toList());
  }

  private Built side(PlanNode input, List<NamedExpression> keys, boolean isOuter) {
    int step =
        node.method() instanceof JoinTable table && input.isChangelog()
            ? query.changes(new KeyedChanges(input, table.key()))
            : query.build(input);
    Schema schema = input.schema();
    int width = schema.size();
    List<NamedExpression> columns = new ArrayList<>(QueryGraph.columns(schema));
    List<Field> fields = new ArrayList<>(schema.fields());
    List<Integer> places = new ArrayList<>();
    for (NamedExpression key : keys) {
      if (key.expression() instanceof ColumnReference column) {
        places.add(column.index());
      } else {
        places.add(columns.size());
        columns.add(key);
        fields.add(new Field(key.name(), key.expression().type()));
      }
    }
    boolean isTakenBack = node.method() instanceof JoinBounds && Retractions.in(input);
    if (columns.size() == width) {
      return new Built(step, new JoinSide(schema, width, places, isOuter, isTakenBack));
    }
    Schema withKeys = new Schema(fields);
    int projected =
        isTakenBack
            ? query.projectRetractions(step, columns, withKeys, Retractions.kindColumns(input))
            : query.project(step, null, columns, withKeys, input.isChangelog());
    return new Built(projected, new JoinSide(withKeys, width, places, isOuter, isTakenBack));
  }

  private @Nullable JoinCondition condition() {
    RowExpression condition = node.condition();
    return condition == null
        ? null
        : new JoinCondition(kernels.predicate(condition), ExpressionPrinter.print(condition));
  }

  /** What is kept for ever is kept as long as other state of the job. */
  private Bounds bounds(JoinBounds bounds) {
    long forEver = query.lifetimeMillis() == 0 ? WithinJoinSpec.UNBOUNDED : query.lifetimeMillis();
    return new Bounds(
        bounds.isUnbounded() ? forEver : bounds.beforeMillis(),
        bounds.isUnbounded() ? forEver : bounds.afterMillis(),
        bounds.graceMillis(),
        bounds.leftTime(),
        JoinedEvents.ofLeft(node, bounds, forEver));
  }

  private Unmatched unmatched() {
    return switch (node.unmatched()) {
      case WHEN_GONE -> Unmatched.WHEN_GONE;
      case AT_ONCE -> Unmatched.AT_ONCE;
      case AT_ONCE_AND_RETRACTED -> Unmatched.AT_ONCE_AND_RETRACTED;
    };
  }
}
