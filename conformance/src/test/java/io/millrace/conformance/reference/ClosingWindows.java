package io.millrace.conformance.reference;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.function.LongFunction;
import org.jspecify.annotations.Nullable;

/**
 * Windows that overlap and close, all rows of each kept until then.
 *
 * @param clause the window in SQL
 * @param windows all windows that a time is in
 */
record ClosingWindows(
    Condition where, Summary summary, String clause, LongFunction<List<Window>> windows, long grace)
    implements LateRows.Window {

  /** {@code [start, end)}. */
  record Window(long start, long end) implements Comparable<Window> {
    @Override
    public int compareTo(Window other) {
      return end == other.end ? Long.compare(start, other.start) : Long.compare(end, other.end);
    }
  }

  static ClosingWindows hopping(Condition where, Summary summary, Random random) {
    long slide = 500L * (1 + random.nextInt(6));
    long size = slide + 250L * random.nextInt(20);
    long offset = 250L * random.nextInt((int) (slide / 250));
    long grace = 1_500L * random.nextInt(3);
    String clause =
        String.format(
            "HOPPING (%d MS, %d MS, GRACE PERIOD %d MS, OFFSET %d MS)", size, slide, grace, offset);
    return new ClosingWindows(
        where, summary, clause, time -> hopping(time, size, slide, offset), grace);
  }

  static ClosingWindows tumbling(Condition where, Summary summary, Random random) {
    long size = 500L * (1 + random.nextInt(12));
    long grace = 1_500L * random.nextInt(3);
    String clause = String.format("TUMBLING (%d MS, GRACE PERIOD %d MS)", size, grace);
    return new ClosingWindows(where, summary, clause, time -> hopping(time, size, size, 0), grace);
  }

  private static List<Window> hopping(long time, long size, long slide, long offset) {
    List<Window> windows = new ArrayList<>();
    for (long start = time - size + 1; start <= time; start++) {
      if (Math.floorMod(start - offset, slide) == 0) {
        windows.add(new Window(start, start + size));
      }
    }
    return windows;
  }

  static ClosingWindows cumulate(Condition where, Summary summary, Random random) {
    long step = 500L * (1 + random.nextInt(4));
    long max = step * (1 + random.nextInt(6));
    long grace = 1_500L * random.nextInt(3);
    String clause = String.format("CUMULATE (%d MS, %d MS, GRACE PERIOD %d MS)", step, max, grace);
    return new ClosingWindows(where, summary, clause, time -> cumulating(time, step, max), grace);
  }

  private static List<Window> cumulating(long time, long step, long max) {
    long start = Math.floorDiv(time, max) * max;
    List<Window> windows = new ArrayList<>();
    for (long end = start + step; end <= start + max; end += step) {
      if (end > time) {
        windows.add(new Window(start, end));
      }
    }
    return windows;
  }

  @Override
  public String sql() {
    return "CREATE STREAM O AS SELECT k, "
        + summary.sql()
        + ", WINDOW_START AS ws FROM S WINDOW "
        + clause
        + " WHERE "
        + where.sql()
        + " GROUP BY k;";
  }

  @Override
  public List<ResultRow> results(List<InputRow> history, long slack) {
    List<ResultRow> rows = new ArrayList<>();
    TreeMap<Window, List<InputRow>> open = new TreeMap<>();
    long watermark = Long.MIN_VALUE;
    for (InputRow row : history) {
      if (wants(row)) {
        for (Window window : windows.apply(row.ts())) {
          if (window.end() + grace > watermark) {
            open.computeIfAbsent(window, w -> new ArrayList<>()).add(row);
          }
        }
      }
      watermark = Math.max(watermark, row.ts() - Math.max(0, slack));
      while (!open.isEmpty() && open.firstKey().end() + grace <= watermark) {
        close(open.pollFirstEntry(), rows);
      }
    }
    while (!open.isEmpty()) {
      close(open.pollFirstEntry(), rows);
    }
    return rows;
  }

  @Override
  public boolean wants(InputRow row) {
    return ReferenceQuery.passes(where, row, summary::evaluate);
  }

  @Override
  public boolean isOverFor(InputRow row, long watermark) {
    return windows.apply(row.ts()).stream().allMatch(it -> it.end() + grace <= watermark);
  }

  /** Groups come in the order of their first events, by time, then by arrival. */
  private void close(Map.Entry<Window, List<InputRow>> window, List<ResultRow> rows) {
    List<InputRow> sorted = new ArrayList<>(window.getValue());
    sorted.sort(Comparator.comparingLong(InputRow::ts));
    Map<@Nullable String, List<InputRow>> groups = new LinkedHashMap<>();
    sorted.forEach(row -> groups.computeIfAbsent(row.k(), k -> new ArrayList<>()).add(row));
    groups.forEach(
        (k, group) -> {
          List<@Nullable Object> values =
              new ArrayList<>(ReferenceQuery.listOf(k, summary.of(group)));
          values.add(Instant.ofEpochMilli(window.getKey().start()));
          rows.add(new ResultRow(window.getKey().end() - 1, values));
        });
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
