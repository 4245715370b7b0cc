package io.millrace.conformance.reference;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * SELECT DISTINCT of what groups of windows that close have been, in a table: a row of values is
 * there from its first group on, and each further window that has it is a change of it.
 *
 * @param query of windows that send each group once
 */
record DistinctTable(ReferenceQuery query) implements ReferenceQuery {
  @Override
  public String sql() {
    return query
        .sql()
        .replaceFirst("SELECT k, ", "SELECT DISTINCT ")
        .replaceFirst("CREATE STREAM O", "CREATE TABLE O");
  }

  @Override
  public List<ResultRow> results(List<InputRow> history, long slack) {
    Map<List<@Nullable Object>, Long> times = new HashMap<>();
    GatheredChanges gathered = new GatheredChanges(true);
    for (List<ResultRow> together : query.emissions(history, slack)) {
      for (ResultRow row : together) {
        List<@Nullable Object> values = row.values().subList(1, row.values().size());
        gathered.change(values, times.merge(values, row.time(), Math::max), values);
      }
      gathered.end();
    }
    return gathered.sent();
  }

  @Override
  public boolean mayDropLateRows(long slack) {
    return query.mayDropLateRows(slack);
  }

  @Override
  public boolean succeeds(InputRow row) {
    return query.succeeds(row);
  }
}
