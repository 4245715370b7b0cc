package io.millrace.language.analysis;

import io.millrace.language.expression.ColumnReference;
import io.millrace.language.expression.Comparison;
import io.millrace.language.expression.ComparisonOperator;
import io.millrace.language.expression.Constant;
import io.millrace.language.expression.Logical;
import io.millrace.language.expression.RowExpression;
import io.millrace.language.plan.RankNode;
import io.millrace.language.plan.Ranking;
import io.millrace.language.rewrite.PlanRewriter;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What QUALIFY says of rankings: the greatest places that are wanted, and what else there is to
 * check.
 *
 * @param rest the conditions that the bounds do not say already, all of which must hold
 */
record RankBounds(List<RankNode.Bound> bounds, List<RowExpression> rest) {

  /**
   * Takes a condition apart.
   *
   * @param rankings by the number of the column that stands for it
   */
  static RankBounds of(Optional<RowExpression> qualify, Map<Integer, Ranking> rankings) {
    RankBounds bounds = new RankBounds(new ArrayList<>(), new ArrayList<>());
    qualify.ifPresent(condition -> bounds.take(condition, rankings));
    return bounds;
  }

  private void take(RowExpression condition, Map<Integer, Ranking> rankings) {
    if (condition instanceof Logical logical && logical.isAnd()) {
      logical.operands().forEach(operand -> take(operand, rankings));
    } else if (!(condition instanceof Comparison comparison && isBound(comparison, rankings))) {
      rest.add(condition);
    }
  }

  /** Takes a comparison with a constant; whether it says no more than the bound does. */
  private boolean isBound(Comparison comparison, Map<Integer, Ranking> rankings) {
    Optional<Ranking> left = ranking(comparison.left(), rankings);
    Optional<Ranking> ranking = left.or(() -> ranking(comparison.right(), rankings));
    RowExpression other = left.isPresent() ? comparison.right() : comparison.left();
    if (ranking.isEmpty()
        || !(PlanRewriter.rewrite(other) instanceof Constant constant)
        || !(constant.value() instanceof Long limit)
        || !Coercion.isInteger(constant.type())) {
      return false;
    }
    ComparisonOperator operator =
        left.isPresent() ? comparison.operator() : comparison.operator().flipped();
    switch (operator) {
      case LESS_OR_EQUAL -> add(ranking.get(), limit);
      case LESS -> add(ranking.get(), limit == Long.MIN_VALUE ? limit : limit - 1);
      case EQUAL -> {
        add(ranking.get(), limit);
        return limit <= 1;
      }
      default -> {
        return false;
      }
    }
    return true;
  }

  private void add(Ranking ranking, long most) {
    bounds.add(new RankNode.Bound(ranking, Math.max(0, most)));
  }

  private static Optional<Ranking> ranking(
      RowExpression expression, Map<Integer, Ranking> rankings) {
    return expression instanceof ColumnReference column
        ? Optional.ofNullable(rankings.get(column.index()))
        : Optional.empty();
  }

  /** Whether only the first row of each partition is wanted. */
  boolean wantsFirstOnly() {
    return bounds.stream()
        .anyMatch(bound -> bound.ranking() == Ranking.ROW_NUMBER && bound.most() <= 1);
  }
}
