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
  /** A row that comes, or goes again. */
  record Change(@Nullable String k, @Nullable Long x, long time, boolean isGone) {}

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
    Map<@Nullable String, List<@Nullable Object>> shown = new HashMap<>();
    List<ResultRow> sent = new ArrayList<>();
    for (Change change : rows.changes(history, slack)) {
      List<@Nullable Long> group = groups.computeIfAbsent(change.k(), k -> new ArrayList<>());
      if (change.isGone()) {
        group.remove(change.x());
      } else {
        group.add(change.x());
      }
      long time = times.merge(change.k(), change.time(), Math::max);
      if (group.isEmpty()) {
        times.remove(change.k());
        List<@Nullable Object> gone =
            new ArrayList<>(Objects.requireNonNull(shown.remove(change.k())));
        gone.add(ResultRow.DELETION);
        sent.add(new ResultRow(time, gone));
      } else {
        List<@Nullable Object> values = values(change.k(), group);
        shown.put(change.k(), values);
        sent.add(new ResultRow(time, values));
      }
    }
    return sent;
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
      return sent.results(history, slack).stream()
          .map(
              row ->
                  new Change(
                      (String) row.values().get(0), (Long) row.values().get(1), row.time(), false))
          .toList();
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
      Map<@Nullable String, List<InputRow>> windows = new HashMap<>();
      long time = Long.MIN_VALUE / 2;
      List<InputRow> rows = slack < 0 ? history : ReferenceQuery.sorted(history, slack);
      for (InputRow row : rows) {
        time = Math.max(time, row.ts());
        expire(rows, time, windows, changes);
        if (ReferenceQuery.passes(where, row, this::evaluate)
            && !contents.at(time, List.of(row)).isEmpty()) {
          String key = partitioned ? row.k() : "";
          List<InputRow> held = windows.getOrDefault(key, List.of());
          List<InputRow> window = contents.after(held, row);
          if (window != null) {
            for (InputRow one : held) {
              if (window.stream().noneMatch(one::isSame)) {
                changes.add(change(one, row.ts(), true));
              }
            }
            if (window.stream().anyMatch(row::isSame)) {
              changes.add(change(row, row.ts(), false));
            }
            windows.put(key, new ArrayList<>(window));
          }
        }
      }
      expire(rows, Long.MAX_VALUE, windows, changes);
      return changes;
    }

    private void expire(
        List<InputRow> rows,
        long now,
        Map<@Nullable String, List<InputRow>> windows,
        List<Change> changes) {
      while (contents.size() > 0) {
        List<InputRow> held = new ArrayList<>();
        windows.values().forEach(held::addAll);
        long first = held.stream().mapToLong(InputRow::ts).min().orElse(Long.MAX_VALUE);
        if (held.isEmpty() || first + contents.size() > now) {
          return;
        }
        for (InputRow row : rows) {
          if (row.ts() == first && held.stream().anyMatch(row::isSame)) {
            changes.add(change(row, first + contents.size(), true));
          }
        }
        windows.values().forEach(window -> window.removeIf(row -> row.ts() == first));
      }
    }

    private Change change(InputRow row, long time, boolean isGone) {
      return new Change(row.k(), term.value(row), time, isGone);
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
