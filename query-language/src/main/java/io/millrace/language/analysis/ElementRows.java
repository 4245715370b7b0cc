package io.millrace.language.analysis;

import io.millrace.language.expression.Comparison;
import io.millrace.language.expression.ComparisonOperator;
import io.millrace.language.expression.Constant;
import io.millrace.language.expression.Logical;
import io.millrace.language.expression.RowExpression;
import io.millrace.language.plan.PlanNode;
import io.millrace.language.plan.ProjectNode;
import io.millrace.language.plan.WindowSpec;
import io.millrace.spi.types.DataType;
import java.util.Optional;

/**
 * A query of a table over a window whose rows are elements, with the rows that had them behind
 * these: what is counted of a batch, or what may be late.
 */
record ElementRows(SelectAnalyzer.Input input, SelectAnalyzer.Keys keys, Parts parts) {

  /** The elements of the rows of a batch, which counts the rows that have them. */
  static ElementRows counted(
      WindowSpec.LengthBatch batch,
      SelectAnalyzer.Input input,
      SelectAnalyzer.Keys keys,
      Parts parts) {
    CountedElements elements = new CountedElements(input.plan(), parts, keys.partition());
    WindowSpec window =
        new WindowSpec.LengthBatch(batch.rows(), batch.numbersRows(), elements.number());
    Grouping grouping = new Grouping(window, keys.group(), false, false, false);
    return of(elements, elements.rows(), input.above(), input, keys, parts, grouping);
  }

  /**
   * The elements of rows that are late for a window by their time alone. The row that had them is
   * late as they are, also where it had none, or they fail. It enters the window, too, and is not
   * wanted there.
   */
  static ElementRows withLate(SelectAnalyzer.Input input, SelectAnalyzer.Keys keys, Parts parts) {
    CountedElements elements = new CountedElements(input.plan(), parts, keys.partition());
    RowExpression isElement =
        new Comparison(
            ComparisonOperator.NOT_EQUAL, elements.number(), new Constant(0L, DataType.BIGINT));
    ProjectNode marked =
        ContentsFilter.mark(
            elements.rows(),
            input.above().map(filter -> Logical.and(isElement, filter.wanted())).orElse(isElement));
    PlanNode rows = LateIntoAnalyzer.ofCopies(input.plan(), marked, elements.number());
    Optional<ContentsFilter> above = Optional.of(ContentsFilter.of(marked));
    return of(elements, rows, above, input, keys, parts, parts.grouping());
  }

  private static ElementRows of(
      CountedElements elements,
      PlanNode rows,
      Optional<ContentsFilter> above,
      SelectAnalyzer.Input input,
      SelectAnalyzer.Keys keys,
      Parts parts,
      Grouping grouping) {
    return new ElementRows(
        new SelectAnalyzer.Input(
            rows, input.lateOver(), input.scope(), grouping.window(), above, input.isFaulty()),
        new SelectAnalyzer.Keys(elements.partition(), keys.group()),
        new Parts(
            parts.select(),
            grouping,
            new Explosions(rows.schema().size()),
            parts.analytics(),
            elements.columns(),
            parts.having(),
            parts.qualify(),
            parts.tableKey()));
  }
}
