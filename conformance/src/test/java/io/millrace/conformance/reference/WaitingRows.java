package io.millrace.conformance.reference;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * Analytic functions for which a row waits for rows behind it, in partitions of several kinds. At
 * each moment each row that has not been sent is asked anew whether it has all that it waits for.
 *
 * @param limit how long a row waits for values; 0 for ever
 */
record WaitingRows(Condition where, List<Function> functions, long limit)
    implements ReferenceQuery {
  private static final List<List<String>> PARTITIONS =
      List.of(List.of(), List.of("k"), List.of("b"), List.of("k", "b"));

  /** Stands for what a function has not given yet. */
  private enum Missing {
    YET
  }

  /** What a function gives. */
  private enum Kind {
    LEAD,
    LEAD_VALUE,
    AROUND,
    NUMBER,
    LAG_VALUE
  }

  /**
   * A function.
   *
   * @param partition the columns of its partitions
   * @param rows how many rows, or rows with values, it waits for
   */
  private record Function(Kind kind, List<String> partition, int rows) {
    static Function random(Random random, List<List<String>> partitions) {
      Kind kind = Kind.values()[random.nextInt(Kind.values().length)];
      return new Function(
          kind, partitions.get(random.nextInt(partitions.size())), 1 + random.nextInt(3));
    }

    String sql() {
      String over =
          " OVER ("
              + (partition.isEmpty() ? "" : "PARTITION BY " + String.join(", ", partition) + " ")
              + "ORDER BY ROWTIME";
      return switch (kind) {
        case LEAD -> "lead(b, " + rows + ", -7)" + over + ")";
        case LEAD_VALUE -> "lead(a, " + rows + ") IGNORE NULLS" + over + ")";
        case AROUND -> "count(a)" + over + " ROWS BETWEEN 1 PRECEDING AND " + rows + " FOLLOWING)";
        case NUMBER -> "row_number()" + over + ")";
        case LAG_VALUE -> "lag(a, " + rows + ") IGNORE NULLS" + over + ")";
      };
    }

    /** Whether it has what it waits for. */
    boolean isReady(List<InputRow> own, int place) {
      return switch (kind) {
        case LEAD, AROUND -> place + rows < own.size();
        case LEAD_VALUE -> valuesBehind(own, place).size() >= rows;
        case NUMBER, LAG_VALUE -> true;
      };
    }

    /** What it gives for the row at a place of its partition, of the rows that are there. */
    @Nullable Object value(List<InputRow> own, int place) {
      return switch (kind) {
        case LEAD -> place + rows < own.size() ? own.get(place + rows).b() : Long.valueOf(-7);
        case LEAD_VALUE -> {
          List<Long> values = valuesBehind(own, place);
          yield values.size() < rows ? null : values.get(rows - 1);
        }
        case AROUND ->
            own.subList(Math.max(0, place - 1), Math.min(own.size(), place + rows + 1)).stream()
                .filter(row -> row.a() != null)
                .count();
        case NUMBER -> place + 1L;
        case LAG_VALUE -> {
          List<Long> values = values(own.subList(0, place));
          yield values.size() < rows ? null : values.get(values.size() - rows);
        }
      };
    }

    private static List<Long> valuesBehind(List<InputRow> own, int place) {
      return values(own.subList(place + 1, own.size()));
    }

    private static List<Long> values(List<InputRow> rows) {
      return rows.stream().map(InputRow::a).filter(Objects::nonNull).toList();
    }
  }

  static WaitingRows random(Condition where, Random random) {
    List<List<String>> partitions =
        random.nextBoolean() ? PARTITIONS : PARTITIONS.subList(1, PARTITIONS.size());
    if (random.nextInt(3) == 0) {
      partitions = List.of(partitions.get(random.nextInt(partitions.size())));
    }
    List<Function> functions = new ArrayList<>();
    functions.add(new Function(Kind.LEAD_VALUE, partitions.get(0), 1 + random.nextInt(2)));
    for (int i = random.nextInt(5); i > 0; i--) {
      functions.add(Function.random(random, partitions));
    }
    return new WaitingRows(
        where, functions, random.nextBoolean() ? 0 : 700L * (1 + random.nextInt(12)));
  }

  @Override
  public String sql() {
    return (limit == 0 ? "" : "SET 'state.ttl' = '" + limit + " MS';\n")
        + "CREATE STREAM O AS SELECT k, "
        + functions.stream().map(Function::sql).collect(Collectors.joining(", "))
        + " FROM S WHERE "
        + where.sql()
        + ";";
  }

  /** A row with its time in the order of the query and the watermark that it brings about. */
  private record Arrival(InputRow row, long time, long watermark, boolean isWanted) {}

  @Override
  public List<ResultRow> results(List<InputRow> history, long slack) {
    Play play = new Play();
    List<Arrival> arrivals = arrivals(history, slack);
    for (int i = 0; i < arrivals.size(); i++) {
      Arrival arrival = arrivals.get(i);
      if (arrival.isWanted()) {
        play.add(arrival);
      }
      // Rows that one watermark lets pass come before what it ends.
      if (slack < 0
          || i + 1 == arrivals.size()
          || arrivals.get(i + 1).watermark() != arrival.watermark()) {
        play.reach(arrival.watermark());
      }
    }
    long last = history.stream().mapToLong(InputRow::ts).max().orElse(0) - Math.max(0, slack);
    play.end(last);
    return play.results;
  }

  /**
   * The rows in the order of the query. A row that a watermark lets pass has seen the one before;
   * behind the last watermark all that are left pass.
   */
  private List<Arrival> arrivals(List<InputRow> history, long slack) {
    List<Arrival> arrivals = new ArrayList<>();
    if (slack < 0) {
      long time = Long.MIN_VALUE;
      for (InputRow row : history) {
        time = Math.max(time, row.ts());
        arrivals.add(new Arrival(row, time, time, isWanted(row)));
      }
      return arrivals;
    }
    for (InputRow row : ReferenceQuery.sorted(history, slack)) {
      long watermark = Long.MIN_VALUE;
      for (InputRow other : history) {
        watermark = Math.max(watermark, other.ts() - slack);
        if (watermark >= row.ts()) {
          break;
        }
      }
      arrivals.add(
          new Arrival(
              row, row.ts(), watermark >= row.ts() ? watermark : Long.MAX_VALUE, isWanted(row)));
    }
    // The watermarks that let nothing pass end the waiting of rows, too.
    TreeSet<Long> watermarks = new TreeSet<>();
    history.forEach(row -> watermarks.add(row.ts() - slack));
    List<Arrival> all = new ArrayList<>();
    InputRow none = new InputRow(null, null, null, 0);
    for (Arrival arrival : arrivals) {
      for (long before : List.copyOf(watermarks.headSet(arrival.watermark()))) {
        all.add(new Arrival(none, before, before, false));
        watermarks.remove(before);
      }
      all.add(arrival);
    }
    watermarks.forEach(rest -> all.add(new Arrival(none, rest, rest, false)));
    return all;
  }

  private boolean isWanted(InputRow row) {
    return ReferenceQuery.passes(where, row, passed -> {});
  }

  /** The rows that have come, which of them have been sent, and what was sent. */
  private final class Play {
    private final List<Arrival> rows = new ArrayList<>();
    private final TreeSet<Integer> waiting = new TreeSet<>();
    private final List<List<@Nullable Object>> given = new ArrayList<>();
    private final List<ResultRow> results = new ArrayList<>();
    private final List<Long> times = new ArrayList<>();

    void add(Arrival arrival) {
      reach(arrival.time()); // a limit of the row's own time is over before it comes
      rows.add(arrival);
      waiting.add(rows.size() - 1);
      given.add(new ArrayList<>(functions.stream().map(f -> (Object) Missing.YET).toList()));
      times.add(Long.MIN_VALUE);
      send(arrival.time(), false, Long.MIN_VALUE);
    }

    /** What has waited for so long when a watermark is reached, moment by moment. */
    void reach(long watermark) {
      if (limit == 0 || watermark == Long.MAX_VALUE) {
        return;
      }
      TreeSet<Long> moments = new TreeSet<>();
      waiting.forEach(i -> moments.add(rows.get(i).time() + limit));
      moments.headSet(watermark, true).forEach(moment -> send(moment, false, moment));
    }

    void end(long last) {
      for (int index : List.copyOf(waiting)) {
        give(index, Math.max(last, newest(index)), true, Long.MIN_VALUE);
      }
    }

    /** The greatest time of the rows of the partitions in which a row waits. */
    private long newest(int index) {
      return IntStream.range(0, functions.size())
          .filter(i -> isMissing(index, i))
          .mapToObj(i -> own(functions.get(i), index))
          .flatMap(List::stream)
          .mapToLong(i -> rows.get(i).time())
          .max()
          .orElse(Long.MIN_VALUE);
    }

    private void send(long time, boolean isEnd, long moment) {
      List.copyOf(waiting).forEach(index -> give(index, time, isEnd, moment));
    }

    private void give(int index, long time, boolean isEnd, long moment) {
      for (List<String> partition :
          functions.stream().map(Function::partition).distinct().toList()) {
        List<Integer> own = own(partition, index);
        List<InputRow> of = own.stream().map(i -> rows.get(i).row()).toList();
        int place = own.indexOf(index);
        List<Function> those =
            functions.stream().filter(f -> f.partition().equals(partition)).toList();
        boolean isLimited =
            those.stream().anyMatch(f -> f.kind() == Kind.LEAD_VALUE)
                && rows.get(index).time() + limit <= moment;
        if (isEnd || isLimited || those.stream().allMatch(f -> f.isReady(of, place))) {
          for (int i = 0; i < functions.size(); i++) {
            Function function = functions.get(i);
            if (function.partition().equals(partition) && isMissing(index, i)) {
              given.get(index).set(i, function.value(of, place));
              times.set(index, Math.max(times.get(index), time));
            }
          }
        }
      }
      if (!given.get(index).contains(Missing.YET)) {
        waiting.remove(index);
        InputRow row = rows.get(index).row();
        List<@Nullable Object> values = new ArrayList<>();
        values.add(row.k());
        values.addAll(given.get(index));
        results.add(new ResultRow(times.get(index), values));
      }
    }

    private boolean isMissing(int index, int function) {
      return Missing.YET.equals(given.get(index).get(function));
    }

    private List<Integer> own(Function function, int index) {
      return own(function.partition(), index);
    }

    /** The rows of a row's partition that have come. */
    private List<Integer> own(List<String> partition, int index) {
      return IntStream.range(0, rows.size())
          .filter(
              i ->
                  partition.stream()
                      .allMatch(
                          column ->
                              Objects.equals(
                                  rows.get(i).row().value(column),
                                  rows.get(index).row().value(column))))
          .boxed()
          .toList();
    }
  }

  @Override
  public boolean mayDropLateRows(long slack) {
    return slack >= 0;
  }

  @Override
  public boolean succeeds(InputRow row) {
    return ReferenceQuery.succeeds(where, row, passed -> {});
  }
}
