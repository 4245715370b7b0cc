package io.millrace.conformance.reference;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * EMIT CHANGES and ON EXPIRY of TIME with groups by k: rows that leave, several of one moment
 * together, then the row that comes.
 *
 * @param size milliseconds
 * @param onArrival whether rows that come send their groups, too
 */
record SlidingChanges(Condition where, Summary summary, long size, boolean onArrival)
    implements ReferenceQuery {

  @Override
  public String sql() {
    return "CREATE STREAM O AS SELECT k, "
        + summary.sql()
        + " FROM S WINDOW TIME ("
        + size
        + " MS) WHERE "
        + where.sql()
        + " GROUP BY k EMIT "
        + (onArrival ? "CHANGES;" : "ON EXPIRY;");
  }

  @Override
  public List<ResultRow> results(List<InputRow> history, long slack) {
    List<ResultRow> rows = new ArrayList<>();
    List<InputRow> window = new ArrayList<>();
    long now = Long.MIN_VALUE / 2;
    for (InputRow row : slack < 0 ? history : ReferenceQuery.sorted(history, slack)) {
      now = Math.max(now, row.ts());
      expire(now, window, rows);
      if (row.ts() > now - size && ReferenceQuery.passes(where, row, summary::evaluate)) {
        window.add(row);
        if (onArrival) {
          send(row.ts(), row.k(), window, rows);
        }
      }
    }
    expire(Long.MAX_VALUE, window, rows);
    return rows;
  }

  private void expire(long now, List<InputRow> window, List<ResultRow> rows) {
    while (!window.isEmpty()) {
      long first = window.stream().mapToLong(InputRow::ts).min().orElseThrow();
      if (first + size > now) {
        return;
      }
      List<InputRow> left = window.stream().filter(row -> row.ts() == first).toList();
      window.removeAll(left);
      left.stream()
          .map(row -> row.k() == null ? "" : row.k())
          .distinct()
          .forEach(k -> send(first + size, k.isEmpty() ? null : k, window, rows));
    }
  }

  private void send(long time, @Nullable String k, List<InputRow> window, List<ResultRow> rows) {
    List<InputRow> group = window.stream().filter(row -> Objects.equals(row.k(), k)).toList();
    if (!group.isEmpty()) {
      rows.add(new ResultRow(time, ReferenceQuery.listOf(k, summary.of(group))));
    }
  }

  @Override
  public boolean mayDropLateRows(long slack) {
    return true;
  }

  @Override
  public boolean succeeds(InputRow row) {
    return ReferenceQuery.succeeds(where, row, summary::evaluate);
  }
}
