package io.millrace.conformance.reference;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** SELECT DISTINCT of what a query gives without its key: once in each emission. */
record DistinctEmissions(ReferenceQuery query) implements ReferenceQuery {
  private static final String SELECT = "SELECT k, ";

  DistinctEmissions {
    if (!query.sql().contains(SELECT)) {
      throw new IllegalArgumentException("a query without its key: " + query.sql());
    }
  }

  @Override
  public String sql() {
    return query.sql().replaceFirst(SELECT, "SELECT DISTINCT ");
  }

  @Override
  public List<ResultRow> results(List<InputRow> history, long slack) {
    List<ResultRow> rows = new ArrayList<>();
    emissions(history, slack).forEach(rows::addAll);
    return rows;
  }

  @Override
  public List<List<ResultRow>> emissions(List<InputRow> history, long slack) {
    List<List<ResultRow>> emissions = new ArrayList<>();
    for (List<ResultRow> emission : query.emissions(history, slack)) {
      Set<List<@Nullable Object>> seen = new LinkedHashSet<>();
      List<ResultRow> rows = new ArrayList<>();
      for (ResultRow row : emission) {
        List<@Nullable Object> values = row.values().subList(1, row.values().size());
        if (seen.add(values)) {
          rows.add(new ResultRow(row.time(), values));
        }
      }
      emissions.add(rows);
    }
    return emissions;
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
