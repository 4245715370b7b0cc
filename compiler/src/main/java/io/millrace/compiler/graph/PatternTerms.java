package io.millrace.compiler.graph;

import io.millrace.language.expression.Cast;
import io.millrace.language.expression.ColumnReference;
import io.millrace.language.expression.Comparison;
import io.millrace.language.expression.ComparisonOperator;
import io.millrace.language.expression.Constant;
import io.millrace.language.expression.ExpressionRebuilder;
import io.millrace.language.expression.Logical;
import io.millrace.language.expression.RowExpression;
import io.millrace.language.plan.PatternNode;
import io.millrace.language.plan.PatternVariable;
import io.millrace.spi.types.DataType;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * The condition of a variable in three parts: what is known of an event alone, what of it equals
 * something that is kept of others, by which attempts are found, and the rest. What may fail stays
 * behind what stands before it, which may be its guard.
 */
final class PatternTerms {
  /** The types whose values are equal if what they are held in is. */
  private static final Set<DataType> COMPARED =
      Set.of(
          DataType.BIGINT,
          DataType.INT,
          DataType.STRING,
          DataType.BOOLEAN,
          DataType.TIMESTAMP,
          DataType.DATE);

  /** The types whose order is that of what they are held in. */
  private static final Set<DataType> ORDERED =
      Set.of(DataType.BIGINT, DataType.INT, DataType.DOUBLE, DataType.TIMESTAMP, DataType.DATE);

  private final PatternNode node;
  private final int width;
  private final List<RowExpression> ofEvent = new ArrayList<>();
  private final List<Equality> equalities = new ArrayList<>();
  private final List<RowExpression> others = new ArrayList<>();
  private @Nullable Limit limit;

  /**
   * An equality.
   *
   * @param event over the columns of an event, never fails
   * @param kept which of all that is kept
   */
  record Equality(RowExpression event, int kept) {}

  /**
   * A comparison of a column of an event with what is kept.
   *
   * @param column of the input
   * @param bound over all that is kept
   * @param reads the variables of which the bound reads what is kept
   */
  record Limit(int column, ComparisonOperator operator, RowExpression bound, List<Integer> reads) {}

  PatternTerms(PatternNode node, PatternVariable variable) {
    this.node = node;
    this.width = node.input().schema().size();
    ofEvent.add(
        new Comparison(
            ComparisonOperator.EQUAL,
            new ColumnReference(0, DataType.BIGINT, node.input().schema().name(0)),
            new Constant((long) variable.stream(), DataType.BIGINT)));
    RowExpression condition = variable.condition();
    if (condition != null) {
      add(condition);
    }
  }

  /** What must hold of an event by itself: that it is of the right stream, at least. */
  RowExpression ofEvent() {
    return and(ofEvent);
  }

  List<Equality> equalities() {
    return equalities;
  }

  /**
   * What else must hold; null if nothing.
   *
   * @param eventColumns how many columns an event has in front of what is kept
   */
  @Nullable RowExpression rest(int eventColumns) {
    return others.isEmpty() ? null : keptFrom(and(others), eventColumns);
  }

  private RowExpression keptFrom(RowExpression expression, int first) {
    return ExpressionRebuilder.topDown(
        expression,
        e ->
            e instanceof ColumnReference column && column.index() >= width
                ? new ColumnReference(column.index() - width + first, column.type(), column.name())
                : null);
  }

  /** What an event must be beyond or below, at least, to fulfil {@link #rest}; null if nothing. */
  @Nullable Limit limit() {
    return limit;
  }

  /** The variables of which {@link #rest} reads what is kept. */
  List<Integer> reads() {
    Set<Integer> variables = new TreeSet<>();
    others.forEach(term -> collect(term, variables));
    return List.copyOf(variables);
  }

  /** The columns of an event that {@link #rest} reads. */
  List<Integer> columns() {
    Set<Integer> columns = new TreeSet<>();
    others.forEach(term -> collectColumns(term, columns));
    return List.copyOf(columns);
  }

  private void collectColumns(RowExpression expression, Set<Integer> columns) {
    if (expression instanceof ColumnReference column && column.index() < width) {
      columns.add(column.index());
    }
    expression.operands().forEach(operand -> collectColumns(operand, columns));
  }

  /** Of which variable something is kept. */
  int variableOf(int kept) {
    int variable = 0;
    int left = kept;
    while (left >= node.variables().get(variable).kept().size()) {
      left -= node.variables().get(variable).kept().size();
      variable++;
    }
    return variable;
  }

