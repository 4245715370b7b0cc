package io.millrace.language.rewrite;

import io.millrace.language.expression.Case;
import io.millrace.language.expression.Coalesce;
import io.millrace.language.expression.Comparison;
import io.millrace.language.expression.ComparisonOperator;
import io.millrace.language.expression.Constant;
import io.millrace.language.expression.InList;
import io.millrace.language.expression.RowExpression;
import java.util.ArrayList;
import java.util.List;

/**
 * Drops branches that are never taken.
 *
 * <pre>
 * CASE WHEN FALSE THEN a WHEN TRUE THEN b ELSE c END   =>  b
 * coalesce(NULL, a, 5, b)                              =>  coalesce(a, 5)
 * a IN (1)                                             =>  a = 1
 * </pre>
 *
 * <p>Only branches that were never evaluated go, so that what may fail still does.
 */
final class SimplifyConditions implements ExpressionRule {
  @Override
  public RowExpression apply(RowExpression expression) {
    if (expression instanceof Case branches) {
      return simplify(branches);
    }
    if (expression instanceof Coalesce coalesce) {
      return simplify(coalesce);
    }
    return expression instanceof InList in && in.options().size() == 1
        ? new Comparison(ComparisonOperator.EQUAL, in.value(), in.options().get(0))
        : expression;
  }

  private static RowExpression simplify(Case branches) {
    List<Case.When> kept = new ArrayList<>();
    RowExpression otherwise = branches.otherwise();
    for (Case.When when : branches.whens()) {
      if (when.condition().equals(Constant.TRUE)) {
        otherwise = when.result();
        break;
      }
      if (!(when.condition() instanceof Constant)) {
        kept.add(when);
      }
    }
    if (kept.isEmpty()) {
      return otherwise;
    }
    return kept.size() == branches.whens().size() && otherwise == branches.otherwise()
        ? branches
        : new Case(kept, otherwise);
  }

  private static RowExpression simplify(Coalesce coalesce) {
    List<RowExpression> kept = new ArrayList<>();
    for (RowExpression value : coalesce.values()) {
      if (value instanceof Constant constant) {
        if (!constant.isNull()) {
          kept.add(value);
          break;
        }
      } else {
        kept.add(value);
      }
    }
    if (kept.isEmpty()) {
      return Constant.nullOf(coalesce.type());
    }
    if (kept.size() == 1) {
      return kept.get(0);
    }
    return kept.size() == coalesce.values().size() ? coalesce : new Coalesce(kept);
  }
}
