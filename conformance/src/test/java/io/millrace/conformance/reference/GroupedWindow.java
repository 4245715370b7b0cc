package io.millrace.conformance.reference;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import org.jspecify.annotations.Nullable;

/**
 * A table of groups of a query in FROM that sends the rows of its window: every row counts, and
 * what leaves the window is taken back.
 *
 * @param rows says what comes and goes
 */
record GroupedWindow(Rows rows) implements ReferenceQuery {
  /**
   * A row that comes, or goes again.
   *
   * @param moment what comes and goes at one of them is one change of its groups
   */
  record Change(@Nullable String k, @Nullable Long x, long time, boolean isGone, long moment) {}

  /** The query in FROM, with the columns k and x. */
  interface Rows {
    String sql();

    List<Change> changes(List<InputRow> history, long slack);

    boolean succeeds(InputRow row);
  }

  static GroupedWindow random(String window, Condition where, Term term, Random random) {
    if (!window.equals("sliding")) {
      WindowRows rows = WindowRows.random(window, where, term, random);
      while (rows.sql().contains("LENGTH_BATCH")) { // of which a table has the last batch
        rows = WindowRows.random(window, where, term, random);
      }
      return new GroupedWindow(new Closing(rows));
    }
    List<String> kinds = List.of("time", "length", "unique", "expression", "sorted", "time length");
    String kind = kinds.get(random.nextInt(kinds.size()));
    return new GroupedWindow(
        new Sliding(
            where, term, SlidingRows.Contents.random(kind, term, random), random.nextBoolean()));
  }

  @Override
  public String sql() {
    return "CREATE TABLE O AS SELECT k, count(*) AS n, count(DISTINCT x) AS d, max(x) AS m FROM ("
        + rows.sql()
        + ") GROUP BY k;";
  }

  @Override
  public List<ResultRow> results(List<InputRow> history, long slack) {
    Map<@Nullable String, List<@Nullable Long>> groups = new HashMap<>();
    Map<@Nullable String, Long> times = new HashMap<>();
    GatheredChanges gathered = new GatheredChanges(true);
    long moment = -1;
    for (Change change : rows.changes(history, slack)) {
      if (change.moment() != moment) {
        gathered.end();
        moment = change.moment();
      }
      List<@Nullable Long> group = groups.computeIfAbsent(change.k(), k -> new ArrayList<>());
      if (change.isGone()) {
        group.remove(change.x());
      } else {
        group.add(change.x());
      }
      long time = times.merge(change.k(), change.time(), Math::max);
      if (group.isEmpty()) {
        times.remove(change.k());
      }
      gathered.change(change.k(), time, group.isEmpty() ? null : values(change.k(), group));
    }
    gathered.end();
    return gathered.sent();
  }

  private static List<@Nullable Object> values(@Nullable String k, List<@Nullable Long> group) {
    List<Long> present = new ArrayList<>();
    group.stream().filter(Objects::nonNull).forEach(present::add);
    List<@Nullable Object> values = new ArrayList<>();
    values.add(k);
    values.add((long) group.size());
    values.add(present.stream().distinct().count());
    values.add(present.stream().max(Long::compare).orElse(null));
    return values;
  }

  @Override
  public boolean mayDropLateRows(long slack) {
    return true;
  }

  @Override
  public boolean succeeds(InputRow row) {
    return rows.succeeds(row);
  }

  /** Rows of windows that close, each time one is sent. */
  private record Closing(WindowRows sent) implements Rows {
    @Override
    public String sql() {
      String text = sent.sql();
      return ReferenceQuery.unfinished(text.substring(text.indexOf("SELECT")))
          .replace(" AS a0", " AS x");
    }

    @Override
    public List<Change> changes(List<InputRow> history, long slack) {
      List<Change> changes = new ArrayList<>();
      for (ResultRow row : sent.results(history, slack)) {
        List<@Nullable Object> values = row.values();
        changes.add(
            new Change(
                (String) values.get(0), (Long) values.get(1), row.time(), false, changes.size()));
      }
      return changes;
    }

    @Override
    public boolean succeeds(InputRow row) {
      return sent.succeeds(row);
    }
  }

  /**
   * Rows that a sliding window has.
   *
   * @param partitioned whether each k has a window of its own
   */
  private record Sliding(
      Condition where, Term term, SlidingRows.Contents contents, boolean partitioned)
      implements Rows {
    @Override
    public String sql() {
      return "SELECT k, "
          + term.sql()
          + " AS x FROM S WINDOW "
          + contents.sql()
          + " WHERE "
          + where.sql()
          + (partitioned ? " PARTITION BY k" : "")
          + " EMIT CHANGES";
    }

    @Override
    public List<Change> changes(List<InputRow> history, long slack) {
      List<Change> changes = new ArrayList<>();
      long moment = 0;
      Map<@Nullable String, List<InputRow>> windows = new HashMap<>();
      long time = Long.MIN_VALUE / 2;
      List<InputRow> rows = slack < 0 ? history : ReferenceQuery.sorted(history, slack);
      for (InputRow row : rows) {
        time = Math.max(time, row.ts());
        moment = expire(rows, time, windows, changes, moment);
        if (ReferenceQuery.passes(where, row, this::evaluate)
            && !contents.at(time, List.of(row)).isEmpty()) {
          String key = partitioned ? row.k() : "";
          List<InputRow> held = windows.getOrDefault(key, List.of());
          List<InputRow> window = contents.after(held, row);
          if (window != null) {
            for (InputRow one : held) {
              if (window.stream().noneMatch(one::isSame)) {
                changes.add(change(one, row.ts(), true, moment));
              }
            }
            if (window.stream().anyMatch(row::isSame)) {
              changes.add(change(row, row.ts(), false, moment));
            }
            moment++;
            windows.put(key, new ArrayList<>(window));
          }
        }
      }
      expire(rows, Long.MAX_VALUE, windows, changes, moment);
      return changes;
    }

    /**
     * What leaves up to a time, in moments behind others.
     *
     * @return the moment behind them
     */
    private long expire(
        List<InputRow> rows,
        long now,
        Map<@Nullable String, List<InputRow>> windows,
        List<Change> changes,
        long from) {
      for (long moment = from; ; moment++) {
        List<InputRow> held = new ArrayList<>();
        windows.values().forEach(held::addAll);
        long first = held.stream().mapToLong(InputRow::ts).min().orElse(Long.MAX_VALUE);
        if (contents.size() <= 0 || held.isEmpty() || first + contents.size() > now) {
          return moment;
        }
        for (InputRow row : rows) {
          if (row.ts() == first && held.stream().anyMatch(row::isSame)) {
            changes.add(change(row, first + contents.size(), true, moment));
          }
        }
        windows.values().forEach(window -> window.removeIf(row -> row.ts() == first));
      }
    }

    private Change change(InputRow row, long time, boolean isGone, long moment) {
      return new Change(row.k(), term.value(row), time, isGone, moment);
    }

    private void evaluate(InputRow row) {
      term.value(row);
      contents.evaluate(row);
    }

    @Override
    public boolean succeeds(InputRow row) {
      return ReferenceQuery.succeeds(where, row, this::evaluate);
    }
  }
}
