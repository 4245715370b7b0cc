package io.millrace.conformance.reference;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import org.jspecify.annotations.Nullable;

/**
 * Aggregates over the rows of windows that close and take rows back: all rows that are there are
 * kept, and counted anew at each change.
 *
 * @param byPane whether they are grouped by PANE, which changes from row to row; else by k
 * @param intoTable whether the result is a table, which also says that a group has gone
 */
record RetractionReader(RevisedWindows query, boolean byPane, boolean intoTable)
    implements ReferenceQuery {
  static RetractionReader random(String kind, Condition where, Summary summary, Random random) {
    RevisedWindows query = RevisedWindows.random(kind, where, summary, random);
    return new RetractionReader(query.retracting(), random.nextBoolean(), random.nextBoolean());
  }

  @Override
  public String sql() {
    String key = byPane ? "p" : "k";
    return query.sql().replace("CREATE STREAM O AS", "CREATE STREAM C AS")
        + (intoTable ? " CREATE TABLE" : " CREATE STREAM")
        + " O AS SELECT "
        + key
        + ", count(*) AS n, sum(r) AS s, max(r) AS m FROM C WHERE r % 3 <> 1 GROUP BY "
        + key
        + ";";
  }

  @Override
  public List<ResultRow> results(List<InputRow> history, long slack) {
    List<ResultRow> there = new ArrayList<>();
    Map<@Nullable Object, Long> times = new HashMap<>();
    GatheredChanges gathered = new GatheredChanges(intoTable);
    for (List<ResultRow> changes : query.moments(history, slack).moments()) {
      for (int i = 0; i < changes.size(); i++) {
        ResultRow row = changes.get(i);
        String kind = String.valueOf(fromEnd(row, 1));
        boolean takes = kind.equals("-U") || kind.equals("-D");
        ResultRow before = takes && passes(row) ? row : null;
        ResultRow after = kind.equals("-U") ? changes.get(++i) : takes ? null : row;
        after = after != null && passes(after) ? after : null;
        if (before != null) {
          takeBack(before, there);
          if (after == null || !Objects.equals(key(before), key(after))) {
            change(before, there, times, gathered);
          }
        }
        if (after != null) {
          there.add(after);
          change(after, there, times, gathered);
        }
      }
      gathered.end();
    }
    return gathered.sent();
  }

  /** The row is known by all of its columns but its kind. */
  private static void takeBack(ResultRow row, List<ResultRow> there) {
    for (int i = 0; i < there.size(); i++) {
      if (withoutKind(there.get(i)).equals(withoutKind(row))) {
        there.remove(i);
        return;
      }
    }
    throw new AssertionError("not there: " + row);
  }

  private static List<@Nullable Object> withoutKind(ResultRow row) {
    return row.values().subList(0, row.values().size() - 1);
  }

  private void change(
      ResultRow cause,
      List<ResultRow> there,
      Map<@Nullable Object, Long> times,
      GatheredChanges gathered) {
    Object key = key(cause);
    List<Long> revisions =
        there.stream()
            .filter(row -> Objects.equals(key(row), key))
            .map(RetractionReader::revision)
            .toList();
    long greatest = times.merge(key, cause.time(), Math::max);
    if (revisions.isEmpty()) {
      times.remove(key);
      gathered.change(key, greatest, null);
      return;
    }
    List<@Nullable Object> values = new ArrayList<>();
    values.add(key);
    values.add((long) revisions.size());
    values.add(revisions.stream().mapToLong(Long::longValue).sum());
    values.add(revisions.stream().mapToLong(Long::longValue).max().orElseThrow());
    gathered.change(key, greatest, values);
  }

  private @Nullable Object key(ResultRow row) {
    return byPane ? fromEnd(row, 3) : row.values().get(0);
  }

  private static boolean passes(ResultRow row) {
    return revision(row) % 3 != 1;
  }

  private static long revision(ResultRow row) {
    return ((Number) Objects.requireNonNull(fromEnd(row, 2))).longValue();
  }

  private static @Nullable Object fromEnd(ResultRow row, int place) {
    return row.values().get(row.values().size() - place);
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
