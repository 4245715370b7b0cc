package io.millrace.conformance.reference;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * Analytic functions: each row with aggregates of rows around it, rankings, and values of rows
 * before and behind it, all found anew among all rows.
 *
 * @param frames of the aggregates
 * @param partitioned whether the other functions look at the rows of each k by themselves
 * @param lag how many rows before the row {@code lag} reads
 * @param lead how many rows behind the row {@code lead} reads; 0 if there is none
 * @param odd whether of each partition the rows of odd numbers are sent only
 */
record AnalyticRows(
    Condition where,
    Summary summary,
    List<Frame> frames,
    boolean partitioned,
    int lag,
    int lead,
    boolean odd)
    implements ReferenceQuery {

  /**
   * A frame.
   *
   * @param start null for all rows from the first on
   */
  record Frame(boolean partitioned, boolean isRows, @Nullable Long start, long end) {
    static Frame random(Random random, boolean partitioned, boolean mayWait) {
      boolean isRows = random.nextBoolean();
      long unit = isRows ? 1 : 700;
      long most = mayWait ? 4 : isRows ? 1 : -1;
      long least = unit * (random.nextInt(6) - 5 + most);
      long end = isRows ? Math.min(least, 0) : least;
      Long start = random.nextInt(3) == 0 ? null : end - unit * random.nextInt(6);
      return random.nextInt(4) == 0
          ? new Frame(partitioned, true, null, 0)
          : new Frame(partitioned, isRows, start, end);
    }

    /** Whether a row comes in before it has been accepted, so that an aggregate may refuse it. */
    boolean endsWithOwnRow() {
      return isRows && end == 0;
    }

    String sql() {
      return over(partitioned)
          + (isRows ? " ROWS" : " RANGE")
          + " BETWEEN "
          + (start == null ? "UNBOUNDED PRECEDING" : bound(start))
          + " AND "
          + bound(end)
          + ")";
    }

    private String bound(long offset) {
      if (offset == 0) {
        return "CURRENT ROW";
      }
      return Math.abs(offset)
          + (isRows ? "" : " MILLISECONDS")
          + (offset < 0 ? " PRECEDING" : " FOLLOWING");
    }

    boolean holds(int place, Timed row, int otherPlace, Timed other) {
      long from = isRows ? place : row.time();
      long at = isRows ? otherPlace : other.time();
      return (start == null || at >= from + start) && at <= from + end;
    }
  }

  /** A row with its time in the order of the query. */
  record Timed(InputRow row, long time) {}

  private static String over(boolean partitioned) {
    return " OVER (" + (partitioned ? "PARTITION BY k " : "") + "ORDER BY ROWTIME";
  }

  static AnalyticRows random(Condition where, Summary summary, Random random) {
    boolean partitioned = random.nextBoolean();
    int lead = random.nextInt(3) == 0 ? 1 + random.nextInt(3) : 0;
    List<Frame> frames = new ArrayList<>();
    for (int i = 1 + random.nextInt(3); i > 0; i--) {
      boolean isOfOwn = lead > 0 || random.nextInt(4) > 0;
      frames.add(Frame.random(random, isOfOwn ? partitioned : random.nextBoolean(), lead == 0));
    }
    boolean isBounded = frames.stream().allMatch(frame -> frame.start() != null);
    Summary possible =
        frames.stream().allMatch(Frame::endsWithOwnRow) ? summary : summary.ofAccepted();
    return new AnalyticRows(
        where,
        isBounded ? possible : possible.withoutWindow(),
        frames,
        partitioned,
        random.nextInt(4),
        lead,
        random.nextInt(4) == 0);
  }

  @Override
  public String sql() {
    String own = over(partitioned) + ")";
    String aggregates =
        frames.stream()
            .flatMap(frame -> summary.calls(frame.sql()).stream())
            .collect(Collectors.joining(", "));
    return "CREATE STREAM O AS SELECT k, "
        + aggregates
        + ", row_number()"
        + own
        + ", rank()"
        + own
        + ", dense_rank()"
        + own
        + ", lag(a, "
        + lag
        + ", -1)"
        + own
        + ", lag(a) IGNORE NULLS"
        + own
        + (lead == 0 ? "" : ", lead(a, " + lead + ")" + own)
        + " FROM S WHERE "
        + where.sql()
        + (odd ? " QUALIFY row_number()" + own + " % 2 = 1" : "")
        + ";";
  }

  @Override
  public List<ResultRow> results(List<InputRow> history, long slack) {
    List<Timed> rows = new ArrayList<>();
    long time = Long.MIN_VALUE / 2;
    for (InputRow row : slack < 0 ? history : ReferenceQuery.sorted(history, slack)) {
      time = Math.max(time, row.ts());
      if (ReferenceQuery.passes(where, row, summary::evaluate)) {
        rows.add(new Timed(row, time));
      }
    }
    long last = history.stream().mapToLong(InputRow::ts).max().orElse(0) - Math.max(0, slack);
    List<ResultRow> results = new ArrayList<>();
    for (Sent sent : sent(rows, last)) {
      List<Integer> own = partition(rows, sent.index(), partitioned);
      int place = own.indexOf(sent.index());
      if (!odd || place % 2 == 0) {
        results.add(new ResultRow(sent.time(), values(rows, sent.index(), own, place)));
      }
    }
    return results;
  }

  private record Sent(int index, long time) {}

  /** Which rows are sent in which order, with which times. */
  private List<Sent> sent(List<Timed> rows, long last) {
    List<Sent> sent = new ArrayList<>();
    if (lead == 0) {
      IntStream.range(0, rows.size()).forEach(i -> sent.add(new Sent(i, rows.get(i).row().ts())));
      return sent;
    }
    Map<@Nullable String, List<Integer>> waiting = new HashMap<>();
    Map<@Nullable String, Long> times = new HashMap<>();
    for (int i = 0; i < rows.size(); i++) {
      String key = partitioned ? rows.get(i).row().k() : "";
      List<Integer> held = waiting.computeIfAbsent(key, k -> new ArrayList<>());
      held.add(i);
      times.put(key, rows.get(i).time());
      if (held.size() > lead) {
        sent.add(new Sent(held.remove(0), rows.get(i).time()));
      }
    }
    List<Sent> left = new ArrayList<>();
    waiting.forEach(
        (key, held) ->
            held.forEach(
                i -> left.add(new Sent(i, Math.max(last, times.getOrDefault(key, last))))));
    left.sort(Comparator.comparingInt(Sent::index));
    sent.addAll(left);
    return sent;
  }

  /**
   * What the query gives for a row.
   *
   * @param own the indexes of the rows of its partition
   * @param place where it is among them
   */
  private List<@Nullable Object> values(List<Timed> rows, int index, List<Integer> own, int place) {
    List<@Nullable Object> values = new ArrayList<>();
    values.add(rows.get(index).row().k());
    for (Frame frame : frames) {
      List<Integer> around = partition(rows, index, frame.partitioned());
      int at = around.indexOf(index);
      values.addAll(
          summary.inOrder(
              IntStream.range(0, around.size())
                  .filter(i -> frame.holds(at, rows.get(index), i, rows.get(around.get(i))))
                  .mapToObj(i -> rows.get(around.get(i)).row())
                  .toList()));
    }
    List<Long> times = own.stream().map(i -> rows.get(i).time()).toList();
    long time = rows.get(index).time();
    values.add(place + 1L);
    values.add(1L + times.stream().filter(other -> other < time).count());
    values.add(times.subList(0, place + 1).stream().distinct().count());
    values.add(place < lag ? (Object) (-1L) : rows.get(own.get(place - lag)).row().a());
    @Nullable Object lastPresent = null;
    for (int i : own.subList(0, place)) {
      lastPresent = rows.get(i).row().a() == null ? lastPresent : rows.get(i).row().a();
    }
    values.add(lastPresent);
    if (lead > 0) {
      values.add(place + lead < own.size() ? rows.get(own.get(place + lead)).row().a() : null);
    }
    return values;
  }

  /** The indexes of the rows of a row's partition. */
  private static List<Integer> partition(List<Timed> rows, int index, boolean partitioned) {
    String k = rows.get(index).row().k();
    return IntStream.range(0, rows.size())
        .filter(i -> !partitioned || Objects.equals(rows.get(i).row().k(), k))
        .boxed()
        .toList();
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
