package io.millrace.language.plan;

import io.millrace.language.expression.RowExpression;
import io.millrace.spi.types.Schema;
import java.time.ZoneId;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What an aggregation keeps, and what those who ask see of it.
 *
 * @param window its buckets
 * @param kept the columns of its groups: keys, aggregates, WINDOW_START, WINDOW_END
 * @param condition which groups are shown, over {@code kept}; null for all
 * @param columns its columns, over {@code kept}
 */
public record Rollup(
    RollupWindow window,
    Schema kept,
    @Nullable RowExpression condition,
    List<NamedExpression> columns) {
  public Rollup {
    columns = List.copyOf(columns);
  }

  Rollup in(ZoneId zone) {
    return new Rollup(window.in(zone), kept, condition, columns);
  }
}
