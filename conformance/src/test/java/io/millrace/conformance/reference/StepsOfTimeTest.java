package io.millrace.conformance.reference;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.engine.Deployment;
import io.millrace.engine.Engine;
import io.millrace.engine.Input;
import io.millrace.engine.Job;
import io.millrace.engine.Snapshot;
import io.millrace.spi.time.VirtualClock;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Two operators behind each other, of which each may send something, or forget something, because
 * time goes on: it does not matter in how many steps the watermark comes, nor whether the job is
 * restarted between them.
 */
class StepsOfTimeTest {
  private static final int QUERIES = Integer.getInteger("millrace.steps", 3);
  private static final int ROUNDS = 4;
  private static final int ROWS = 14;
  private static final int ROUND_MILLIS = 300;

  /** Streams D (k, x) whose rows come when the watermark goes on, and E (k, x) beside it. */
  private static final List<String> FIRST =
      List.of(
          "SELECT k, sum(v) AS x FROM S WINDOW TUMBLING (50 MS) GROUP BY k",
          "SELECT k, sum(v) AS x FROM S WINDOW TUMBLING (50 MS, GRACE PERIOD 35 MS) GROUP BY k",
          "SELECT k, sum(v) AS x FROM S WINDOW HOPPING (60 MS, 20 MS) GROUP BY k",
          "SELECT k, sum(v) AS x FROM S WINDOW SESSION (20 MS, GRACE PERIOD 15 MS) GROUP BY k",
          "SELECT k, sum(v) AS x FROM S WINDOW TUMBLING (80 MS) GROUP BY k"
              + " EMIT EARLY EVERY 20 MS FINAL",
          "SELECT k, sum(v) AS x FROM S WINDOW TIME (40 MS) GROUP BY k EMIT CHANGES",
          "SELECT k, sum(v) AS x FROM S WINDOW LENGTH (2) PARTITION BY k",
          "SELECT k, v AS x FROM S WINDOW DELAY (35 MS)",
          "SELECT k, sum(v) AS x FROM S GROUP BY k EMIT EVERY 20 MS",
          "SELECT k, sum(v) AS x FROM S GROUP BY k EMIT LAST EVERY 25 MS",
          "SELECT k, lag(v) OVER (PARTITION BY k ORDER BY ROWTIME) AS x FROM S",
          "SELECT k, a.v AS x FROM PATTERN (EVERY a = S -> NOT S (v > a.v) FOR 30 MS)"
              + " PARTITION BY k",
          "SELECT a.k AS k, b.v AS x FROM S a LEFT JOIN S b WITHIN (0 MS, 20 MS)"
              + " ON a.k = b.k AND b.v > a.v");

