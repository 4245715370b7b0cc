package io.millrace.conformance.reference;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.engine.Deployment;
import io.millrace.engine.Engine;
import io.millrace.engine.Job;
import io.millrace.engine.Snapshot;
import io.millrace.spi.time.VirtualClock;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.function.Consumer;
import org.assertj.core.api.ListAssert;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What puts rows in order gives what comes of rows that are in order, or what marks allow. */
class OrderPropertyTest {
  private static final int ROWS = 90;
  private static final int SLACK = 5_000;
  private static final int[] BATCH_SIZES = {1, 7, 1024};

  static List<String> ofRowsInOrder() {
    return List.of(
        "SELECT k, sum(v) AS x FROM S WINDOW LENGTH (3) PARTITION BY k",
        "SELECT k, sum(v) AS x FROM S WINDOW LENGTH (5, 2) PARTITION BY k",
        "SELECT k, first(v) AS x, last(v) AS y FROM S WINDOW TIME (2 SEC) GROUP BY k",
        "SELECT k, sum(v) AS x FROM S WINDOW TIME (2 SEC, 1 SEC) GROUP BY k",
        "SELECT sum(v) AS x FROM S WINDOW LENGTH_BATCH (4)",
        "SELECT sum(v) AS x FROM S WINDOW TIME_BATCH (3 SEC)",
        "SELECT sum(v) AS x FROM S WINDOW TIME_LENGTH (2 SEC, 3)",
        "SELECT k, sum(v) AS x FROM S WINDOW UNIQUE (k) GROUP BY k",
        "SELECT k, sum(v) AS x FROM S WINDOW FIRST_UNIQUE (k) GROUP BY k",
        "SELECT sum(v) AS x FROM S WINDOW SORTED (3, v)",
        "SELECT count(*) AS x FROM S WINDOW EXPRESSION (sum(v) < 40)",
        "SELECT k, v FROM S WINDOW DELAY (2 SEC)",
        "SELECT sum(v) AS x FROM S WINDOW CRON ('0/4 * * * * ?')",
        "SELECT k, sum(v) AS x FROM S WINDOW TUMBLING (3 SEC) GROUP BY k",
        "SELECT k, sum(v) AS x FROM S WINDOW HOPPING (4 SEC, 1 SEC) GROUP BY k",
        "SELECT k, sum(v) AS x FROM S WINDOW CUMULATE (1 SEC, 4 SEC) GROUP BY k",
        "SELECT k, sum(v) AS x FROM S WINDOW SESSION (1 SEC) GROUP BY k",
        "SELECT v, sum(v) OVER (PARTITION BY k ORDER BY ROWTIME ROWS 2 PRECEDING) AS x FROM S",
        "SELECT v, lag(v) OVER (PARTITION BY k ORDER BY ROWTIME) AS x FROM S",
        "SELECT a.n AS x, b.n AS y FROM PATTERN (EVERY a = S (v > 4) -> b = S (v < 4) WITHIN 2 SEC)",
        "SELECT a.n AS x FROM PATTERN (EVERY a = S (v > 4) -> NOT S (v < 4) FOR 500 MS)",
        "SELECT a.n AS x, b.n AS y FROM S WINDOW TIME (1 SEC) a LEFT JOIN S WINDOW LENGTH (3) b"
            + " ON a.k = b.k AND a.n <> b.n",
        "SELECT a.n AS x, b.n AS y FROM S WINDOW UNIQUE (k) a JOIN S b ON a.v = b.v");
  }

  @ParameterizedTest
  @MethodSource("ofRowsInOrder")
  void shouldGiveWhatSortedRowsGiveWhateverPermutationComes(String query) {
    for (int seed = 0; seed < 4; seed++) {
      Random random = new Random(query.hashCode() + QuerySeeds.of(seed));
      List<Event> sorted = events(random);
      List<Event> permuted = permuted(sorted, random);
      String script = script("AS ts - 5 SECONDS", query);
      List<String> expected = run(script, sorted, 1024, false);
      assertThat(expected).as(script).isNotEmpty();
      forPermuted(script, permuted, rows -> rows.isEqualTo(expected));
    }
  }

  /** A row may come too late for one window, and in time for another that it is in, too. */
  static List<String> ofRowsLateOrNot() {
    return ofRowsInOrder().stream()
        .filter(query -> !query.matches(".*(HOPPING|CUMULATE|SESSION).*"))
        .toList();
  }

