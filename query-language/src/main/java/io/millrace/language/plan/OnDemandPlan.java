package io.millrace.language.plan;

import io.millrace.language.expression.Constant;
import io.millrace.spi.types.Field;
import io.millrace.spi.types.Schema;
import java.util.List;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/**
 * A query that a table answers at once with what it holds now. Its rows are read by key or all of
 * them, go through {@code root}, are sorted, cut, and shown with their first {@code visible}
 * columns.
 *
 * @param table the table
 * @param key the value of every key column, in the order of the table's key, if the query asks for
 *     one row only; empty to read all rows. The condition is in {@code root} as well
 * @param slice which buckets are read, if the table is an aggregation; else null
 * @param root what is done with the rows: over a scan of the table, whose rows count as events
 * @param visible how many columns of {@code root} are shown; those behind them are sorted by
 * @param order what the result is sorted by, most important first; empty for the order of reading
 * @param offset how many rows are left out in front
 * @param limit how many rows are shown at most
 */
public record OnDemandPlan(
    StreamDeclaration table,
    List<Constant> key,
    @Nullable RollupSlice slice,
    PlanNode root,
    int visible,
    List<SortColumn> order,
    long offset,
    OptionalLong limit) {
  public OnDemandPlan {
    key = List.copyOf(key);
    order = List.copyOf(order);
  }

  /** The columns that are shown. */
  public Schema schema() {
    List<Field> fields = root.schema().fields();
    return new Schema(fields.subList(0, visible));
  }
}
