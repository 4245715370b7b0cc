package io.millrace.language.analysis;

import io.millrace.language.ast.EmitClause;
import io.millrace.language.ast.EmitMode;
import io.millrace.language.ast.Select;
import io.millrace.language.expression.ColumnReference;
import io.millrace.language.expression.RowExpression;
import io.millrace.language.plan.WindowSpec;
import io.millrace.spi.types.Schema;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * SELECT DISTINCT of rows by key that change, as groups by all their columns: a row of values is
 * there while a key has it. What EMIT says is of the rows below where it is about a window, else of
 * the groups above.
 */
final class RegroupedRows {
  private final WindowSpec window;
  private final @Nullable EmitClause emit;

  RegroupedRows(WindowSpec window, @Nullable EmitClause emit) {
    this.window = window;
    this.emit = emit;
  }

  /**
   * Whether rows of values go again. Rows that are sent together are compared within their
   * emission.
   *
   * @param isByKey whether the rows are those of a table, or changes of one
   */
  static boolean areNeeded(WindowSpec window, Parts parts, Purpose purpose, boolean isByKey) {
    return parts.replacesBatches(purpose)
        || (isByKey
            && (window instanceof WindowSpec.Unbounded
                || EmissionAnalyzer.showsWhatLeaves(window)
                || (window.hasBounds() && !(window instanceof WindowSpec.Revised))));
  }

  /** The clause of the rows that are grouped. */
  @Nullable EmitClause below() {
    if (emit == null || window.coversAll() || emit.mode() instanceof EmitMode.RateLimit) {
      return null;
    }
    return emit.mode() instanceof EmitMode.Changes
        ? new EmitClause(new EmitMode.Changes(false), emit.isWithRetractions(), emit.span())
        : emit;
  }

  /** The clause of rows that are no groups: those that a sliding window has come and go. */
  @Nullable EmitClause ofRows(Select rows) {
    return EmissionAnalyzer.showsWhatLeaves(window) ? BegunRows.contents(rows) : below();
  }

  /** The clause of the groups. */
  @Nullable EmitClause above() {
    return emit == null
            || window.coversAll()
            || emit.mode() instanceof EmitMode.Changes
            || emit.mode() instanceof EmitMode.RateLimit
        ? emit
        : null;
  }

  /**
   * Rows and how they are grouped.
   *
   * @param columns those that are selected
   */
  record Groups(
      SelectAnalyzer.Input input,
      SelectAnalyzer.Keys keys,
      Select select,
      List<ResultColumn> columns) {
    /** The select list over the groups. */
    Parts parts() {
      boolean isChangelog = input.plan().isChangelog();
      return new Parts(
          select,
          new Grouping(input.window(), keys.group(), false, isChangelog, isChangelog),
          new Explosions(input.plan().schema().size()),
          new Analytics(),
          columns,
          Optional.empty(),
          Optional.empty(),
          List.of());
    }
  }

  /**
   * The groups of rows by all of their columns.
   *
   * @param visible how many columns in front are selected
   * @param partition the columns of PARTITION BY
   */
  static Groups groups(AnalyzedQuery rows, int visible, List<Integer> partition, Select distinct) {
    Schema schema = rows.plan().schema();
    List<RowExpression> all = new ArrayList<>();
    for (int i = 0; i < schema.size(); i++) {
      all.add(new ColumnReference(i, schema.type(i), schema.name(i)));
    }
    List<ResultColumn> columns = new ArrayList<>();
    for (int i = 0; i < visible; i++) {
      columns.add(new ResultColumn(schema.name(i), all.get(i), rows.spans().get(i)));
    }
    AnalyzedRelation source = rows.asRelation(null);
    return new Groups(
        new SelectAnalyzer.Input(
            source.plan(),
            UnaryOperator.identity(),
            new Scope(source.sources()),
            source.window(),
            Optional.empty(),
            false),
        new SelectAnalyzer.Keys(
            partition.stream().map(all::get).toList(), DistinctGroups.keys(columns)),
        DistinctGroups.withoutClauses(distinct),
        columns);
  }
}
