package io.millrace.language.plan;

import io.millrace.language.expression.ColumnReference;
import io.millrace.language.expression.RowExpression;
import io.millrace.language.expression.RowtimeReference;
import io.millrace.spi.types.Field;
import io.millrace.spi.types.Schema;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/**
 * Rows of two inputs that belong together, as one row each: the columns of the left one, then those
 * of the right one.
 *
 * @param kind which of them are sent without a match, too, with NULLs for the other input
 * @param method how they meet
 * @param leftKeys what equals {@code rightKeys}, one by one, of equal types; a row for which one
 *     fails is none
 * @param condition what must hold beside that, over the columns of both; null if nothing
 * @param unmatched when rows without a match are sent
 */
public record JoinNode(
    PlanNode left,
    PlanNode right,
    JoinKind kind,
    JoinMethod method,
    List<NamedExpression> leftKeys,
    List<NamedExpression> rightKeys,
    @Nullable RowExpression condition,
    Unmatched unmatched)
    implements PlanNode {

  /** When rows without a match are sent. */
  public enum Unmatched {
    /** When none can come any more. */
    WHEN_GONE,
    /** When they come, and never taken back. */
    AT_ONCE,
    /** When they come, and taken back when there is a match. */
    AT_ONCE_AND_RETRACTED
  }

  public JoinNode {
    leftKeys = List.copyOf(leftKeys);
    rightKeys = List.copyOf(rightKeys);
  }

  /** Whether it joins two streams of which rows without a match are sent, too. */
  public boolean mayWaitForMatches() {
    return !(method instanceof JoinTable) && kind != JoinKind.INNER;
  }

  /** Whether rows are those of a join of windows. */
  public static boolean isOfWindows(PlanNode rows) {
    return rows instanceof JoinNode join && join.method instanceof JoinWindows;
  }

  /** The same with another method. */
  public JoinNode withMethod(JoinMethod other) {
    return new JoinNode(left, right, kind, other, leftKeys, rightKeys, condition, unmatched);
  }

  /** Whether its rows take others back. */
  boolean retracts() {
    return unmatched == Unmatched.AT_ONCE_AND_RETRACTED;
  }

  /** The same, with rows without a match at another time. */
  public JoinNode withUnmatched(Unmatched other) {
    return new JoinNode(left, right, kind, method, leftKeys, rightKeys, condition, other);
  }

  @Override
  public Schema schema() {
    List<Field> fields = new ArrayList<>(left.schema().fields());
    fields.addAll(right.schema().fields());
    return new Schema(fields);
  }

  @Override
  public List<PlanNode> inputs() {
    return List.of(left, right);
  }

  @Override
  public PlanNode withInputs(List<PlanNode> inputs) {
    return new JoinNode(
        inputs.get(0), inputs.get(1), kind, method, leftKeys, rightKeys, condition, unmatched);
  }

  /**
   * The columns of its rows that are their key: what is equal on both sides, as the side has it
   * whose rows are all there. Empty if that is computed, or neither side's rows are.
   */
  Optional<List<Integer>> key() {
    boolean isRight = kind == JoinKind.RIGHT;
    int first = isRight ? left.schema().size() : 0;
    List<Integer> columns = new ArrayList<>();
    for (NamedExpression key : isRight ? rightKeys : leftKeys) {
      if (!(key.expression() instanceof ColumnReference column)) {
        return Optional.empty();
      }
      columns.add(first + column.index());
    }
    return kind == JoinKind.FULL || columns.isEmpty() ? Optional.empty() : Optional.of(columns);
  }

  /**
   * By how much the time of a row may be greater than that of the event of which a column has the
   * time; empty if the column has no time of an event.
   */
  public OptionalLong delayOf(int column) {
    int width = left.schema().size();
    boolean isLeft = column < width;
    OptionalLong below = isLeft ? delayOf(left, column) : delayOf(right, column - width);
    if (!(method instanceof JoinBounds within)) {
      return (isLeft ? left : right).isChangelog() ? OptionalLong.empty() : below;
    }
    boolean waits = isLeft ? kind.keepsLeft() : kind.keepsRight();
    long bound =
        isLeft ? within.afterMillis() : JoinBounds.sum(within.beforeMillis(), within.delayMillis());
    long grace = waits ? JoinBounds.sum(within.graceMillis(), 1) : 0;
    return below.isEmpty()
        ? below
        : OptionalLong.of(JoinBounds.sum(below.getAsLong(), bound, grace));
  }

  public static OptionalLong delayOf(PlanNode node, int column) {
    if (node instanceof JoinNode join) {
      return join.delayOf(column);
    }
    if (node instanceof FilterNode || node instanceof LateIntoNode) {
      return delayOf(node.inputs().get(0), column);
    }
    if (node instanceof ProjectNode project) {
      RowExpression value = project.expressions().get(column).expression();
      return value instanceof ColumnReference reference
          ? delayOf(project.input(), reference.index())
          : value instanceof RowtimeReference ? OptionalLong.of(0) : OptionalLong.empty();
    }
    return OptionalLong.empty();
  }

  @Override
  public boolean isChangelog() {
    return false;
  }

  @Override
  public <R> R accept(PlanVisitor<R> visitor) {
    return visitor.visitJoin(this);
  }
}