  private static final List<String> SECOND =
      List.of(
          "CREATE STREAM O AS SELECT k, count(*) AS n, sum(x) AS s FROM D GROUP BY k",
          "CREATE STREAM O AS SELECT DISTINCT k FROM D",
          "CREATE STREAM O AS SELECT k, count(x) % 2 AS n FROM D GROUP BY k EMIT CHANGES DISTINCT",
          "CREATE STREAM O AS SELECT k, count(*) AS n FROM D GROUP BY k EMIT EVERY 30 MS",
          "CREATE STREAM O AS SELECT k, count(*) AS n FROM D GROUP BY k EMIT EVERY 3 EVENTS",
          "CREATE STREAM O AS SELECT k, x FROM D EMIT FIRST EVERY 40 MS",
          "CREATE STREAM O AS SELECT k, x FROM D EMIT LAST EVERY 40 MS",
          "CREATE STREAM O AS SELECT k, x FROM D EMIT ALL EVERY 40 MS",
          "CREATE TABLE O AS SELECT k, count(*) AS n FROM D GROUP BY k",
          "CREATE STREAM O AS SELECT k, x, row_number() OVER (PARTITION BY k ORDER BY x DESC) AS r"
              + " FROM D QUALIFY r <= 2",
          "CREATE STREAM O AS SELECT k, x, lead(x) IGNORE NULLS OVER (PARTITION BY k ORDER BY"
              + " ROWTIME) AS l FROM D",
          "CREATE STREAM O AS SELECT k, x, lead(x) IGNORE NULLS OVER (PARTITION BY k ORDER BY"
              + " ROWTIME) AS l, lead(k) OVER (ORDER BY ROWTIME) AS m FROM D",
          "CREATE STREAM O AS SELECT k, sum(x) OVER (PARTITION BY k ORDER BY ROWTIME RANGE"
              + " BETWEEN INTERVAL '30' MILLISECOND PRECEDING AND INTERVAL '30' MILLISECOND"
              + " FOLLOWING) AS s FROM D",
          "CREATE STREAM O AS SELECT a.k AS k, a.x AS a, b.x AS b FROM PATTERN"
              + " (EVERY a = D -> b = D (k = a.k) WITHIN 60 MS)",
          "CREATE STREAM O AS SELECT k, a.x AS a FROM PATTERN (EVERY a = D -> NOT D FOR 60 MS)"
              + " PARTITION BY k",
          "CREATE STREAM O AS SELECT k, count(*) AS n FROM D WINDOW TIME (70 MS) GROUP BY k",
          "CREATE STREAM O AS SELECT k, count(*) AS n FROM D WINDOW TIME (70 MS) GROUP BY k"
              + " EMIT CHANGES",
          "CREATE STREAM O AS SELECT k, x FROM D WINDOW TIME (70 MS) EMIT ON EXPIRY",
          "CREATE STREAM O AS SELECT k, count(*) AS n FROM D WINDOW TIME_LENGTH (70 MS, 2)"
              + " GROUP BY k EMIT CHANGES",
          "CREATE STREAM O AS SELECT k, count(*) AS n FROM D WINDOW TIME (70 MS) GROUP BY k"
              + " EMIT EVERY 30 MS",
          "CREATE STREAM O AS SELECT k, count(*) AS n FROM D WINDOW TUMBLING (90 MS) GROUP BY k",
          "CREATE STREAM O AS SELECT k, count(*) AS n FROM D WINDOW TUMBLING (90 MS, GRACE PERIOD"
              + " 20 MS) GROUP BY k EMIT CHANGES",
          "CREATE STREAM O AS SELECT k, count(*) AS n FROM D WINDOW SESSION (30 MS) GROUP BY k"
              + " EMIT CHANGES",
          "CREATE STREAM O AS SELECT k, count(*) AS n, PANE AS p, REVISION AS r FROM D"
              + " WINDOW TUMBLING (90 MS) GROUP BY k EMIT EARLY EVERY 15 MS FINAL",
          "CREATE STREAM O AS SELECT k, count(*) AS n, PANE AS p, REVISION AS r FROM D"
              + " WINDOW HOPPING (90 MS, 30 MS, GRACE PERIOD 40 MS) GROUP BY k EMIT ON CLOSE",
          "CREATE STREAM O AS SELECT k, count(*) AS n, PANE AS p, REVISION AS r FROM D"
              + " WINDOW TUMBLING (60 MS, GRACE PERIOD 40 MS) GROUP BY k EMIT CHANGES",
          "CREATE STREAM O AS SELECT k, count(*) AS n, PANE AS p, REVISION AS r FROM D"
              + " WINDOW SESSION (20 MS, GRACE PERIOD 30 MS) GROUP BY k EMIT ON CLOSE",
          "CREATE STREAM O AS SELECT k, count(*) AS n, PANE AS p, REVISION AS r FROM D"
              + " WINDOW SESSION (30 MS) GROUP BY k EMIT EARLY EVERY 10 MS FINAL",
          "CREATE STREAM O AS SELECT k, count(*) AS n, PANE AS p, REVISION AS r FROM"
              + " ((SELECT k, x FROM D) UNION ALL (SELECT k, x FROM E))"
              + " WINDOW TUMBLING (90 MS, GRACE PERIOD 30 MS) GROUP BY k"
              + " EMIT EARLY EVERY 15 MS ON CLOSE",
          "CREATE STREAM O AS SELECT k, count(*) AS n FROM"
              + " ((SELECT k, x FROM D) UNION ALL (SELECT k, x FROM E))"
              + " WINDOW TUMBLING (90 MS) GROUP BY k",
          "CREATE STREAM O AS SELECT k, count(*) AS n FROM D WINDOW LENGTH (3) GROUP BY k",
          "CREATE STREAM O AS SELECT k, x FROM D WINDOW DELAY (45 MS)",
          "CREATE STREAM O AS SELECT D.k AS k, D.x AS x, E.x AS y FROM D LEFT JOIN E WITHIN 30 MS"
              + " ON D.k = E.k",
          "CREATE STREAM O AS SELECT D.k AS k, E.x AS y FROM D FULL JOIN E WITHIN (0 MS, 60 MS)"
              + " ON D.k = E.k",
          "CREATE STREAM O AS SELECT D.k AS k, E.x AS y FROM D WINDOW TIME (60 MS) LEFT JOIN E"
              + " WINDOW TIME (40 MS) ON D.k = E.k",
          "CREATE STREAM O AS SELECT k, count(*) AS n FROM"
              + " ((SELECT k, x FROM D) UNION ALL (SELECT k, x FROM E)) GROUP BY k");

