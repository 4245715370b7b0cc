package io.millrace.language.rewrite;

import io.millrace.language.expression.Comparison;
import io.millrace.language.expression.ComparisonOperator;
import io.millrace.language.expression.Constant;
import io.millrace.language.expression.Logical;
import io.millrace.language.expression.Not;
import io.millrace.language.expression.RowExpression;
import io.millrace.spi.types.DataType;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * Flattens and shortens AND, OR and NOT.
 *
 * <pre>
 * a AND (b AND c)    =>  a AND b AND c
 * a AND TRUE AND a   =>  a
 * a AND FALSE        =>  FALSE
 * NOT (a &lt; b)        =>  a &gt;= b
 * </pre>
 *
 * <p>A condition that may fail stands in front of a FALSE as before: it fails for its rows. One
 * behind it was never evaluated and goes.
 */
final class SimplifyLogic implements ExpressionRule {
  @Override
  public RowExpression apply(RowExpression expression) {
    if (expression instanceof Logical logical) {
      return simplify(logical);
    }
    return expression instanceof Not not ? simplify(not) : expression;
  }

  private static RowExpression simplify(Logical logical) {
    Constant absorbing = logical.isAnd() ? Constant.FALSE : Constant.TRUE;
    Constant neutral = logical.isAnd() ? Constant.TRUE : Constant.FALSE;
    Set<RowExpression> kept = new LinkedHashSet<>();
    List<RowExpression> repeated = new ArrayList<>();
    for (RowExpression term : flatten(logical)) {
      if (term.equals(absorbing)) {
        if (kept.stream().noneMatch(RowExpression::canFail)) {
          return absorbing;
        }
        kept.add(term);
        break;
      }
      if (!term.equals(neutral) && (!kept.add(term) && !term.isDeterministic())) {
        repeated.add(term);
      }
    }
    List<RowExpression> terms = new ArrayList<>(kept);
    if (!repeated.isEmpty() || terms.equals(logical.terms())) {
      return logical;
    }
    if (terms.isEmpty()) {
      return neutral;
    }
    return terms.size() == 1 ? terms.get(0) : new Logical(logical.isAnd(), terms);
  }

  private static List<RowExpression> flatten(Logical logical) {
    List<RowExpression> terms = new ArrayList<>();
    for (RowExpression term : logical.terms()) {
      if (term instanceof Logical nested && nested.isAnd() == logical.isAnd()) {
        terms.addAll(nested.terms());
      } else {
        terms.add(term);
      }
    }
    return terms;
  }

  private static RowExpression simplify(Not not) {
    RowExpression operand = not.operand();
    if (operand instanceof Not inner) {
      return inner.operand();
    }
    if (operand instanceof Constant constant) {
      if (constant.isNull()) {
        return Constant.nullOf(DataType.BOOLEAN);
      }
      return constant.equals(Constant.TRUE) ? Constant.FALSE : Constant.TRUE;
    }
    return operand instanceof Comparison comparison
        ? new Comparison(opposite(comparison.operator()), comparison.left(), comparison.right())
        : not;
  }

  /** Values are in a total order, NaN included, so that every comparison has an opposite. */
  private static ComparisonOperator opposite(ComparisonOperator operator) {
    return switch (operator) {
      case EQUAL -> ComparisonOperator.NOT_EQUAL;
      case NOT_EQUAL -> ComparisonOperator.EQUAL;
      case LESS -> ComparisonOperator.GREATER_OR_EQUAL;
      case LESS_OR_EQUAL -> ComparisonOperator.GREATER;
      case GREATER -> ComparisonOperator.LESS_OR_EQUAL;
      case GREATER_OR_EQUAL -> ComparisonOperator.LESS;
      case DISTINCT -> ComparisonOperator.NOT_DISTINCT;
      case NOT_DISTINCT -> ComparisonOperator.DISTINCT;
    };
  }
}
