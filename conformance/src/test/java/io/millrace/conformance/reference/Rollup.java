package io.millrace.conformance.reference;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Groups by k and a, by k, and of all, without a window: a row changes one group of each set. */
record Rollup(Condition where, Summary summary) implements ReferenceQuery {
  /** For each set what GROUPING says: the bits of the keys that it does not have. */
  private static final long[] MISSING = {0, 1, 3};

  @Override
  public String sql() {
    return "CREATE STREAM O AS SELECT k, a, GROUPING(k, a) AS missing, "
        + summary.sql()
        + " FROM S WHERE "
        + where.sql()
        + " GROUP BY ROLLUP (k, a);";
  }

  @Override
  public List<ResultRow> results(List<InputRow> history, long slack) {
    List<ResultRow> rows = new ArrayList<>();
    Map<List<@Nullable Object>, List<InputRow>> groups = new LinkedHashMap<>();
    for (InputRow row : history) {
      if (ReferenceQuery.passes(where, row, summary::evaluate)) {
        for (long missing : MISSING) {
          List<@Nullable Object> key =
              Arrays.asList(missing == 3 ? null : row.k(), missing == 0 ? row.a() : null, missing);
          List<InputRow> group = groups.computeIfAbsent(key, k -> new ArrayList<>());
          group.add(row);
          List<@Nullable Object> values = new ArrayList<>(key);
          values.addAll(summary.of(group));
          long time = group.stream().mapToLong(InputRow::ts).max().orElseThrow();
          rows.add(new ResultRow(time, values));
        }
      }
    }
    return rows;
  }

  @Override
  public boolean mayDropLateRows(long slack) {
    return false;
  }

  @Override
  public boolean succeeds(InputRow row) {
    return ReferenceQuery.succeeds(where, row, summary::evaluate);
  }
}
