package io.millrace.compiler.graph;

import io.millrace.compiler.expression.PredicateCompiler;
import io.millrace.language.expression.ColumnReference;
import io.millrace.language.expression.Comparison;
import io.millrace.language.expression.ComparisonOperator;
import io.millrace.language.expression.Constant;
import io.millrace.language.expression.InList;
import io.millrace.language.expression.Logical;
import io.millrace.language.expression.RowExpression;
import io.millrace.operators.filter.FilterTerm;
import io.millrace.operators.filter.FilterTerm.Between;
import io.millrace.operators.filter.FilterTerm.OneOf;
import io.millrace.operators.values.DoubleMath;
import io.millrace.spi.types.DataType;
import io.millrace.spi.types.Layout;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Finds the conditions by which a filter can be indexed: comparisons of a column with constants
 * among the terms of its AND.
 *
 * <p>AND is evaluated from left to right until a term is false. So a row for which a term is false
 * needs no evaluation if no term before it can fail; what stands behind it is never reached. Where
 * it is NULL, what stands behind it is evaluated and may fail. Hence only terms before the first
 * one that can fail are taken, and if there is one, rows with NULL go to the filter all the same.
 */
final class FilterTerms {
  private final Map<Integer, Found> values = new LinkedHashMap<>();
  private final Map<Integer, Found> ranges = new LinkedHashMap<>();

  /** A condition on a column and the number of terms that it stands for. */
  private record Found(FilterTerm.Condition condition, int terms) {}

  private FilterTerms() {}

  /** The terms of a condition, those of equality first; empty if it has none. */
  static List<FilterTerm> find(RowExpression predicate) {
    if (!predicate.isDeterministic()) {
      return List.of();
    }
    List<RowExpression> all = conjuncts(predicate);
    FilterTerms found = new FilterTerms();
    int safe = 0;
    while (safe < all.size() && !PredicateCompiler.canFail(all.get(safe))) {
      found.add(all.get(safe++));
    }
    List<FilterTerm> terms = new ArrayList<>();
    boolean takesNulls = safe < all.size();
    for (Map<Integer, Found> kind : List.of(found.values, found.ranges)) {
      kind.forEach(
          (column, one) ->
              terms.add(
                  new FilterTerm(column, one.condition(), takesNulls, one.terms() == all.size())));
    }
    return terms;
  }

  private static List<RowExpression> conjuncts(RowExpression predicate) {
    if (!(predicate instanceof Logical logical && logical.isAnd())) {
      return List.of(predicate);
    }
    List<RowExpression> terms = new ArrayList<>();
    logical.terms().forEach(term -> terms.addAll(conjuncts(term)));
    return terms;
  }

  private void add(RowExpression term) {
    if (term instanceof Comparison comparison) {
      add(comparison);
    } else if (term instanceof InList || term instanceof Logical) {
      Set<Object> options = new HashSet<>();
      ColumnReference column = options(term, options, null);
      if (column != null) {
        values.putIfAbsent(column.index(), new Found(new OneOf(options), 1));
      }
    }
  }

  private void add(Comparison comparison) {
    if (comparison.right() instanceof ColumnReference column
        && comparison.left() instanceof Constant) {
      add(new Comparison(comparison.operator().flipped(), column, comparison.left()));
      return;
    }
    if (!(comparison.left() instanceof ColumnReference column)) {
      return;
    }
    Object value = sortable(column, comparison.right());
    if (value != null && comparison.operator() == ComparisonOperator.EQUAL) {
      values.putIfAbsent(column.index(), new Found(new OneOf(Set.of(value)), 1));
    } else if (value instanceof Long bound) {
      Between range = range(comparison.operator(), bound);
      if (range != null) {
        ranges.merge(column.index(), new Found(range, 1), FilterTerms::both);
      }
    }
  }

  private static Found both(Found one, Found other) {
    return new Found(
        ((Between) one.condition()).and((Between) other.condition()), one.terms() + other.terms());
  }

  private static @Nullable Between range(ComparisonOperator operator, long bound) {
    return switch (operator) {
      case GREATER_OR_EQUAL -> new Between(bound, Long.MAX_VALUE);
      case LESS_OR_EQUAL -> new Between(Long.MIN_VALUE, bound);
      case GREATER -> bound == Long.MAX_VALUE ? null : new Between(bound + 1, Long.MAX_VALUE);
      case LESS -> bound == Long.MIN_VALUE ? null : new Between(Long.MIN_VALUE, bound - 1);
      default -> null;
    };
  }

  /**
   * The column that a term compares with constants for equality, if that is all that it does: an
   * equality, IN, or several of them joined with OR.
   *
   * @param expected the column that it must be; null for any
   */
  private static @Nullable ColumnReference options(
      RowExpression term, Set<Object> options, @Nullable ColumnReference expected) {
    if (term instanceof Logical logical && !logical.isAnd()) {
      ColumnReference column = expected;
      for (RowExpression part : logical.terms()) {
        column = options(part, options, column);
        if (column == null) {
          return null;
        }
      }
      return column;
    }
    RowExpression value = null;
    List<RowExpression> constants = List.of();
    if (term instanceof InList in) {
      value = in.value();
      constants = in.options();
    } else if (term instanceof Comparison equality
        && equality.operator() == ComparisonOperator.EQUAL) {
      boolean isFlipped = equality.left() instanceof Constant;
      value = isFlipped ? equality.right() : equality.left();
      constants = List.of(isFlipped ? equality.left() : equality.right());
    }
    if (!(value instanceof ColumnReference column)
        || (expected != null && expected.index() != column.index())) {
      return null;
    }
    for (RowExpression constant : constants) {
      Object sortable = sortable(column, constant);
      if (sortable == null) {
        return null;
      }
      options.add(sortable);
    }
    return column;
  }

  /** A constant of the column's type as an index has it; null if the two cannot be indexed. */
  private static @Nullable Object sortable(ColumnReference column, RowExpression expression) {
    DataType type = column.type();
    if (!(expression instanceof Constant constant)
        || constant.value() == null
        || !type.equals(constant.type())) {
      return null;
    }
    if (type == DataType.DOUBLE) {
      return DoubleMath.toSortable((Double) constant.value());
    }
    boolean isHashed = type == DataType.STRING || type instanceof DataType.Decimal;
    return type.layout() == Layout.LONG || isHashed ? constant.value() : null;
  }
}
