package io.millrace.language.analysis;

import io.millrace.language.ast.EmitClause;
import io.millrace.language.ast.EmitMode;
import io.millrace.language.ast.OrderClause;
import io.millrace.language.plan.EventsNode;
import io.millrace.language.plan.PlanNode;
import io.millrace.language.plan.WindowSpec;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Makes queries of streams that are told by how a result changes: as if they went into a table. */
final class ResultChanges {
  private final AnalysisContext context;
  private final Reporter reporter;
  private final SelectAnalyzer.Input input;
  private final SelectAnalyzer.Keys keys;
  private final Purpose purpose;

  ResultChanges(
      AnalysisContext context,
      SelectAnalyzer.Input input,
      SelectAnalyzer.Keys keys,
      Purpose purpose) {
    this.context = context;
    this.reporter = context.reporter();
    this.input = input;
    this.keys = keys;
    this.purpose = purpose;
  }

  private SelectAnalyzer of(Purpose other) {
    return new SelectAnalyzer(context, input, keys, other);
  }

  /** SELECT DISTINCT of what a sliding window gives with each row that enters or leaves. */
  AnalyzedQuery begun(Parts parts, @Nullable OrderClause order, @Nullable EmitClause emit) {
    int before = reporter.errorCount();
    int visible = parts.columns().size();
    List<ResultColumn> columns = new ArrayList<>(parts.columns());
    List<Integer> partition =
        ResultColumn.places(keys.partition(), columns, "partition_", parts.select().span());
    Parts rows = parts.with(columns).withSelect(DistinctGroups.withoutDistinct(parts.select()));
    boolean areGroups = parts.isGrouped();
    if (areGroups) {
      new EmissionAnalyzer(reporter).choose(emit, input.window(), false);
    } else if (emit != null) {
      DistinctGroups.check(reporter, emit, input.window(), false);
    }
    AnalyzedQuery changes =
        of(Purpose.CHANGES).plan(rows, areGroups ? null : BegunRows.contents(parts.select()));
    if (reporter.errorCount() > before || input.isFaulty() || input.scope().isOpen()) {
      return changes.first(visible, changes.plan());
    }
    PlanNode begun =
        areGroups
            ? BegunRows.ofGroups(changes.plan(), visible, partition, BegunRows.cause(emit))
            : BegunRows.ofRows(changes.plan(), visible, partition);
    if (order != null) {
      of(purpose).sortColumns(parts, order.items(), columns);
      new EmissionOrder(reporter, order).check(begun);
    }
    return changes.first(visible, begun);
  }

  /**
   * Leaves out the elements that a group has had at their places. What has gone there is forgotten.
   */
  AnalyzedQuery changedElements(Parts parts, @Nullable OrderClause order, EmitClause emit) {
    int before = reporter.errorCount();
    boolean isOfBatches = parts.grouping().window() instanceof WindowSpec.LengthBatch;
    EmitClause all = new EmitClause(new EmitMode.Changes(false), isOfBatches, emit.span());
    Purpose below = isOfBatches ? purpose : Purpose.CHANGES;
    AnalyzedQuery query = of(below).plan(parts, all);
    if (reporter.errorCount() > before || input.isFaulty() || input.scope().isOpen()) {
      return query;
    }
    PlanNode changed =
        new EventsNode(
            isOfBatches
                ? ChangedRowsAnalyzer.changedPairs(query.plan())
                : new ChangedRowsAnalyzer(parts.grouping(), emit).changedEach(query.plan()));
    if (order != null) {
      of(purpose).sortColumns(parts, order.items(), new ArrayList<>(parts.columns()));
      new EmissionOrder(reporter, order).check(changed);
    }
    return query.first(parts.columns().size(), changed);
  }
}