  private void collect(RowExpression expression, Set<Integer> variables) {
    if (expression instanceof ColumnReference column && column.index() >= width) {
      variables.add(variableOf(column.index() - width));
    }
    expression.operands().forEach(operand -> collect(operand, variables));
  }

  private static RowExpression and(List<RowExpression> terms) {
    return terms.size() == 1 ? terms.get(0) : new Logical(true, terms);
  }

  private void add(RowExpression term) {
    if (term instanceof Logical logical && logical.isAnd()) {
      logical.terms().forEach(this::add);
    } else if (isOfEvent(term)
        && term.isDeterministic()
        && (!term.canFail() || (equalities.isEmpty() && others.isEmpty()))) {
      ofEvent.add(term);
    } else if (!isEquality(term)) {
      if (limit == null && others.stream().noneMatch(RowExpression::canFail)) {
        limit = findLimit(term);
      }
      others.add(term);
    }
  }

  /** A term that is asked before any that may fail says no alone. */
  private @Nullable Limit findLimit(RowExpression term) {
    if (!(term instanceof Comparison comparison)
        || !ORDERED.contains(comparison.left().type())
        || !comparison.left().type().equals(comparison.right().type())) {
      return null;
    }
    return switch (comparison.operator()) {
      case LESS -> limit(comparison, ComparisonOperator.LESS, ComparisonOperator.GREATER);
      case LESS_OR_EQUAL ->
          limit(comparison, ComparisonOperator.LESS_OR_EQUAL, ComparisonOperator.GREATER_OR_EQUAL);
      case GREATER -> limit(comparison, ComparisonOperator.GREATER, ComparisonOperator.LESS);
      case GREATER_OR_EQUAL ->
          limit(comparison, ComparisonOperator.GREATER_OR_EQUAL, ComparisonOperator.LESS_OR_EQUAL);
      default -> null;
    };
  }

  private @Nullable Limit limit(
      Comparison comparison, ComparisonOperator same, ComparisonOperator turned) {
    RowExpression left = comparison.left();
    RowExpression right = comparison.right();
    if (isColumnOfEvent(left) && isOfKept(right)) {
      return limit(((ColumnReference) left).index(), same, right);
    }
    return isColumnOfEvent(right) && isOfKept(left)
        ? limit(((ColumnReference) right).index(), turned, left)
        : null;
  }

  private Limit limit(int column, ComparisonOperator operator, RowExpression bound) {
    Set<Integer> variables = new TreeSet<>();
    collect(bound, variables);
    return new Limit(column, operator, keptFrom(bound, 0), List.copyOf(variables));
  }

  private boolean isColumnOfEvent(RowExpression expression) {
    return expression instanceof ColumnReference column && column.index() < width;
  }

  private boolean isOfKept(RowExpression expression) {
    if (expression.operands().isEmpty()) {
      return expression instanceof Constant
          || (expression instanceof ColumnReference column && column.index() >= width);
    }
    return expression.isDeterministic() && expression.operands().stream().allMatch(this::isOfKept);
  }

  private boolean isEquality(RowExpression term) {
    return term instanceof Comparison equality
        && equality.operator() == ComparisonOperator.EQUAL
        && (addEquality(equality.left(), equality.right())
            || addEquality(equality.right(), equality.left()));
  }

  private boolean addEquality(RowExpression event, RowExpression other) {
    Optional<ColumnReference> kept = column(other);
    if (kept.isEmpty()
        || kept.get().index() < width
        || !isOfEvent(event)
        || event.canFail()
        || !event.isDeterministic()
        || event instanceof Constant
        || !COMPARED.contains(kept.get().type())
        || !COMPARED.contains(event.type())) {
      return false;
    }
    equalities.add(new Equality(event, kept.get().index() - width));
    return true;
  }

  /** The column that an expression is, be it as a BIGINT in place of an INT. */
  private static Optional<ColumnReference> column(RowExpression expression) {
    if (expression instanceof Cast cast
        && cast.widens()
        && cast.type().equals(DataType.BIGINT)
        && cast.operand().type().equals(DataType.INT)) {
      return column(cast.operand());
    }
    return expression instanceof ColumnReference column ? Optional.of(column) : Optional.empty();
  }

  private boolean isOfEvent(RowExpression expression) {
    if (expression instanceof ColumnReference column) {
      return column.index() < width;
    }
    return expression.operands().stream().allMatch(this::isOfEvent);
  }
}
