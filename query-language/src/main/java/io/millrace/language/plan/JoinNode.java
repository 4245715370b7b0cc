package io.millrace.language.plan;

import io.millrace.language.expression.ColumnReference;
import io.millrace.language.expression.RowExpression;
import io.millrace.spi.types.Field;
import io.millrace.spi.types.Schema;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
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

  /** The columns that equal {@link #key} where both sides are there. */
  Optional<List<Integer>> otherKey() {
    int first = left.schema().size();
    List<Integer> columns = new ArrayList<>();
    for (NamedExpression key : rightKeys) {
      if (!(key.expression() instanceof ColumnReference column)) {
        return Optional.empty();
      }
      columns.add(first + column.index());
    }
    return kind == JoinKind.INNER && !columns.isEmpty() ? Optional.of(columns) : Optional.empty();
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
