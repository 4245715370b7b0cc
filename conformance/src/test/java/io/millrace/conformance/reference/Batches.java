package io.millrace.conformance.reference;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Batches by number, or by time from the first event of each k. */
final class Batches {
  private Batches() {}

  private static List<InputRow> taken(
      List<InputRow> history, long slack, Condition where, Summary summary) {
    List<InputRow> ordered = slack < 0 ? history : ReferenceQuery.sorted(history, slack);
    return ordered.stream()
        .filter(row -> ReferenceQuery.passes(where, row, summary::evaluate))
        .toList();
  }

  /** Groups come in the order of their first events, by time, then by arrival. */
  private static Map<@Nullable String, List<InputRow>> groups(List<InputRow> rows) {
    List<InputRow> sorted = new ArrayList<>(rows);
    sorted.sort(Comparator.comparingLong(InputRow::ts));
    Map<@Nullable String, List<InputRow>> groups = new LinkedHashMap<>();
    sorted.forEach(row -> groups.computeIfAbsent(row.k(), k -> new ArrayList<>()).add(row));
    return groups;
  }

  /** LENGTH_BATCH, of all k or of each: aggregates go by arrival. */
  record ByLength(Condition where, Summary summary, int length, boolean partitioned)
      implements ReferenceQuery {
    @Override
    public String sql() {
      return "CREATE STREAM O AS SELECT k, "
          + summary.sql()
          + " FROM S WINDOW LENGTH_BATCH ("
          + length
          + ") WHERE "
          + where.sql()
          + (partitioned ? " PARTITION BY k;" : " GROUP BY k;");
    }

    @Override
    public List<ResultRow> results(List<InputRow> history, long slack) {
      return emissions(history, slack).stream().flatMap(List::stream).toList();
    }

    @Override
    public List<List<ResultRow>> emissions(List<InputRow> history, long slack) {
      List<List<ResultRow>> emissions = new ArrayList<>();
      Map<@Nullable String, List<InputRow>> batches = new HashMap<>();
      for (InputRow row : taken(history, slack)) {
        List<InputRow> batch = batches.computeIfAbsent(partition(row.k()), k -> new ArrayList<>());
        batch.add(row);
        if (batch.size() == length) {
          List<ResultRow> rows = new ArrayList<>();
          for (String k : groups(batch).keySet()) {
            List<InputRow> group = batch.stream().filter(r -> Objects.equals(r.k(), k)).toList();
            rows.add(new ResultRow(row.ts(), ReferenceQuery.listOf(k, summary.inOrder(group))));
          }
          emissions.add(rows);
          batch.clear();
        }
      }
      return emissions;
    }

    /** The rows that enter batches, in their order. */
    List<InputRow> taken(List<InputRow> history, long slack) {
      return Batches.taken(history, slack, where, summary);
    }

    /** What tells the batch of a k from others. */
    @Nullable String partition(@Nullable String k) {
      return partitioned ? k : "";
    }

    /** EMIT CHANGES DISTINCT: each row sends its group, if that is not what it was in its batch. */
    List<ResultRow> changes(List<InputRow> history, long slack) {
      List<ResultRow> sent = new ArrayList<>();
      Map<@Nullable String, List<InputRow>> batches = new HashMap<>();
      Map<@Nullable String, Map<@Nullable String, List<@Nullable Object>>> last = new HashMap<>();
      for (InputRow row : taken(history, slack)) {
        String partition = partition(row.k());
        List<InputRow> batch = batches.computeIfAbsent(partition, k -> new ArrayList<>());
        batch.add(row);
        List<InputRow> group = batch.stream().filter(r -> Objects.equals(r.k(), row.k())).toList();
        List<@Nullable Object> values = ReferenceQuery.listOf(row.k(), summary.inOrder(group));
        if (!values.equals(
            last.computeIfAbsent(partition, k -> new HashMap<>()).put(row.k(), values))) {
          sent.add(new ResultRow(row.ts(), values));
        }
        if (batch.size() == length) {
          batches.remove(partition);
          last.remove(partition);
        }
      }
      return sent;
    }

    @Override
    public boolean mayDropLateRows(long slack) {
      return slack >= 0;
    }

    @Override
    public boolean succeeds(InputRow row) {
      return ReferenceQuery.succeeds(where, row, summary::evaluate);
    }
  }

  /** TIME_BATCH of each k, on streams in order. */
  record ByTime(Condition where, Summary summary, long size) implements ReferenceQuery {
    @Override
    public String sql() {
      return "CREATE STREAM O AS SELECT k, "
          + summary.sql()
          + ", WINDOW_START AS ws FROM S WINDOW TIME_BATCH ("
          + size
          + " MS) WHERE "
          + where.sql()
          + " PARTITION BY k;";
    }

    @Override
    public List<ResultRow> results(List<InputRow> history, long slack) {
      Map<@Nullable String, Long> grids = new HashMap<>();
      TreeMap<Long, List<InputRow>> batches = new TreeMap<>();
      for (InputRow row : taken(history, slack, where, summary)) {
        long first = grids.computeIfAbsent(row.k(), k -> row.ts());
        long start = first + Math.floorDiv(row.ts() - first, size) * size;
        batches.computeIfAbsent(start, s -> new ArrayList<>()).add(row);
      }
      List<ResultRow> rows = new ArrayList<>();
      batches.forEach(
          (start, batch) ->
              groups(batch)
                  .forEach(
                      (k, group) -> {
                        List<@Nullable Object> values =
                            new ArrayList<>(ReferenceQuery.listOf(k, summary.of(group)));
                        values.add(Instant.ofEpochMilli(start));
                        rows.add(new ResultRow(start + size - 1, values));
                      }));
      return rows;
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
}