  /**
   * A slack that is measured begins at 0, so rows are late until it has grown. Those that are not
   * give what they would if they came in order and the others did not come at all.
   */
  @ParameterizedTest
  @MethodSource("ofRowsLateOrNot")
  void shouldGiveWhatSortedRowsGiveOfThoseThatAreNotLateWhereTheSlackIsMeasured(String query) {
    int late = 0;
    for (String slack : List.of("ADAPTIVE", "ADAPTIVE MAX 2 SECONDS", "ADAPTIVE QUALITY 0.8")) {
      Random random = new Random(query.hashCode() + QuerySeeds.of(slack.length()));
      List<Event> permuted = permuted(events(random), random);
      String script = script(slack + " LATE INTO Late", query);
      List<String> numbers = run(script, permuted, 1024, false, "Late");
      List<Event> others =
          permuted.stream()
              .filter(event -> numbers.stream().noneMatch(row -> row.endsWith(event.shownNumber())))
              .sorted(Comparator.comparingLong(Event::ts))
              .toList();
      late += ROWS - others.size();
      List<String> expected = run(script, others, 1024, false);
      assertThat(expected).as(script).isNotEmpty();
      forPermuted(script, permuted, rows -> rows.isEqualTo(expected));
    }
    assertThat(late).as(query).isPositive();
  }

  /** A row as late as any has come, and no thousand rows without: the slack is what it must be. */
  @ParameterizedTest
  @MethodSource("ofRowsInOrder")
  void shouldGiveWhatSortedRowsGiveWhenTheSlackHasGrownToTheirDisorder(String query) {
    for (String slack : List.of("ADAPTIVE", "ADAPTIVE MAX 5 SECONDS", "ADAPTIVE QUALITY 1")) {
      Random random = new Random(query.hashCode() + QuerySeeds.of(slack.length()));
      List<Event> first = new ArrayList<>();
      first.add(new Event("S", 1_000L, "x", 1, -SLACK));
      first.add(new Event("S", 1_001L, "x", 2, 0));
      first.add(new Event("S", 1_002L, "x", 3, -SLACK));
      List<Event> sorted = new ArrayList<>(first);
      List<Event> permuted = new ArrayList<>(first);
      List<Event> events = events(random);
      sorted.addAll(events);
      permuted.addAll(permuted(events, random));
      String script = script(slack + " LATE INTO Late", query);
      List<String> expected = run(script, sorted, 1024, false);
      assertThat(expected).as(script).isNotEmpty();
      forPermuted(script, permuted, rows -> rows.isEqualTo(expected));
      assertThat(run(script, permuted, 1024, false, "Late"))
          .as(script)
          .isSubsetOf(-SLACK + " [1002]");
    }
  }

  /** Pairs come when both rows have; which they are, and when a row is alone, is the same. */
  @ParameterizedTest
  @ValueSource(strings = {"JOIN", "LEFT JOIN", "FULL JOIN"})
  void shouldJoinWithinTimeWhatSortedRowsGiveWhateverPermutationComes(String join) {
    for (int seed = 0; seed < 4; seed++) {
      Random random = new Random(join.hashCode() + QuerySeeds.of(seed));
      List<Event> sorted = events(random);
      List<Event> permuted = permuted(sorted, random);
      String script =
          "CREATE STREAM S (n INT, k STRING, v INT, ts TIMESTAMP, WATERMARK FOR ts AS ts - 5 SECONDS);\n"
              + "CREATE STREAM O AS SELECT a.n AS x, b.n AS y FROM S a "
              + join
              + " S b WITHIN (0 SEC, 300 MS) ON a.k = b.k AND a.v < b.v;";
      List<String> expected = run(script, sorted, 1024, false);
      assertThat(expected).as(script).isNotEmpty();
      forPermuted(script, permuted, rows -> rows.containsExactlyInAnyOrderElementsOf(expected));
    }
  }

  /** Numbers that come in any order within the time-out; times do not follow them. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "SELECT n, v FROM S",
        "SELECT sum(v) AS x FROM S WINDOW LENGTH (3)",
        "SELECT k, sum(v) AS x FROM S GROUP BY k",
        "SELECT v, lag(v) OVER (PARTITION BY k ORDER BY ROWTIME) AS x FROM S"
      })
  void shouldRestoreSequenceWhateverPermutationComes(String query) {
    for (int seed = 0; seed < 4; seed++) {
      Random random = new Random(query.hashCode() + QuerySeeds.of(seed));
      List<Event> sorted = events(random);
      List<Event> permuted = new ArrayList<>(sorted.subList(1, sorted.size()));
      Collections.shuffle(permuted, random);
      permuted.add(0, sorted.get(0));
      String script =
          "CREATE STREAM S (n INT, k STRING, v INT, ts TIMESTAMP, TIMESTAMP BY ts,"
              + " ORDER BY n TIMEOUT 1 HOUR);\nCREATE STREAM O AS "
              + query
              + ";";
      List<String> expected = run(script, sorted, 1024, false);
      assertThat(expected).as(script).isNotEmpty();
      forPermuted(script, permuted, rows -> rows.isEqualTo(expected));
    }
  }

  private static String script(String watermark, String query) {
    return "CREATE STREAM Late (n INT);\n"
        + "CREATE STREAM S (n INT, k STRING, v INT, ts TIMESTAMP, WATERMARK FOR ts "
        + watermark
        + ");\nCREATE STREAM O AS "
        + query
        + ";";
  }

  /** Checks what rows give in batches of all sizes, once with a restart. */
  static void forPermuted(String script, List<Event> permuted, Consumer<ListAssert<String>> check) {
    for (int batchSize : BATCH_SIZES) {
      List<String> rows = run(script, permuted, batchSize, batchSize == 7);
      check.accept(assertThat(rows).as("%s\nbatch size %s of %s", script, batchSize, permuted));
    }
  }