  /** A row of the stream S. */
  private record Event(long time, String k, @Nullable Integer v) {
    Map<String, @Nullable Object> toMap() {
      Map<String, @Nullable Object> row = new HashMap<>();
      row.put("ts", time);
      row.put("t", time);
      row.put("k", k);
      row.put("v", v);
      return row;
    }
  }

  /** In which steps the watermark goes on behind the rows of a round. */
  private interface Steps {
    long next(long from, long to);
  }

  /** How a script is played. */
  private record Way(Steps steps, int batchSize, boolean restarts) {}

  static List<String> second() {
    return SECOND;
  }

  @ParameterizedTest
  @MethodSource("second")
  void shouldSendTheSameHoweverTimeGoesOn(String second) {
    List<String> differences = new ArrayList<>();
    for (int number = 0; number < QUERIES; number++) {
      Random random = new Random(second.hashCode() + QuerySeeds.of(number));
      int first = QUERIES == FIRST.size() ? number : random.nextInt(FIRST.size());
      check(script(first, random.nextInt(FIRST.size()), second), random, differences);
    }
    assertThat(differences).isEmpty();
  }

  /** Windows that close at the end of the input do so one after the other, each at its time. */
  @Test
  void shouldExpireBetweenRowsThatTheEndOfTheInputBrings() {
    String script =
        """
        SET 'state.ttl' = '10 SEC';
        CREATE STREAM S (k STRING, v INT, t BIGINT, ts TIMESTAMP, WATERMARK FOR ts AS ts - 1 HOUR);
        CREATE TABLE O AS SELECT k, count(*) AS n
          FROM (SELECT k, count(*) AS c FROM S WINDOW TUMBLING (1 SEC) GROUP BY k) GROUP BY k;
        """;
    List<String> rows = new ArrayList<>();
    try (Engine engine = Engine.builder().clock(new VirtualClock(0)).build()) {
      Job job = engine.deploy(script);
      subscribe(job, rows);
      Input<Map<String, ? extends @Nullable Object>> input = job.input("S");
      input.send(new Event(500, "a", null).toMap());
      input.send(new Event(5500, "b", null).toMap());
      input.send(new Event(20_500, "a", null).toMap());
      input.end();
    }
    assertThat(rows)
        .containsExactly(
            "999 INSERT [a, 1]",
            "5999 INSERT [b, 1]",
            "10999 DELETE [a, 1]",
            "15999 DELETE [b, 1]",
            "20999 INSERT [a, 1]");
  }

  private static String script(int first, int beside, String second) {
    boolean isOfTwo = second.contains("FROM E") || second.contains("JOIN E");
    return "SET 'state.ttl' = '70 MS';\nCREATE STREAM S (k STRING, v INT, t BIGINT, ts TIMESTAMP,"
        + " WATERMARK FOR ts AS ts - 1 HOUR);\nCREATE STREAM D AS "
        + FIRST.get(first)
        + (isOfTwo ? ";\nCREATE STREAM E AS " + FIRST.get(beside) : "")
        + ";\n"
        + second
        + ";";
  }

