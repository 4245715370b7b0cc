package io.millrace.language.analysis;

import io.millrace.language.ast.EmitClause;
import io.millrace.language.ast.EmitMode;
import io.millrace.language.expression.RowExpression;
import io.millrace.language.plan.DistinctNode;
import io.millrace.language.plan.DistinctScope;
import io.millrace.language.plan.Emission;
import io.millrace.language.plan.PlanNode;
import io.millrace.language.plan.WindowSpec;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * SELECT DISTINCT of the rows that aggregates, OVER and EXPLODE give: it lets each combination of
 * values through once, in a window that sends its rows together in each emission, in one that
 * corrects what it has sent in each window.
 */
final class DistinctResults {
  private final Reporter reporter;
  private final Grouping grouping;
  private final List<RowExpression> partition;
  private final @Nullable EmitClause emit;

  /**
   * @param grouping what the rows are made of
   * @param partition the expressions of PARTITION BY, each of whose keys has rows of its own
   */
  DistinctResults(
      Reporter reporter,
      Grouping grouping,
      List<RowExpression> partition,
      @Nullable EmitClause emit) {
    this.reporter = reporter;
    this.grouping = grouping;
    this.partition = partition;
    this.emit = emit;
  }

  /** What tells rows apart beside what is selected. */
  List<RowExpression> apart() {
    List<RowExpression> apart = new ArrayList<>();
    if (!isOfEverything()) {
      apart.addAll(partition);
    }
    if (isOfWindows()) {
      grouping.findPseudoColumn(Grouping.WINDOW_START).ifPresent(apart::add);
      grouping.findPseudoColumn(Grouping.WINDOW_END).ifPresent(apart::add);
    } else {
      grouping.emission().ifPresent(apart::add);
    }
    return apart;
  }

  /**
   * The rows that are sent.
   *
   * @param columns theirs, those of {@link #apart} among them
   */
  PlanNode over(PlanNode rows, List<ResultColumn> columns) {
    List<RowExpression> values = columns.stream().map(ResultColumn::expression).toList();
    return new DistinctNode(rows, scope(apart().stream().map(values::indexOf).toList(), values));
  }

  private DistinctScope scope(List<Integer> apart, List<RowExpression> values) {
    if (isOfWindows()) {
      return new DistinctScope.OfWindow(grouping.window().graceMillis() + 1);
    }
    if (isOfBatches()) {
      int number = values.indexOf(grouping.emission().orElseThrow());
      return new DistinctScope.OfBatch(
          number, apart.stream().filter(column -> column != number).toList());
    }
    return isOfEmissions() ? new DistinctScope.OfEmission(apart) : new DistinctScope.Everything();
  }

  /** Whether all rows are compared that have ever been. */
  private boolean isOfEverything() {
    return !isOfWindows() && !isOfEmissions() && !isOfBatches();
  }

  /** Whether each row of a batch that is filled sends one. */
  private boolean isOfBatches() {
    return sendsEach() && grouping.window() instanceof WindowSpec.LengthBatch;
  }

  /** Whether windows send more than their last word. */
  private boolean isOfWindows() {
    return grouping.window() instanceof WindowSpec.Revised;
  }

  /** Whether rows are sent together. */
  private boolean isOfEmissions() {
    Emission usual = grouping.window().usualEmission();
    return usual == Emission.LOOKS || (usual == Emission.FINAL && !sendsEach());
  }

  /** Whether a window that could send its rows together sends one with each that enters. */
  private boolean sendsEach() {
    return emit != null && emit.mode() instanceof EmitMode.Changes;
  }

  /** Reports what it is not for; of tables others do. */
  void check(Purpose purpose) {
    if (purpose != Purpose.TABLE && (isOfWindows() || isOfBatches()) && emit != null) {
      DistinctGroups.check(reporter, emit, grouping.window(), false);
    }
  }
}