  /** A row of a stream. */
  record Event(String stream, @Nullable Long n, String k, long v, long ts) {
    Map<String, @Nullable Object> toMap() {
      Map<String, @Nullable Object> map = new HashMap<>();
      map.put("n", n);
      map.put("k", k);
      map.put("v", v);
      map.put("ts", Instant.ofEpochMilli(ts));
      return map;
    }

    Event in(String other) {
      return new Event(other, n, k, v, ts);
    }

    String shownNumber() {
      return " [" + n + "]";
    }
  }

  /** Rows in the order of their times, no two of which are equal. */
  static List<Event> events(Random random) {
    List<Event> events = new ArrayList<>();
    long time = 0;
    for (int i = 0; i < ROWS; i++) {
      time += 1 + random.nextInt(600);
      String key = String.valueOf((char) ('x' + random.nextInt(3)));
      events.add(new Event("S", (long) i, key, random.nextInt(20), time));
    }
    return events;
  }

  /** None comes more than the slack behind a later one. */
  static List<Event> permuted(List<Event> sorted, Random random) {
    Map<Event, Long> arrivals = new HashMap<>();
    sorted.forEach(event -> arrivals.put(event, event.ts + random.nextInt(SLACK)));
    return sorted.stream().sorted(Comparator.comparing(arrivals::get)).toList();
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
  void shouldTakeNothingBehindMarkThatOthersHaveNotGiven(long seed) {
    Random random = new Random(seed);
    boolean isCounted = seed % 3 == 0;
    List<Event> events = markedEvents(random);
    String mark =
        isCounted ? "WATERMARK ON (n IS NOT NULL)" : "WATERMARK ON (n IS NOT NULL) MARK n";
    StringBuilder script = new StringBuilder();
    for (String stream : List.of("A", "B", "C")) {
      script.append("CREATE STREAM ").append(stream).append(" (n BIGINT, k STRING, v INT, ");
      script.append("ts TIMESTAMP, TIMESTAMP BY ts, ").append(mark).append(");\n");
    }
    String rows =
        "(SELECT k, v FROM A) UNION ALL (SELECT k, v FROM B WHERE v <> 3)"
            + " UNION ALL (SELECT k, v FROM C WHERE n IS NULL)";
    List<String> expected = new NaiveAlignment(isCounted).play(events);
    List<String> sums = sums(events);
    for (int batchSize : BATCH_SIZES) {
      boolean restarts = batchSize == 7;
      String description = "seed " + seed + ", batch size " + batchSize;
      assertThat(run(script + "CREATE STREAM O AS " + rows + ";", events, batchSize, restarts))
          .as(description)
          .isEqualTo(expected);
      String summed =
          "CREATE STREAM O AS SELECT 'all' AS k, sum(v) AS x FROM ("
              + rows
              + ")"
              + " WINDOW TUMBLING (5 SEC);";
      assertThat(run(script + summed, events, batchSize, restarts))
          .as("sums of " + description)
          .isEqualTo(sums);
    }
  }

  /** Rows of three streams, each in the order of its times, whose clocks are far apart. */
  private static List<Event> markedEvents(Random random) {
    List<Event> events = new ArrayList<>();
    long[] times = {0, 20_000, 60_000};
    long[] marks = new long[3];
    for (int i = 0; i < 120; i++) {
      int stream = random.nextInt(random.nextInt(4) == 0 ? 3 : 1 + i % 3);
      times[stream] += random.nextInt(900);
      boolean isMark = random.nextInt(4) == 0;
      marks[stream] += isMark ? random.nextInt(3) : 0;
      String name = String.valueOf((char) ('A' + stream));
      Long number = isMark ? Long.valueOf(marks[stream]) : null;
      events.add(new Event(name, number, name + i, random.nextInt(6), times[stream]));
    }
    return events;
  }

  private static boolean isSelected(Event event) {
    return switch (event.stream) {
      case "B" -> event.v != 3;
      case "C" -> event.n == null;
      default -> true;
    };
  }

  private static String shown(Event event) {
    return event.ts + " [" + event.k + ", " + event.v + "]";
  }

  /** Nothing is late because it waits. */
  private static List<String> sums(List<Event> events) {
    Map<Long, Long> sums = new TreeMap<>();
    events.stream()
        .filter(OrderPropertyTest::isSelected)
        .forEach(event -> sums.merge(event.ts / 5_000, event.v, Long::sum));
    List<String> rows = new ArrayList<>();
    sums.forEach((window, sum) -> rows.add(window * 5_000 + 4_999 + " [all, " + sum + "]"));
    return rows;
  }

  /** What LANGUAGE says of marks, event by event. */
  private static final class NaiveAlignment {
    private final boolean isCounted;
    private final List<Deque<Event>> waiting =
        List.of(new ArrayDeque<>(), new ArrayDeque<>(), new ArrayDeque<>());
    private final Map<Event, Long> numbers = new HashMap<>();
    private final long[] given = {Long.MIN_VALUE, Long.MIN_VALUE, Long.MIN_VALUE};
    private final long[] counts = new long[3];
    private final List<String> sent = new ArrayList<>();

    NaiveAlignment(boolean isCounted) {
      this.isCounted = isCounted;
    }

    List<String> play(List<Event> events) {
      for (Event event : events) {
        int stream = event.stream.charAt(0) - 'A';
        waiting.get(stream).add(event);
        if (event.n != null) {
          long number = isCounted ? ++counts[stream] : event.n;
          numbers.put(event, number);
          given[stream] = Math.max(given[stream], number);
        }
        List<List<Event>> behind = new ArrayList<>();
        for (int i = 0; i < 3; i++) {
          List<Event> free = takeFree(i);
          int marks = 0;
          while (marks < free.size() && free.get(marks).n != null) {
            marks++;
          }
          free.subList(0, marks).forEach(this::send);
          behind.add(free.subList(marks, free.size()));
        }
        behind.forEach(rows -> rows.forEach(this::send));
      }
      for (int ended = 0; ended < 3; ended++) {
        given[ended] = Long.MAX_VALUE;
        for (int i = 0; i < 3; i++) {
          takeFree(i).forEach(this::send);
        }
      }
      return sent;
    }

    /** Takes the rows of a stream up to the first mark that another one has not given. */
    private List<Event> takeFree(int stream) {
      List<Event> free = new ArrayList<>();
      Deque<Event> rows = waiting.get(stream);
      for (Event next = rows.peek(); next != null; next = rows.peek()) {
        long number = numbers.getOrDefault(next, Long.MIN_VALUE);
        for (int other = 0; other < 3; other++) {
          if (other != stream && given[other] < number) {
            return free;
          }
        }
        free.add(rows.remove());
      }
      return free;
    }

    private void send(Event event) {
      if (isSelected(event)) {
        sent.add(shown(event));
      }
    }
  }

  /** What a script gives: each row with its time. */
  static List<String> run(String script, List<Event> events, int batchSize, boolean restarts) {
    return run(script, events, batchSize, restarts, "O");
  }

  private static List<String> run(
      String script, List<Event> events, int batchSize, boolean restarts, String output) {
    List<String> rows = new ArrayList<>();
    int half = restarts ? events.size() / 2 : 0;
    Snapshot snapshot =
        restarts ? play(script, events.subList(0, half), batchSize, null, rows, output) : null;
    play(script, events.subList(half, events.size()), batchSize, snapshot, rows, output, true);
    return rows;
  }

  private static Snapshot play(
      String script,
      List<Event> events,
      int batchSize,
      @Nullable Snapshot from,
      List<String> rows,
      String output) {
    return play(script, events, batchSize, from, rows, output, false);
  }

  private static Snapshot play(
      String script,
      List<Event> events,
      int batchSize,
      @Nullable Snapshot from,
      List<String> rows,
      String output,
      boolean ends) {
    Deployment deployment = Deployment.of(script);
    try (Engine engine = Engine.builder().clock(new VirtualClock(0)).batchSize(batchSize).build()) {
      Job job = engine.deploy(from == null ? deployment : deployment.restoring(from));
      job.output(output).subscribe(row -> rows.add(row.rowtime() + " " + row.values()));
      int next = 0;
      while (next < events.size()) {
        int to = next;
        String stream = events.get(next).stream;
        List<Map<String, @Nullable Object>> together = new ArrayList<>();
        while (to < events.size() && events.get(to).stream.equals(stream)) {
          together.add(events.get(to++).toMap());
        }
        job.input(stream).sendAll(together);
        next = to;
      }
      if (ends) {
        job.inputs().forEach(stream -> job.input(stream).end());
      }
      return job.snapshot();
    }
  }
}
