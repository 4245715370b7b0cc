package io.millrace.conformance.reference;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import org.jspecify.annotations.Nullable;

/**
 * The events of the last time span, looked at at each arrival, or at ticks at which one has come or
 * gone.
 *
 * @param slide between ticks; 0 for arrivals
 * @param lasting whether it also tells what has been, of all events that have ever come into it
 */
record SlidingTime(Condition where, Summary summary, long size, long slide, boolean lasting)
    implements ReferenceQuery {
  static SlidingTime random(Condition where, Summary summary, boolean hasTicks, Random random) {
    long slide = hasTicks ? 250L * (1 + random.nextInt(8)) : 0;
    long size = hasTicks ? slide + 250L * random.nextInt(20) : 500L * (1 + random.nextInt(20));
    return new SlidingTime(where, summary, size, slide, random.nextBoolean());
  }

  @Override
  public String sql() {
    return "CREATE STREAM O AS SELECT k, "
        + summary.sql()
        + (lasting ? ", max_ever(a), ever(b > 0)" : "")
        + " FROM S WINDOW TIME ("
        + size
        + " MS"
        + (slide == 0 ? "" : ", " + slide + " MS")
        + ") WHERE "
        + where.sql()
        + " GROUP BY k;";
  }

  @Override
  public List<ResultRow> results(List<InputRow> history, long slack) {
    return slide == 0 ? arrivals(history, slack) : ticks(history, slack);
  }

  private List<ResultRow> arrivals(List<InputRow> history, long slack) {
    List<ResultRow> rows = new ArrayList<>();
    List<InputRow> window = new ArrayList<>();
    List<InputRow> entered = new ArrayList<>();
    long now = Long.MIN_VALUE / 2;
    for (InputRow row : slack < 0 ? history : ReferenceQuery.sorted(history, slack)) {
      now = Math.max(now, row.ts());
      long gone = now - size;
      window.removeIf(r -> r.ts() <= gone);
      if (row.ts() > gone && ReferenceQuery.passes(where, row, summary::evaluate)) {
        window.add(row);
        entered.add(row);
        List<InputRow> group = window.stream().filter(r -> Objects.equals(r.k(), row.k())).toList();
        rows.add(new ResultRow(row.ts(), values(row.k(), group, entered)));
      }
    }
    return rows;
  }

  /** Ticks come one millisecond late, when the watermark has passed them. */
  private List<ResultRow> ticks(List<InputRow> history, long slack) {
    List<ResultRow> rows = new ArrayList<>();
    List<InputRow> there = new ArrayList<>();
    List<InputRow> entered = new ArrayList<>();
    List<InputRow> before = List.of();
    List<InputRow> ordered = slack < 0 ? history : ReferenceQuery.sorted(history, slack);
    long tick = Long.MIN_VALUE;
    for (int i = 0; i <= ordered.size(); i++) {
      long end = i < ordered.size() ? ordered.get(i).ts() : Long.MAX_VALUE / 2;
      long watermark = slack < 0 ? greatest(ordered, i) : end;
      for (long next : dueTicks(there, tick, watermark)) {
        List<InputRow> window =
            there.stream().filter(r -> r.ts() <= next && r.ts() > next - size).toList();
        if (!window.equals(before)) {
          look(next, window, entered.stream().filter(r -> r.ts() <= next).toList(), rows);
        }
        before = window;
      }
      tick = Math.max(tick, lastTickBefore(watermark));
      if (i < ordered.size()) {
        InputRow row = ordered.get(i);
        if (ReferenceQuery.passes(where, row, summary::evaluate)) {
          there.add(row);
          if (Math.floorDiv(row.ts() + size - 1, slide) * slide > tick) {
            entered.add(row);
          }
        }
      }
    }
    return rows;
  }

  /** Of ticks that the watermark has passed, whether rows were there or not, none comes again. */
  private long lastTickBefore(long watermark) {
    return watermark == Long.MIN_VALUE
        ? Long.MIN_VALUE
        : Math.floorDiv(watermark - 1, slide) * slide;
  }

  private static long greatest(List<InputRow> rows, int count) {
    return count == rows.size()
        ? Long.MAX_VALUE / 2
        : rows.subList(0, count).stream().mapToLong(InputRow::ts).max().orElse(Long.MIN_VALUE);
  }

  /** The ticks behind {@code from} and before {@code watermark} that rows may be seen at. */
  private List<Long> dueTicks(List<InputRow> rows, long from, long watermark) {
    List<Long> ticks = new ArrayList<>();
    long least = rows.stream().mapToLong(InputRow::ts).min().orElse(0);
    long most = rows.stream().mapToLong(InputRow::ts).max().orElse(-1) + size + slide;
    long first = Math.floorDiv(Math.max(least, from), slide) * slide;
    for (long tick = first; tick <= most && tick < watermark; tick += slide) {
      if (tick > from) {
        ticks.add(tick);
      }
    }
    return ticks;
  }

  private void look(
      long tick, List<InputRow> window, List<InputRow> entered, List<ResultRow> rows) {
    List<InputRow> sorted = new ArrayList<>(window);
    sorted.sort(Comparator.comparingLong(InputRow::ts));
    Map<@Nullable String, List<InputRow>> groups = new LinkedHashMap<>();
    sorted.forEach(row -> groups.computeIfAbsent(row.k(), k -> new ArrayList<>()).add(row));
    groups.forEach((k, group) -> rows.add(new ResultRow(tick, values(k, group, entered))));
  }

  /**
   * What is sent of a group.
   *
   * @param entered what has come into the window, of all groups
   */
  private List<@Nullable Object> values(
      @Nullable String k, List<InputRow> group, List<InputRow> entered) {
    List<@Nullable Object> values = new ArrayList<>(ReferenceQuery.listOf(k, summary.of(group)));
    if (lasting) {
      List<InputRow> own = entered.stream().filter(row -> Objects.equals(row.k(), k)).toList();
      List<Long> bs = own.stream().map(InputRow::b).filter(Objects::nonNull).toList();
      values.add(
          own.stream()
              .map(InputRow::a)
              .filter(Objects::nonNull)
              .max(Comparator.naturalOrder())
              .orElse(null));
      values.add(bs.isEmpty() ? null : (Object) bs.stream().anyMatch(b -> b > 0));
    }
    return values;
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
