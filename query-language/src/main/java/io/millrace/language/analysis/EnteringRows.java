package io.millrace.language.analysis;

import io.millrace.language.plan.AggregateNode;
import io.millrace.language.plan.Emission;
import io.millrace.language.plan.NamedExpression;
import io.millrace.language.plan.NewestByKeyNode;
import io.millrace.language.plan.PlanNode;
import io.millrace.language.plan.ProjectNode;
import io.millrace.spi.types.Schema;
import java.util.List;
import java.util.Optional;

/**
 * Makes queries of the rows that enter or leave a window: an aggregation that has no aggregates,
 * and takes the columns of the select list from the row.
 */
final class EnteringRows {
  private final Reporter reporter;
  private final SelectAnalyzer.Input input;
  private final SelectAnalyzer.Keys keys;
  private final Parts parts;

  EnteringRows(
      Reporter reporter, SelectAnalyzer.Input input, SelectAnalyzer.Keys keys, Parts parts) {
    this.reporter = reporter;
    this.input = input;
    this.keys = keys;
    this.parts = parts;
  }

  /**
   * The rows.
   *
   * @param partition the columns of the result that tell partitions apart
   */
  PlanNode plan(Emission emission, Purpose purpose, Optional<List<Integer>> partition) {
    List<NamedExpression> partitionKeys = GroupingSets.named(keys.partition(), 0);
    if (emission != Emission.CONTENTS && purpose == Purpose.TABLE && !input.isFaulty()) {
      new TableKeyCheck(reporter, input.window(), parts.select().span()).checkEntering(null);
    }
    ExplodedRows exploded = new ExplodedRows(parts);
    if (emission == Emission.CONTENTS && !parts.explosions().isEmpty()) {
      reportElements();
    }
    List<NamedExpression> columns = exploded.kept();
    Schema schema = parts.grouping().schema(partitionKeys, columns);
    AggregateNode rows =
        new AggregateNode(
            input.plan(),
            input.window(),
            partitionKeys,
            List.of(),
            List.of(),
            columns,
            emission,
            schema);
    PlanNode wanted = input.above().map(filter -> filter.overRows(rows)).orElse(rows);
    PlanNode selected =
        exploded.over(
            new ProjectNode(wanted, NamedExpression.columnsFrom(schema, partitionKeys.size())));
    return emission == Emission.CONTENTS
        ? NewestByKeyNode.over(selected, partition, input.window())
        : selected;
  }

  private void reportElements() {
    reporter.error(
        "missing-key",
        parts.explosions().span(),
        parts.tableKey().isEmpty()
            ? "the number of an element is part of the key of a table, and EXPLODE does not give it"
            : "elements of the rows of a window from which rows leave have no key in a table, nor by"
                + " its PRIMARY KEY",
        "let EXPLODE be in a query of FROM, below the window: FROM (SELECT EXPLODE(…) …) WINDOW …;"
            + " or use SELECT DISTINCT or GROUP BY, which make tables of elements");
  }
}
