package io.millrace.language.analysis;

import io.millrace.language.expression.ColumnReference;
import io.millrace.language.expression.Comparison;
import io.millrace.language.expression.ComparisonOperator;
import io.millrace.language.expression.ExpressionRebuilder;
import io.millrace.language.expression.Logical;
import io.millrace.language.expression.RowExpression;
import io.millrace.language.expression.RowtimeReference;
import io.millrace.language.plan.NamedExpression;
import io.millrace.spi.types.DataType;
import io.millrace.spi.types.Widening;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The condition of a join: the equalities by which its rows find each other, and what else must
 * hold. A key is computed of each row by itself: one that fails takes its row out. So what may fail
 * is no key behind another term, which may be its guard.
 */
final class JoinTerms {
  private final int leftWidth;
  private final boolean takesFailing;
  private final List<NamedExpression> leftKeys = new ArrayList<>();
  private final List<NamedExpression> rightKeys = new ArrayList<>();
  private final List<RowExpression> others = new ArrayList<>();

  /**
   * @param leftWidth how many columns of the joined row are those of its left side
   * @param takesFailing whether a key may fail: not where rows are in windows before it is computed
   */
  JoinTerms(RowExpression condition, int leftWidth, boolean takesFailing) {
    this.leftWidth = leftWidth;
    this.takesFailing = takesFailing;
    add(condition);
  }

  /** The keys of the left side, over its columns. */
  List<NamedExpression> leftKeys() {
    return leftKeys;
  }

  /** The keys of the right side, over its columns. */
  List<NamedExpression> rightKeys() {
    return rightKeys;
  }

  /** What else must hold, over the columns of both; null if nothing. */
  @Nullable RowExpression rest() {
    if (others.isEmpty()) {
      return null;
    }
    return others.size() == 1 ? others.get(0) : new Logical(true, others);
  }

  private void add(RowExpression term) {
    if (term instanceof Logical logical && logical.isAnd()) {
      logical.terms().forEach(this::add);
    } else if (!(term instanceof Comparison equality
        && equality.operator() == ComparisonOperator.EQUAL
        && (addKey(equality.left(), equality.right())
            || addKey(equality.right(), equality.left())))) {
      others.add(term);
    }
  }

  private boolean addKey(RowExpression left, RowExpression right) {
    if (!isOf(left, 0, leftWidth) || !isOf(right, leftWidth, Integer.MAX_VALUE)) {
      return false;
    }
    Optional<DataType> type = Widening.common(left.type(), right.type());
    if (type.isEmpty() || !canBe(left, type.get()) || !canBe(right, type.get())) {
      return false;
    }
    RowExpression widened = Coercion.widen(left, type.get());
    RowExpression moved = Coercion.widen(moved(right), type.get());
    boolean isFirst = others.isEmpty() && leftKeys.isEmpty();
    if ((widened.canFail() || moved.canFail()) && !(isFirst && takesFailing)) {
      return false; // what stands before it may be a guard
    }
    String name = "key_" + (leftKeys.size() + 1);
    leftKeys.add(new NamedExpression(name, widened));
    rightKeys.add(new NamedExpression(name, moved));
    return true;
  }

  /** Whether no two values become one in a type: those that are rounded may. */
  private static boolean canBe(RowExpression value, DataType type) {
    return Widening.canWiden(value.type(), type);
  }

  /** Whether a value is that of one side alone, the same each time. */
  private static boolean isOf(RowExpression expression, int from, int to) {
    return readsColumn(expression)
        && readsOnly(expression, from, to)
        && expression.isDeterministic();
  }

  private static boolean readsColumn(RowExpression expression) {
    return expression instanceof ColumnReference
        || expression.operands().stream().anyMatch(JoinTerms::readsColumn);
  }

  private static boolean readsOnly(RowExpression expression, int from, int to) {
    if (expression instanceof ColumnReference column) {
      return column.index() >= from && column.index() < to;
    }
    return !(expression instanceof RowtimeReference)
        && expression.operands().stream().allMatch(operand -> readsOnly(operand, from, to));
  }

  private RowExpression moved(RowExpression expression) {
    return ExpressionRebuilder.topDown(
        expression,
        e ->
            e instanceof ColumnReference column
                ? new ColumnReference(column.index() - leftWidth, column.type(), column.name())
                : null);
  }
}
