package io.millrace.language.analysis;

import io.millrace.language.ast.Relation;
import io.millrace.language.ast.Select;
import io.millrace.language.ast.SelectItem;
import io.millrace.language.expression.RowExpression;
import io.millrace.spi.error.Span;
import java.util.List;
import java.util.Optional;

/** A select list before it is known what its aggregates and columns mean for the plan. */
record Parts(
    Select select,
    Grouping grouping,
    Explosions explosions,
    Analytics analytics,
    List<ResultColumn> columns,
    Optional<RowExpression> having,
    Optional<RowExpression> qualify) {

  Parts with(List<ResultColumn> others) {
    return new Parts(select, grouping, explosions, analytics, others, having, qualify);
  }

  Parts withSelect(Select other) {
    return new Parts(other, grouping, explosions, analytics, columns, having, qualify);
  }

  Parts having(Optional<RowExpression> condition) {
    return new Parts(select, grouping, explosions, analytics, columns, condition, qualify);
  }

  /** Without analytic functions, which its columns do not read either. */
  Parts withoutAnalytics(List<ResultColumn> others) {
    return new Parts(
        select, grouping, explosions, new Analytics(), others, having, Optional.empty());
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

  /** Whether it has no more than columns of rows, and of their window. */
  boolean isPlain() {
    return !isGroupedBy()
        && grouping.isEmpty()
        && analytics.isEmpty()
        && explosions.isEmpty()
        && having.isEmpty()
        && qualify.isEmpty();
  }
}
