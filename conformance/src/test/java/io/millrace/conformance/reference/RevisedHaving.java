package io.millrace.conformance.reference;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** HAVING over what windows that close send of their revisions, by the number of the revision. */
record RevisedHaving(RevisedWindows query) implements ReferenceQuery {
  @Override
  public String sql() {
    return query
        .sql()
        .replaceFirst("( PARTITION BY k)? EMIT ", " HAVING REVISION % 3 <> 1$1 EMIT ");
  }

  @Override
  public List<ResultRow> results(List<InputRow> history, long slack) {
    List<ResultRow> all = query.results(history, slack);
    List<ResultRow> rows = new ArrayList<>();
    for (int i = 0; i < all.size(); i++) {
      ResultRow row = all.get(i);
      if (query.retracts() && kind(row).equals("-U")) {
        ResultRow next = all.get(++i);
        if (passes(row)) {
          rows.add(passes(next) ? row : as("-D", row));
        }
        if (passes(next)) {
          rows.add(passes(row) ? next : as("+I", next));
        }
      } else if (passes(row)) {
        rows.add(row);
      }
    }
    return rows;
  }

  private boolean passes(ResultRow row) {
    int fromEnd = query.retracts() ? 2 : 1;
    Object revision = row.values().get(row.values().size() - fromEnd);
    return revision instanceof Long number && number % 3 != 1;
  }

  private static String kind(ResultRow row) {
    return String.valueOf(row.values().get(row.values().size() - 1));
  }

  private static ResultRow as(String kind, ResultRow row) {
    List<@Nullable Object> values = new ArrayList<>(row.values());
    values.set(values.size() - 1, kind);
    return new ResultRow(row.time(), values);
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
