package io.millrace.language.analysis;

import io.millrace.language.expression.ColumnReference;
import io.millrace.language.plan.KeyColumns;
import io.millrace.language.plan.KeyedChanges;
import io.millrace.language.plan.NamedExpression;
import io.millrace.language.plan.PlanNode;
import io.millrace.language.plan.ProjectNode;
import io.millrace.language.plan.WindowBounds;
import io.millrace.spi.error.Span;
import io.millrace.spi.types.Field;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A query with its plan.
 *
 * @param spans where each column of its result is computed
 * @param partition the columns of the result by which it is re-keyed; empty without PARTITION BY
 * @param isOpen whether its columns are not all known, because of an error that has been reported
 * @param showsReplaced whether the table that it feeds sends what its rows replace before them
 * @param late its rows, of which late ones may go where those of its source go
 */
record AnalyzedQuery(
    PlanNode plan,
    List<Span> spans,
    Optional<List<Integer>> partition,
    boolean isOpen,
    boolean showsReplaced,
    LateRoutes late) {
  AnalyzedQuery {
    spans = List.copyOf(spans);
  }

  AnalyzedQuery(
      PlanNode plan, List<Span> spans, Optional<List<Integer>> partition, boolean isOpen) {
    this(plan, spans, partition, isOpen, false, LateRoutes.none(plan));
  }

  /** The query into a table that sends what its rows replace before them. */
  AnalyzedQuery showingReplaced() {
    return new AnalyzedQuery(plan, spans, partition, isOpen, true, late);
  }

  /** The query, whose late rows go somewhere. */
  AnalyzedQuery withLate(LateRoutes routes) {
    return new AnalyzedQuery(plan, spans, partition, isOpen, showsReplaced, routes);
  }

  /** The query with another plan of the same columns. */
  AnalyzedQuery withPlan(PlanNode other) {
    return new AnalyzedQuery(other, spans, partition, isOpen);
  }

  /**
   * The first columns of another plan, which has this one's columns.
   *
   * @param visible how many
   */
  AnalyzedQuery first(int visible, PlanNode other) {
    if (visible == other.schema().size()) {
      return new AnalyzedQuery(other, spans, partition, isOpen);
    }
    List<NamedExpression> columns = new ArrayList<>();
    for (int i = 0; i < visible; i++) {
      Field field = other.schema().field(i);
      columns.add(
          new NamedExpression(field.name(), new ColumnReference(i, field.type(), field.name())));
    }
    return new AnalyzedQuery(
        new ProjectNode(other, columns),
        spans.subList(0, visible),
        partition.map(all -> all.stream().filter(column -> column < visible).toList()),
        isOpen);
  }

  /**
   * The query of a table, which has start and end of its windows where they are part of its key and
   * not selected: behind its own columns. What else of the key is not selected stays away.
   */
  AnalyzedQuery withBoundsOfKey() {
    KeyedChanges keyed = KeyedChanges.of(plan);
    int selected = plan.schema().size();
    boolean isMissing = keyed.keys().stream().anyMatch(key -> key >= selected);
    boolean areBounds =
        keyed.keys().stream()
            .filter(key -> key >= selected)
            .allMatch(key -> WindowBounds.isOne(keyed.plan(), key));
    if (!isMissing || !areBounds || partition.isPresent()) {
      return this;
    }
    List<Span> all = new ArrayList<>(spans);
    keyed.keys().stream().filter(key -> key >= selected).forEach(key -> all.add(spans.get(0)));
    return new AnalyzedQuery(keyed.plan(), all, partition, isOpen, showsReplaced, late);
  }

  /** The query as a source of another one. */
  AnalyzedRelation asRelation(@Nullable String name) {
    if (isOpen) {
      return AnalyzedRelation.open(name);
    }
    List<Field> fields = plan.schema().fields();
    return AnalyzedRelation.of(late.plan(), List.of(Scope.source(name, fields, fields.size())))
        .withLate(late.rows());
  }

  /** The columns of its result that are its key, as far as they are selected. */
  KeyColumns key(boolean isTable) {
    return partition
        .map(columns -> new KeyColumns(columns, true))
        .orElseGet(() -> KeyColumns.of(plan, isTable));
  }
}
