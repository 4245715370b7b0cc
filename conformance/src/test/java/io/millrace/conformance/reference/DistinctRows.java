package io.millrace.conformance.reference;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** SELECT DISTINCT in windows: each row of values once in each window. */
interface DistinctRows extends ReferenceQuery {
  Condition where();

  Term term();

  static DistinctRows random(String kind, Condition where, Summary summary, Random random) {
    Term term = Term.random(random, 1);
    return switch (kind) {
      case "tumbling" -> new Closing(where, term, ClosingWindows.tumbling(where, summary, random));
      case "hopping" -> new Closing(where, term, ClosingWindows.hopping(where, summary, random));
      default -> new Sliding(where, term, contents(term, random));
    };
  }

  private static SlidingRows.Contents contents(Term term, Random random) {
    int rows = 1 + random.nextInt(6);
    long size = 500L * (1 + random.nextInt(20));
    return switch (random.nextInt(5)) {
      case 0 -> new SlidingRows.Length(rows, 0);
      case 1 -> new SlidingRows.Time(size);
      case 2 -> new SlidingRows.TimeLength(size, rows);
      case 3 -> new SlidingRows.Unique(term, random.nextBoolean());
      default -> new SlidingRows.Sorted(rows, term, random.nextBoolean());
    };
  }

  /** The window in SQL, and what is selected of it. */
  String window();

  String bounds();

  @Override
  default String sql() {
    return "CREATE STREAM O AS SELECT DISTINCT k, "
        + term().sql()
        + " AS x"
        + bounds()
        + " FROM S WINDOW "
        + window()
        + " WHERE "
        + where().sql()
        + ";";
  }

  /** What is selected of a row. */
  default List<@Nullable Object> values(InputRow row) {
    List<@Nullable Object> values = new ArrayList<>();
    values.add(row.k());
    values.add(term().value(row));
    return values;
  }

  /** In windows that close, when they do. */
  record Closing(Condition where, Term term, ClosingWindows like) implements DistinctRows {
    @Override
    public String window() {
      return like.clause();
    }

    @Override
    public String bounds() {
      return ", WINDOW_START AS ws";
    }

    @Override
    public List<ResultRow> results(List<InputRow> history, long slack) {
      List<ResultRow> rows = new ArrayList<>();
      TreeMap<ClosingWindows.Window, List<InputRow>> open = new TreeMap<>();
      long watermark = Long.MIN_VALUE;
      for (InputRow row : history) {
        if (ReferenceQuery.passes(where, row, term::value)) {
          for (ClosingWindows.Window window : like.windows().apply(row.ts())) {
            if (window.end() + like.grace() > watermark) {
              open.computeIfAbsent(window, w -> new ArrayList<>()).add(row);
            }
          }
        }
        watermark = Math.max(watermark, row.ts() - Math.max(0, slack));
        while (!open.isEmpty() && open.firstKey().end() + like.grace() <= watermark) {
          close(open.pollFirstEntry(), rows);
        }
      }
      while (!open.isEmpty()) {
        close(open.pollFirstEntry(), rows);
      }
      return rows;
    }

    private void close(
        Map.Entry<ClosingWindows.Window, List<InputRow>> window, List<ResultRow> rows) {
      List<InputRow> sorted = new ArrayList<>(window.getValue());
      sorted.sort(Comparator.comparingLong(InputRow::ts));
      Set<List<@Nullable Object>> all = new LinkedHashSet<>();
      sorted.forEach(row -> all.add(values(row)));
      for (List<@Nullable Object> values : all) {
        values.add(Instant.ofEpochMilli(window.getKey().start()));
        rows.add(new ResultRow(window.getKey().end() - 1, values));
      }
    }

    @Override
    public boolean mayDropLateRows(long slack) {
      return true;
    }

    @Override
    public boolean succeeds(InputRow row) {
      return ReferenceQuery.succeeds(where, row, term::value);
    }
  }

  /** In sliding windows, when the window begins to have them. */
  record Sliding(Condition where, Term term, SlidingRows.Contents contents)
      implements DistinctRows {
    @Override
    public String window() {
      return contents.sql();
    }

    @Override
    public String bounds() {
      return "";
    }

    @Override
    public List<ResultRow> results(List<InputRow> history, long slack) {
      List<ResultRow> rows = new ArrayList<>();
      List<InputRow> held = List.of();
      long time = Long.MIN_VALUE / 2;
      for (InputRow row : slack < 0 ? history : ReferenceQuery.sorted(history, slack)) {
        time = Math.max(time, row.ts());
        if (!ReferenceQuery.passes(where, row, this::evaluate)
            || contents.at(time, List.of(row)).isEmpty()) {
          continue;
        }
        held = contents.at(time, held);
        List<InputRow> window = contents.after(held, row);
        if (window != null) {
          held = window;
          long equal = window.stream().filter(one -> values(one).equals(values(row))).count();
          if (equal == 1 && window.stream().anyMatch(row::isSame)) {
            rows.add(new ResultRow(row.ts(), values(row)));
          }
        }
      }
      return rows;
    }

    private void evaluate(InputRow row) {
      term.value(row);
      contents.evaluate(row);
    }

    @Override
    public boolean mayDropLateRows(long slack) {
      return slack >= 0;
    }

    @Override
    public boolean succeeds(InputRow row) {
      return ReferenceQuery.succeeds(where, row, this::evaluate);
    }
  }
}
