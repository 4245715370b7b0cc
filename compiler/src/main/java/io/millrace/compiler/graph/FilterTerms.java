package io.millrace.compiler.graph;

import io.millrace.language.expression.ColumnReference;
import io.millrace.language.expression.Comparison;
import io.millrace.language.expression.ComparisonOperator;
import io.millrace.language.expression.Constant;
import io.millrace.language.expression.Logical;
import io.millrace.language.expression.RowExpression;
import io.millrace.operators.filter.FilterTerm;
import io.millrace.spi.types.DataType;
import io.millrace.spi.types.Layout;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Finds the comparison by which a filter can be indexed: an equality if there is one, else one of
 * order.
 */
final class FilterTerms {
  private FilterTerms() {}

  static @Nullable FilterTerm find(RowExpression predicate) {
    if (predicate.canFail() || !predicate.isDeterministic()) {
      return null;
    }
    List<RowExpression> terms =
        predicate instanceof Logical logical && logical.isAnd()
            ? logical.terms()
            : List.of(predicate);
    FilterTerm best = null;
    for (RowExpression term : terms) {
      FilterTerm found = term instanceof Comparison comparison ? of(comparison) : null;
      if (found != null
          && (best == null
              || (found.relation() == FilterTerm.Relation.EQUAL
                  && best.relation() != found.relation()))) {
        best = found;
      }
    }
    return best;
  }

  private static @Nullable FilterTerm of(Comparison comparison) {
    if (comparison.left() instanceof ColumnReference column
        && comparison.right() instanceof Constant constant) {
      return of(column, comparison.operator(), constant);
    }
    if (comparison.right() instanceof ColumnReference column
        && comparison.left() instanceof Constant constant) {
      return of(column, comparison.operator().flipped(), constant);
    }
    return null;
  }

  private static @Nullable FilterTerm of(
      ColumnReference column, ComparisonOperator operator, Constant constant) {
    Object value = constant.value();
    boolean isOrdered = column.type().layout() == Layout.LONG || column.type() == DataType.DOUBLE;
    if (value == null || !column.type().equals(constant.type())) {
      return null;
    }
    if (value instanceof Double number) {
      value = number + 0.0;
    }
    return switch (operator) {
      case EQUAL ->
          column.type() == DataType.DOUBLE
              ? null
              : new FilterTerm(column.index(), FilterTerm.Relation.EQUAL, value);
      case LESS ->
          isOrdered ? new FilterTerm(column.index(), FilterTerm.Relation.LESS, value) : null;
      case LESS_OR_EQUAL ->
          isOrdered
              ? new FilterTerm(column.index(), FilterTerm.Relation.LESS_OR_EQUAL, value)
              : null;
      case GREATER ->
          isOrdered ? new FilterTerm(column.index(), FilterTerm.Relation.GREATER, value) : null;
      case GREATER_OR_EQUAL ->
          isOrdered
              ? new FilterTerm(column.index(), FilterTerm.Relation.GREATER_OR_EQUAL, value)
              : null;
      default -> null;
    };
  }
}
