package io.millrace.language.analysis;

import io.millrace.language.ast.Relation;
import io.millrace.language.ast.Select;
import io.millrace.language.ast.SelectItem;
import io.millrace.language.expression.RowExpression;
import io.millrace.language.plan.WindowSpec;
import io.millrace.spi.error.Span;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;

/**
 * A select list before it is known what its aggregates and columns mean for the plan.
 *
 * @param tableKey which of the columns are the key that the table declares that it feeds; none if
 *     there is no such table
 */
record Parts(
    Select select,
    Grouping grouping,
    Explosions explosions,
    Analytics analytics,
    List<ResultColumn> columns,
    Optional<RowExpression> having,
    Optional<RowExpression> qualify,
    List<Integer> tableKey) {

  Parts with(List<ResultColumn> others) {
    return new Parts(select, grouping, explosions, analytics, others, having, qualify, tableKey);
  }

  Parts withSelect(Select other) {
    return new Parts(other, grouping, explosions, analytics, columns, having, qualify, tableKey);
  }

  Parts having(Optional<RowExpression> condition) {
    return new Parts(
        select, grouping, explosions, analytics, columns, condition, qualify, tableKey);
  }

  /** Without analytic functions, which its columns do not read either. */
  Parts withoutAnalytics(List<ResultColumn> others) {
    return new Parts(
        select, grouping, explosions, new Analytics(), others, having, Optional.empty(), tableKey);
  }

  boolean hasStar() {
    return select.items().stream().anyMatch(item -> item instanceof SelectItem.Star);
  }

  /** What it reads, for a message. */
  Span fromSpan() {
    Relation from = select.from();
    return from == null ? select.span() : from.span();
  }

  boolean isGroupedBy() {
    return !select.groupBy().isEmpty() || !grouping.keys().isEmpty();
  }

  boolean isGrouped() {
    return isGroupedBy() || !grouping.isEmpty() || grouping.readsBounds();
  }

  /** Whether a batch of so many rows takes the place of the one before. */
  boolean replacesBatches(Purpose purpose) {
    return grouping.window() instanceof WindowSpec.LengthBatch
        && (purpose == Purpose.TABLE || purpose == Purpose.CHANGES)
        && analytics.isEmpty();
  }

  /** Whether it is a table of the elements of rows of which a batch replaces the one before. */
  boolean hasElementsOfBatches(Purpose purpose) {
    return purpose == Purpose.TABLE
        && replacesBatches(purpose)
        && !isGrouped()
        && !explosions.isEmpty();
  }

  /** Instead of DISTINCT: all columns are the key of the table, unless another one is declared. */
  Parts byAllColumns() {
    List<Integer> all =
        tableKey.isEmpty() ? IntStream.range(0, columns.size()).boxed().toList() : tableKey;
    return new Parts(
        DistinctGroups.withoutDistinct(select),
        grouping,
        explosions,
        analytics,
        columns,
        having,
        qualify,
        all);
  }

  /**
   * Whether it has no more than columns of rows, and of their window, which is the same for groups
   * of rows as for all of them.
   */
  boolean isPlain() {
    return !grouping.window().endsByGroup()
        && !isGroupedBy()
        && grouping.isEmpty()
        && analytics.isEmpty()
        && explosions.isEmpty()
        && having.isEmpty()
        && qualify.isEmpty();
  }
}