  static void check(String script, Random random, List<String> differences) {
    List<List<Event>> rounds = rounds(random);
    List<String> expected = play(script, rounds, new Way((from, to) -> from + 1, 1024, false));
    assertThat(expected).as(script).isNotEmpty();
    Steps some = (from, to) -> Math.min(to, from + 1 + random.nextInt(ROUND_MILLIS / 2));
    Way one = new Way((from, to) -> to, 1024, false);
    compare(script + "\none step", play(script, rounds, one), expected, differences);
    Way several = new Way(some, 1, true);
    compare(script + "\nsome steps", play(script, rounds, several), expected, differences);
  }

  /** However rows are cut into batches, and whether the job is restarted between them. */
  static void checkCuts(String script, Random random, List<String> differences) {
    List<List<Event>> rounds = rounds(random);
    Steps one = (from, to) -> to;
    List<String> expected = play(script, rounds, new Way(one, 1024, false));
    assertThat(expected).as(script).isNotEmpty();
    for (int batchSize : new int[] {1, 5}) {
      Way cut = new Way(one, batchSize, false);
      String of = script + "\nbatches of " + batchSize;
      compare(of, play(script, rounds, cut), expected, differences);
    }
    Way restarted = new Way(one, 1024, true);
    compare(script + "\nrestarted", play(script, rounds, restarted), expected, differences);
  }

  private static void compare(
      String of, List<String> actual, List<String> expected, List<String> differences) {
    int equal = 0;
    while (equal < Math.min(actual.size(), expected.size())
        && actual.get(equal).equals(expected.get(equal))) {
      equal++;
    }
    if (equal < Math.max(actual.size(), expected.size())) {
      int from = Math.max(0, equal - 2);
      differences.add(
          of
              + "\nfrom row "
              + from
              + "\nexpected "
              + expected.subList(from, Math.min(expected.size(), equal + 3))
              + "\nactual "
              + actual.subList(from, Math.min(actual.size(), equal + 3)));
    }
  }

  private static List<List<Event>> rounds(Random random) {
    List<List<Event>> rounds = new ArrayList<>();
    for (int round = 0; round < ROUNDS; round++) {
      List<Event> events = new ArrayList<>();
      for (int i = 0; i < ROWS; i++) {
        long time = 1000L + (long) round * ROUND_MILLIS + 5L * random.nextInt(ROUND_MILLIS / 5);
        String key = String.valueOf((char) ('a' + random.nextInt(3)));
        Integer value = random.nextInt(3) == 0 ? null : Integer.valueOf(random.nextInt(6));
        events.add(new Event(time, key, value));
      }
      rounds.add(events);
    }
    return rounds;
  }

  private static List<String> play(String script, List<List<Event>> rounds, Way way) {
    List<String> rows = new ArrayList<>();
    Snapshot snapshot = null;
    for (int from = 0, to; from < rounds.size(); from = to) {
      to = way.restarts() ? from + 1 : rounds.size();
      snapshot = play(script, rounds, from, to, way, snapshot, rows);
    }
    return rows;
  }

  private static Snapshot play(
      String script,
      List<List<Event>> rounds,
      int from,
      int to,
      Way way,
      @Nullable Snapshot before,
      List<String> rows) {
    Deployment deployment = Deployment.of(script);
    try (Engine engine =
        Engine.builder().clock(new VirtualClock(0)).batchSize(way.batchSize()).build()) {
      Job job = engine.deploy(before == null ? deployment : deployment.restoring(before));
      subscribe(job, rows);
      Input<Map<String, ? extends @Nullable Object>> input = job.input("S");
      for (int round = from; round < to; round++) {
        input.sendAll(rounds.get(round).stream().map(Event::toMap).toList());
        boolean isLast = round == rounds.size() - 1;
        long time = 1000L + (long) round * ROUND_MILLIS;
        long end = time + (isLast ? 2 * ROUND_MILLIS : ROUND_MILLIS);
        while (time < end) {
          time = way.steps().next(time, end);
          input.advanceTo(time);
        }
      }
      if (to == rounds.size()) {
        input.end();
      }
      return job.snapshot();
    }
  }

  private static void subscribe(Job job, List<String> rows) {
    job.output("O")
        .subscribe(row -> rows.add(row.rowtime() + " " + row.kind() + " " + row.values()));
  }
}
