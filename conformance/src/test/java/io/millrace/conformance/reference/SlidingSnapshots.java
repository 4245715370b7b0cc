package io.millrace.conformance.reference;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.jspecify.annotations.Nullable;

/**
 * EMIT EVERY in windows that rows enter and leave, of all rows or of each k, with groups by k.
 *
 * @param every milliseconds, or rows
 * @param isTime which of them
 */
record SlidingSnapshots(
    Condition where,
    Summary summary,
    SlidingRows.Contents contents,
    boolean partitioned,
    long every,
    boolean isTime)
    implements ReferenceQuery {
  static SlidingSnapshots random(
      Condition where, Term term, Summary summary, boolean partitioned, Random random) {
    List<String> kinds = List.of("time", "length", "unique", "time length", "expression", "sorted");
    SlidingRows.Contents contents =
        SlidingRows.Contents.random(kinds.get(random.nextInt(kinds.size())), term, random);
    boolean isTime = random.nextBoolean();
    long every = isTime ? 500L * (1 + random.nextInt(12)) : 1 + random.nextInt(5);
    return new SlidingSnapshots(where, summary, contents, partitioned, every, isTime);
  }

  @Override
  public String sql() {
    return "CREATE STREAM O AS SELECT k, "
        + summary.sql()
        + " FROM S WINDOW "
        + contents.sql()
        + " WHERE "
        + where.sql()
        + " GROUP BY k"
        + (partitioned ? " PARTITION BY k" : "")
        + " EMIT EVERY "
        + every
        + (isTime ? " MS;" : " EVENTS;");
  }

  @Override
  public List<ResultRow> results(List<InputRow> history, long slack) {
    List<ResultRow> rows = new ArrayList<>();
    emissions(history, slack).forEach(rows::addAll);
    return rows;
  }

  @Override
  public List<List<ResultRow>> emissions(List<InputRow> history, long slack) {
    return new Run(slack).run(history);
  }

  private void evaluate(InputRow row) {
    summary.evaluate(row);
    contents.evaluate(row);
  }

  /** What one history sends. */
  private final class Run {
    private final long slack;
    private final List<List<ResultRow>> emissions = new ArrayList<>();
    private final Map<@Nullable String, List<InputRow>> windows = new LinkedHashMap<>();
    private final Map<@Nullable String, Integer> counts = new LinkedHashMap<>();

    /** All rows that count, in the order in which they came. */
    private final List<InputRow> taken = new ArrayList<>();

    private final List<InputRow> held = new ArrayList<>();
    private long time = Long.MIN_VALUE / 2;

    /** Before it no tick comes any more. */
    private long next = Long.MIN_VALUE;

    Run(long slack) {
      this.slack = slack;
    }

    List<List<ResultRow>> run(List<InputRow> history) {
      long watermark = Long.MIN_VALUE / 2;
      for (InputRow row : history) {
        if (slack < 0) {
          arrive(row);
        } else if (row.ts() >= watermark) {
          held.add(row);
        }
        watermark = Math.max(watermark, row.ts() - Math.max(0, slack));
        release(watermark);
        tickUpTo(watermark);
      }
      release(Long.MAX_VALUE);
      taken.stream().mapToLong(InputRow::ts).max().ifPresent(last -> tickUpTo(last + every));
      return emissions;
    }

    private void release(long watermark) {
      held.sort(Comparator.comparingLong(InputRow::ts));
      while (!held.isEmpty() && held.get(0).ts() <= watermark) {
        arrive(held.remove(0));
      }
    }

    private void arrive(InputRow row) {
      if (ReferenceQuery.passes(where, row, it -> {})) {
        tickUpTo(row.ts());
      }
      time = Math.max(time, row.ts());
      if (ReferenceQuery.passes(where, row, SlidingSnapshots.this::evaluate)
          && !contents.at(time, List.of(row)).isEmpty()) {
        take(row);
      }
    }

    private void take(InputRow row) {
      taken.add(row);
      String key = partitioned ? row.k() : "";
      List<InputRow> before = contents.at(time, windows.getOrDefault(key, List.of()));
      List<InputRow> window = contents.after(before, row);
      windows.put(key, window == null ? before : window);
      if (!isTime && counts.merge(key, 1, Integer::sum) % every == 0) {
        look(row.ts(), windows.get(key));
      }
    }

    private void tickUpTo(long moment) {
      if (!isTime) {
        return;
      }
      long last = Math.floorDiv(moment, every) * every;
      for (long tick = next; tick <= last && !taken.isEmpty(); tick += every) {
        List<InputRow> all = new ArrayList<>();
        for (List<InputRow> window : windows.values()) {
          all.addAll(contents.at(tick, window));
        }
        all.sort(Comparator.comparingInt(this::placeOf));
        look(tick, all);
      }
      next = Math.max(next, last + every);
    }

    /** Equal rows are told apart. */
    private int placeOf(InputRow row) {
      int place = 0;
      while (!taken.get(place).isSame(row)) {
        place++;
      }
      return place;
    }

    /** Groups come in the order of their first rows, by time, then by arrival. */
    private void look(long time, List<InputRow> window) {
      List<InputRow> sorted = new ArrayList<>(window);
      sorted.sort(Comparator.comparingLong(InputRow::ts));
      Map<@Nullable String, List<InputRow>> groups = new LinkedHashMap<>();
      sorted.forEach(row -> groupOf(groups, row));
      window.forEach(row -> groupOf(groups, row).add(row));
      List<ResultRow> rows = new ArrayList<>();
      groups.forEach(
          (k, group) ->
              rows.add(
                  new ResultRow(
                      time,
                      ReferenceQuery.listOf(
                          k,
                          contents.isByArrival() ? summary.inOrder(group) : summary.of(group)))));
      if (!rows.isEmpty()) {
        emissions.add(rows);
      }
    }

    private static List<InputRow> groupOf(
        Map<@Nullable String, List<InputRow>> groups, InputRow row) {
      return groups.computeIfAbsent(row.k(), k -> new ArrayList<>());
    }
  }

  @Override
  public boolean mayDropLateRows(long slack) {
    return true;
  }

  @Override
  public boolean succeeds(InputRow row) {
    return ReferenceQuery.succeeds(where, row, this::evaluate);
  }
}
