package io.millrace.conformance.reference;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * EMIT CHANGES DISTINCT: the rows of another query, without those that are equal to the one before
 * them of their group, which is nowhere over.
 *
 * @param byK whether the query has a group for each k
 */
record ChangedRows(ReferenceQuery query, boolean byK) implements ReferenceQuery {

  static ChangedRows of(ReferenceQuery.Grouped query) {
    return new ChangedRows(query, true);
  }

  static ChangedRows of(ReferenceQuery.Plain query) {
    return new ChangedRows(query, false);
  }

  static ChangedRows of(SlidingRows query) {
    return new ChangedRows(query, query.grouped() || query.partitioned());
  }

  @Override
  public String sql() {
    String text = ReferenceQuery.unfinished(query.sql());
    return text.replace(SlidingRows.CHANGES, "") + " EMIT CHANGES DISTINCT;";
  }

  @Override
  public List<ResultRow> results(List<InputRow> history, long slack) {
    Map<@Nullable Object, List<@Nullable Object>> last = new HashMap<>();
    List<ResultRow> rows = new ArrayList<>();
    for (ResultRow row : query.results(history, slack)) {
      List<@Nullable Object> before = last.put(byK ? row.values().get(0) : "", row.values());
      if (!row.values().equals(before)) {
        rows.add(row);
      }
    }
    return rows;
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
