package io.millrace.conformance.reference;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.jspecify.annotations.Nullable;

/** What a query sends, grouped by the first of its aggregates, which is a number of rows. */
record Regrouped(ReferenceQuery query) implements ReferenceQuery {

  /** The aggregates of another summary behind a number of rows. */
  static Summary counting(Summary summary) {
    List<ReferenceAggregate> aggregates = new ArrayList<>(summary.aggregates());
    aggregates.remove(ReferenceAggregate.COUNT);
    aggregates.add(0, ReferenceAggregate.COUNT);
    return new Summary(summary.term(), summary.other(), summary.filter(), aggregates);
  }

  static Regrouped random(Condition where, Summary summary, Random random) {
    Summary counting = counting(summary);
    return new Regrouped(
        switch (random.nextInt(3)) {
          case 0 -> new Grouped(where, counting.withoutWindow());
          case 1 -> ClosingWindows.hopping(where, counting, random);
          default -> new Tumbling(where, counting, 1_000L * (1 + random.nextInt(8)), 0, 0);
        });
  }

  /** The rows of the other query go into a stream M. */
  static String sql(ReferenceQuery query, String window) {
    return query.sql().replace("CREATE STREAM O AS", "CREATE STREAM M AS")
        + " CREATE STREAM O AS SELECT a0 AS g, count(*) AS n, count(k) AS ks FROM M"
        + window
        + " GROUP BY a0;";
  }

  /** The columns of a group. */
  static List<@Nullable Object> values(@Nullable Object key, List<ResultRow> rows) {
    List<@Nullable Object> values = new ArrayList<>();
    values.add(key);
    values.add((long) rows.size());
    values.add(rows.stream().filter(row -> row.values().get(0) != null).count());
    return values;
  }

  @Override
  public String sql() {
    return sql(query, "");
  }

  @Override
  public List<ResultRow> results(List<InputRow> history, long slack) {
    List<ResultRow> results = new ArrayList<>();
    Map<@Nullable Object, List<ResultRow>> groups = new LinkedHashMap<>();
    for (ResultRow row : query.results(history, slack)) {
      Object key = row.values().get(1);
      List<ResultRow> group = groups.computeIfAbsent(key, g -> new ArrayList<>());
      group.add(row);
      long time = group.stream().mapToLong(ResultRow::time).max().orElseThrow();
      results.add(new ResultRow(time, values(key, group)));
    }
    return results;
  }

  @Override
  public boolean mayDropLateRows(long slack) {
    return query.mayDropLateRows(slack);
  }

  @Override
  public boolean succeeds(InputRow row) {
    return query.succeeds(row);
  }

  /** The same in tumbling windows, of a query that sends rows for rows. */
  record InWindows(Grouped query, long size) implements ReferenceQuery {
    static InWindows random(Condition where, Summary summary, Random random) {
      return new InWindows(
          new Grouped(where, counting(summary).withoutWindow()), 500L * (1 + random.nextInt(12)));
    }

    @Override
    public String sql() {
      return Regrouped.sql(query, " WINDOW TUMBLING (" + size + " MS)");
    }

    @Override
    public List<ResultRow> results(List<InputRow> history, long slack) {
      List<ResultRow> results = new ArrayList<>();
      List<ResultRow> open = new ArrayList<>();
      List<ResultRow> all = query.results(history, slack);
      long watermark = Long.MIN_VALUE;
      int sent = 0;
      for (int i = 0; i < history.size(); i++) {
        int now = query.results(history.subList(0, i + 1), slack).size();
        for (; sent < now; sent++) {
          if (end(all.get(sent)) > watermark) {
            open.add(all.get(sent));
          }
        }
        watermark = Math.max(watermark, history.get(i).ts() - Math.max(0, slack));
        close(open, watermark, results);
      }
      close(open, Long.MAX_VALUE, results);
      return results;
    }

    private long end(ResultRow row) {
      return (Math.floorDiv(row.time(), size) + 1) * size;
    }

    /** Groups come in the order of their first rows, by time, then by arrival. */
    private void close(List<ResultRow> open, long watermark, List<ResultRow> results) {
      long[] ends = open.stream().mapToLong(this::end).filter(end -> end <= watermark).toArray();
      for (long end : Arrays.stream(ends).distinct().sorted().toArray()) {
        List<ResultRow> rows =
            open.stream()
                .filter(row -> end(row) == end)
                .sorted(Comparator.comparingLong(ResultRow::time))
                .toList();
        open.removeAll(rows);
        Map<@Nullable Object, List<ResultRow>> groups = new LinkedHashMap<>();
        rows.forEach(
            row -> groups.computeIfAbsent(row.values().get(1), g -> new ArrayList<>()).add(row));
        groups.forEach(
            (key, group) -> results.add(new ResultRow(end - 1, Regrouped.values(key, group))));
      }
    }

    @Override
    public boolean mayDropLateRows(long slack) {
      return true;
    }

    @Override
    public boolean succeeds(InputRow row) {
      return query.succeeds(row);
    }
  }
}
