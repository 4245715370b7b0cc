package io.millrace.language.analysis;

import io.millrace.language.ast.EmitClause;
import io.millrace.language.ast.EmitMode;
import io.millrace.language.ast.Select;
import io.millrace.language.expression.ColumnReference;
import io.millrace.language.expression.Comparison;
import io.millrace.language.expression.ComparisonOperator;
import io.millrace.language.expression.Constant;
import io.millrace.language.expression.RowExpression;
import io.millrace.language.plan.AggregateCall;
import io.millrace.language.plan.AggregateFunction;
import io.millrace.language.plan.Emission;
import io.millrace.language.plan.WindowSpec;
import io.millrace.spi.types.DataType;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * SELECT DISTINCT as groups by all columns, where rows of values come and go: in a window, which
 * has each of them once, at ticks, over and into tables, at the end of the inputs. Where a table is
 * made of the rows of other groups, or its changes are sent, it groups these once more.
 */
final class DistinctGroups {
  private DistinctGroups() {}

  /**
   * Whether rows of values go again or are sent again, so that it is not enough to know which have
   * been there.
   *
   * @param ofTable whether a table is read or made
   */
  static boolean areNeeded(WindowSpec window, @Nullable EmitClause emit, boolean ofTable) {
    return ofTable
        || !(window instanceof WindowSpec.Unbounded)
        || (emit != null && emit.mode() instanceof EmitMode.Final);
  }

  /** The query without DISTINCT. */
  static Select withoutDistinct(Select select) {
    return new Select(
        false,
        select.items(),
        select.from(),
        select.where(),
        select.groupBy(),
        select.having(),
        select.qualify(),
        select.span());
  }

  /** The select list alone, without DISTINCT. */
  static Select withoutClauses(Select select) {
    return new Select(
        false, select.items(), select.from(), null, List.of(), null, null, select.span());
  }

  /** The columns by which it groups: all but those of the window, which has each group once. */
  static GroupingSets keys(List<ResultColumn> columns) {
    return GroupingSets.of(
        columns.stream()
            .map(ResultColumn::expression)
            .filter(expression -> !isOfWindow(expression))
            .distinct()
            .toList());
  }

  private static boolean isOfWindow(RowExpression expression) {
    return expression instanceof ColumnReference column
        ? Grouping.isMarked(column)
        : expression.operands().stream().anyMatch(DistinctGroups::isOfWindow);
  }

  /**
   * What a group must fulfil so that its row is sent once in its window, where it would be sent
   * with each event: in one that closes it has sent nothing yet, in a sliding one it has just
   * begun.
   */
  static Optional<RowExpression> condition(
      Grouping grouping, @Nullable EmitClause emit, boolean intoTable) {
    WindowSpec window = grouping.window();
    if (intoTable) {
      return Optional.empty();
    }
    if (window instanceof WindowSpec.Revised) {
      return grouping.findPseudoColumn(Grouping.REVISION).map(revision -> is(revision, 0));
    }
    boolean changes = emit != null && emit.mode() instanceof EmitMode.Changes;
    boolean sendsEach =
        (window.isSliding() && window.usualEmission() == Emission.EACH_ROW)
            || (window instanceof WindowSpec.LengthBatch && changes);
    return sendsEach ? Optional.of(is(grouping.add(count()), 1)) : Optional.empty();
  }

  private static AggregateCall count() {
    return new AggregateCall(
        "", AggregateFunction.COUNT, List.of(), false, false, null, DataType.BIGINT);
  }

  private static RowExpression is(RowExpression number, long value) {
    return new Comparison(ComparisonOperator.EQUAL, number, new Constant(value, DataType.BIGINT));
  }

  /**
   * Reports what has no meaning for rows of values.
   *
   * @param ofTable whether they are a table's, or those of changes that take others back
   */
  static void check(Reporter reporter, EmitClause emit, WindowSpec window, boolean ofTable) {
    EmitMode mode = emit.mode();
    boolean sendsLeaving = mode instanceof EmitMode.OnExpiry || mode instanceof EmitMode.Changes;
    if (window.isSliding() && sendsLeaving && !ofTable) {
      reporter.error(
          "bad-emit",
          emit.span(),
          "SELECT DISTINCT sends a row of values when a window begins to have it, none when rows"
              + " leave",
          "send them with EMIT ON ARRIVAL, or those that go, too, with EMIT CHANGES WITH RETRACTIONS");
    }
    boolean isOfBatches =
        window instanceof WindowSpec.LengthBatch && mode instanceof EmitMode.Changes;
    if ((window instanceof WindowSpec.Revised || isOfBatches) && emit.isWithRetractions()) {
      reporter.error(
          "bad-emit",
          emit.span(),
          "SELECT DISTINCT sends each row of values once in its window and takes none back",
          "leave out WITH RETRACTIONS");
    }
  }
}
