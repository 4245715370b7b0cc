package io.millrace.engine.fault;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.engine.Engine;
import io.millrace.engine.Job;
import io.millrace.engine.fault.World.InputRow;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Results that depend on the order of rows, over a stream that never ends, of several partitions:
 * they do not depend on which of these is polled when, where a window closes, or where rows are put
 * in order because the stream declares its disorder.
 */
final class PolledOrderTest {
  private static final int RUNS = 5;
  private static final int PARTITIONS = 3;
  private static final int ROWS = 80;
  private static final int DISORDER = 60;
  private static final long END = 5_000;
  private static final String EVENTS =
      "CREATE STREAM Events (k STRING, v BIGINT) WITH (connector = 'world', end = 'no');\n";
  private static final String DECLARED =
      EVENTS
          + "CREATE STREAM E (k STRING, v BIGINT, ts TIMESTAMP, WATERMARK FOR ts AS ts - 60 MS);\n"
          + "INSERT INTO E SELECT k, v, ROWTIME AS ts FROM Events;\n";
  private static final String WITH_GRACE =
      "SELECT k, sum(v) AS s, PANE AS p FROM (Events UNION ALL W)"
          + " WINDOW TUMBLING (20 MS, GRACE PERIOD 100 MS) GROUP BY k EMIT ";
  private static final String WINDOW =
      "CREATE STREAM W AS SELECT k, sum(v) AS v FROM Events WINDOW TUMBLING (5 MS) GROUP BY k;\n";
  private static final String DELAYED =
      "CREATE STREAM D AS SELECT k, v FROM Events WINDOW DELAY (10 MS);\n";
  private static final String ESTIMATES = "EARLY EVERY 5 MS ";

  @ParameterizedTest
  @ValueSource(
      strings = {
        "SELECT k, first(v) AS f, last(v) AS l, collect_list(v) AS c, nth(v, 2) AS n FROM Events"
            + " WINDOW TUMBLING (50 MS) GROUP BY k",
        "SELECT k, sum(CAST(v AS DOUBLE) * 0.1) AS d FROM Events WINDOW TUMBLING (50 MS) GROUP BY k",
        "SELECT k, avg(CAST(v AS DOUBLE) * 0.1) AS d, stddev_pop(CAST(v AS DOUBLE) * 0.1) AS s"
            + " FROM Events WINDOW HOPPING (50 MS, 10 MS) GROUP BY k",
        "SELECT k, last(v) AS l, collect_list(v) AS c FROM Events WINDOW CUMULATE (10 MS, 50 MS)"
            + " GROUP BY k",
        "SELECT k, sum(CAST(v AS DOUBLE) * 0.1) AS d, collect_list(v) AS c FROM Events"
            + " WINDOW SESSION (9 MS) GROUP BY k",
        "SELECT first(v) AS f, collect_list(v) AS c FROM Events WINDOW TIME_BATCH (50 MS, 7 MS)",
        "SELECT k, v FROM Events WINDOW TUMBLING (50 MS)",
        "SELECT DISTINCT k FROM Events WINDOW TUMBLING (50 MS)",
        "SELECT EXPLODE(collect_list(v)) AS x FROM Events WINDOW TUMBLING (50 MS)",
        "SELECT k, count(*) AS n FROM Events WINDOW TUMBLING (50 MS) GROUP BY k ORDER BY n LIMIT 2"
      })
  void shouldSendTheSameOfWindowsThatCloseWhateverIsPolledWhen(String query) {
    check(EVENTS, query);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "SELECT k, first(v) AS f, sum(CAST(v AS DOUBLE) * 0.1) AS d FROM E WINDOW TIME (50 MS)"
            + " GROUP BY k",
        "SELECT k, first(v) AS f, collect_list(v) AS c FROM E WINDOW LENGTH (5) PARTITION BY k",
        "SELECT first(v) AS f, collect_list(v) AS c FROM E WINDOW LENGTH_BATCH (5)",
        "SELECT sum(v) AS s FROM E WINDOW TIME_LENGTH (50 MS, 4)",
        "SELECT first(v) AS f, collect_list(v) AS c FROM E WINDOW TIME_BATCH (50 MS)",
        "SELECT k, v FROM E WINDOW TIME_BATCH (50 MS)",
        "SELECT k, v FROM E WINDOW SORTED (3, v)",
        "SELECT k, v FROM E WINDOW DELAY (10 MS)",
        "SELECT v, lag(v) OVER (PARTITION BY k ORDER BY ROWTIME) AS x FROM E",
        "SELECT v, sum(v) OVER (PARTITION BY k ORDER BY ROWTIME ROWS 3 PRECEDING) AS x FROM E",
        "SELECT a.v AS x, b.v AS y FROM PATTERN (EVERY a = E (v > 0) -> b = E (k = a.k)"
            + " WITHIN 30 MS)",
        "SELECT k, last(v) AS l FROM E GROUP BY k EMIT EVERY 100 MS",
        "SELECT k, first(v) AS f FROM E WINDOW TUMBLING (50 MS) GROUP BY k"
            + " EMIT EARLY EVERY 20 MS FINAL"
      })
  void shouldSendTheSameOfRowsInOrderWhateverIsPolledWhen(String query) {
    check(DECLARED, query);
  }

  /** Rows that wait for a time go on in one order, though their stream declares no disorder. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "SELECT k, v FROM Events WINDOW DELAY (10 MS)",
        "SELECT k, v FROM Events EMIT ALL EVERY 20 MS",
        "SELECT k, v FROM Events EMIT LAST EVERY 20 MS",
        "SELECT k, v FROM Events WINDOW HOPPING (50 MS, 10 MS)",
        "SELECT k, v FROM Events WINDOW CUMULATE (10 MS, 50 MS)",
        "SELECT k, v FROM Events WINDOW SESSION (9 MS)",
        "SELECT k, v FROM Events WINDOW TIME_BATCH (50 MS, 7 MS)",
        "SELECT count(*) AS n, PANE AS p FROM Events WINDOW TIME_BATCH (50 MS)"
            + " EMIT EARLY EVERY 20 MS FINAL",
        "SELECT k, v FROM Events WINDOW CRON ('0/1 * * * * ?')",
        "SELECT DISTINCT k FROM Events WINDOW HOPPING (50 MS, 10 MS)",
        "SELECT k, collect_list(v) AS c FROM Events WINDOW TUMBLING (50 MS) GROUP BY k"
            + " EMIT ALL EVERY 20 MS",
        "SELECT k, last(v) AS l FROM Events WINDOW TUMBLING (7 MS) GROUP BY k EMIT LAST EVERY 20 MS",
        "SELECT k, v FROM (Events UNION ALL W) WINDOW DELAY (10 MS)",
        "SELECT k, v FROM (W UNION ALL Events) EMIT ALL EVERY 20 MS",
        "SELECT k, v FROM D WINDOW DELAY (5 MS)",
        "SELECT k, collect_list(v) AS c, first(v) AS f FROM D WINDOW TUMBLING (20 MS) GROUP BY k",
        "SELECT k, collect_list(v) AS c FROM (D UNION ALL Events) WINDOW TUMBLING (20 MS) GROUP BY k",
        "SELECT k, sum(v) AS s FROM D WINDOW LENGTH (3)",
        "SELECT v, lag(v) OVER (PARTITION BY k ORDER BY ROWTIME) AS x FROM D"
      })
  void shouldSendRowsThatWaitInOneOrderWhateverIsPolledWhen(String query) {
    check(EVENTS + WINDOW + DELAYED, query);
  }

  /** The first row that is polled need not be that of the smallest time, as EXPLAIN says. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "SELECT count(*) AS n FROM Events WINDOW TIME_BATCH (50 MS)",
        "SELECT k, count(*) AS n FROM Events WINDOW TIME_BATCH (50 MS) PARTITION BY k",
        "SELECT k, v FROM Events WINDOW TIME_BATCH (50 MS)"
      })
  void shouldCountBatchesFromTheFirstRowThatIsPolled(String query) {
    List<List<InputRow>> rows = rows(5);
    World late = new World(0);
    late.addInput("Events", List.of(List.of(), rows.get(1), rows.get(0)));
    try (Engine engine = WorldJob.engine(late)) {
      Job job = WorldJob.start(engine, script(EVENTS, query), "1 h");
      WorldJob.awaitRows(job, (PARTITIONS - 1) * (ROWS + 1L));
      late.append("Events", rows.get(2).toArray(new InputRow[0]));
      WorldJob.awaitRows(job, PARTITIONS * (ROWS + 1L));
    }
    World together = new World(0);
    together.addInput("Events", List.of(rows.get(2), rows.get(1), rows.get(0)));
    WorldJob.runUntilTaken(together, script(EVENTS, query), PARTITIONS * (ROWS + 1L), false);

    assertThat(late.ledger("J")).hasSizeGreaterThan(3).isNotEqualTo(together.ledger("J"));
    assertThat(WorldJob.orderOfArrival(script(EVENTS, query)))
        .contains("TIME_BATCH (50 MILLISECONDS) is counted from the first row that comes");
  }

  /** Such rows go on as those of one partition, which moves the time of the stream. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "SELECT k, v, ROWTIME AS ts FROM E WINDOW DELAY (20 MS)",
        "SELECT k, v, ROWTIME AS ts FROM E EMIT ALL EVERY 20 MS",
        "SELECT k, v, ROWTIME AS ts FROM E"
      })
  void shouldMoveTheTimeOfAStreamOfRowsThatWaitWhateverIsPolledWhen(String rows) {
    check(
        EVENTS
            + "CREATE STREAM E (k STRING, v BIGINT, ts TIMESTAMP, TIMESTAMP BY ts);\n"
            + "INSERT INTO E SELECT k, v, ROWTIME AS ts FROM Events;\n"
            + "CREATE STREAM T (k STRING, v BIGINT, ts TIMESTAMP, WATERMARK FOR ts AS ts);\n"
            + "INSERT INTO T "
            + rows
            + ";\n",
        "SELECT k, sum(v) AS s FROM T WINDOW TUMBLING (50 MS) GROUP BY k");
  }

  /** What a table says of the rows of a stream leaves them in their partitions. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "SELECT k, first(v) AS f, last(v) AS l, collect_list(v) AS c FROM J1"
            + " WINDOW TUMBLING (50 MS) GROUP BY k",
        "SELECT k, v, w FROM J1 WINDOW TUMBLING (50 MS)",
        "SELECT k, collect_list(v) AS c FROM J1 WINDOW SESSION (9 MS) GROUP BY k",
        "SELECT k, v FROM J1 WINDOW DELAY (10 MS)",
        "SELECT k, v FROM J1 EMIT LAST EVERY 20 MS",
        "SELECT k, count(*) AS n FROM (J1 UNION ALL J2) WINDOW TUMBLING (50 MS) GROUP BY k",
        "SELECT k, first(v) AS f, collect_list(v) AS c FROM J2 WINDOW LENGTH (5) PARTITION BY k",
        "SELECT k, sum(v) AS s FROM J2 WINDOW TIME (20 MS) GROUP BY k",
        "SELECT v, lag(v) OVER (PARTITION BY k ORDER BY ROWTIME) AS x FROM J2",
        "SELECT k, first(v) AS f, last(v) AS l FROM J2 WINDOW TUMBLING (50 MS) GROUP BY k",
        "SELECT k, sum(v) AS s FROM T WINDOW TUMBLING (50 MS) GROUP BY k"
      })
  void shouldSendTheSameBehindJoinsWithTablesWhateverIsPolledWhen(String query) {
    check(
        DECLARED
            + "CREATE STREAM V (id STRING, n INT);\n"
            + "INSERT INTO V VALUES ('k0', 1), ('k1', 2), ('k3', 4);\n"
            + "CREATE TABLE U AS SELECT id, max(n) AS w FROM V GROUP BY id;\n"
            + "CREATE STREAM J1 AS SELECT s.k AS k, v, w FROM Events s LEFT JOIN U ON s.k = U.id;\n"
            + "CREATE STREAM J2 AS SELECT s.k AS k, v, w FROM U JOIN E s ON s.k = U.id;\n"
            + "CREATE STREAM T (k STRING, v BIGINT, ts TIMESTAMP, WATERMARK FOR ts AS ts - 5 MS);\n"
            + "INSERT INTO T SELECT k, v, ROWTIME AS ts FROM J1;\n",
        query,
        5,
        3);
  }

  /** What early results behind windows that lag say of when they are due. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "SELECT k, sum(v) AS v FROM Events WINDOW TUMBLING (20 MS, GRACE PERIOD 70 MS) GROUP BY k",
        "SELECT * FROM (SELECT k, sum(v) AS v FROM Events"
            + " WINDOW TUMBLING (20 MS, GRACE PERIOD 70 MS) GROUP BY k) UNION ALL Events"
      })
  void shouldMergeEarlyResultsWithOthersInOneOrderWhateverIsPolledWhen(String query) {
    check(
        EVENTS
            + "CREATE STREAM D AS "
            + query
            + ";\nCREATE STREAM F AS SELECT k, sum(v) AS s FROM D WINDOW TUMBLING (80 MS) GROUP BY k"
            + " EMIT EARLY EVERY 20 MS FINAL;\n"
            + "CREATE STREAM G AS SELECT k, sum(v) AS s FROM Events WINDOW TUMBLING (20 MS)"
            + " GROUP BY k;\n",
        "SELECT * FROM F UNION ALL G");
  }

  /**
   * Windows over rows that deadlines bring and others, of which only those wait that correct what
   * was sent: what is due in front of a row that does not wait is sent all the same. Beside
   * estimates, for which all rows wait, the same is sent.
   */
  @Test
  void shouldSendWindowsInFrontOfTheRowsBehindTheirEndsWhateverIsPolledWhen() {
    String streams = EVENTS + WINDOW;
    List<String> sent = check(streams, WITH_GRACE + "ON CLOSE", 14);

    assertThat(sent).anyMatch(row -> row.endsWith("LATE"));
    assertThat(withoutEstimates(check(streams, WITH_GRACE + ESTIMATES + "ON CLOSE", 14)))
        .isEqualTo(sent);
  }

  @Test
  void shouldSendWindowsInFrontOfDelayedRowsWhateverIsPolledWhen() {
    String streams = EVENTS + "CREATE STREAM W AS SELECT k, v FROM Events WINDOW DELAY (10 MS);\n";
    List<String> sent = check(streams, WITH_GRACE + "ON CLOSE", 14);

    assertThat(withoutEstimates(check(streams, WITH_GRACE + ESTIMATES + "ON CLOSE", 14)))
        .isEqualTo(sent);
  }

  private static List<String> withoutEstimates(List<String> rows) {
    return rows.stream().filter(row -> !row.endsWith("EARLY")).toList();
  }

  /** What is due between two rows that one step brings, in a time that does not follow. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "SELECT k, count(*) AS n, sum(v) AS s FROM D GROUP BY k",
        "SELECT D.k AS k, D.v AS x, F.v AS y FROM D LEFT JOIN F WITHIN (0 MS, 5 MS) ON D.k = F.k",
        "SELECT k, a.v AS x FROM PATTERN (EVERY a = D -> NOT D (v > a.v) FOR 30 MS) PARTITION BY k",
        "SELECT k, v, lead(v) IGNORE NULLS OVER (PARTITION BY k ORDER BY ROWTIME) AS x FROM D",
        "SELECT k, sum(v) AS s FROM F WINDOW TUMBLING (40 MS) GROUP BY k"
            + " EMIT EARLY EVERY 10 MS FINAL",
        "SELECT * FROM (SELECT k, sum(v) AS s FROM F WINDOW TUMBLING (40 MS) GROUP BY k"
            + " EMIT EARLY EVERY 10 MS FINAL) UNION ALL (SELECT k, v FROM D)",
        "SELECT k, count(*) AS n FROM (SELECT k, v FROM F UNION ALL (SELECT k, v FROM D)) GROUP BY k"
      })
  void shouldSendTheSameBehindWindowsOfDerivedStreamsWhateverIsPolledWhen(String query) {
    String windows =
        "CREATE STREAM H AS SELECT k, v FROM E WHERE v > 500;\n"
            + "CREATE STREAM D AS SELECT k, sum(v) AS v FROM H WINDOW TUMBLING (10 MS) GROUP BY k;\n"
            + "CREATE STREAM F AS SELECT k, sum(v) AS v FROM H"
            + " WINDOW TUMBLING (20 MS, GRACE PERIOD 15 MS) GROUP BY k;\n";
    String ttl = "SET 'state.ttl' = '30 MS';\n";
    check(ttl + DECLARED + windows, query, 14);
    String ofWindows =
        "CREATE STREAM T (k STRING, v BIGINT, ts TIMESTAMP, WATERMARK FOR ts AS ts - 10 MS);\n"
            + "INSERT INTO T SELECT k, max(v) AS v, ROWTIME AS ts FROM E"
            + " WINDOW TUMBLING (5 MS) GROUP BY k;\n";
    check(ttl + DECLARED + ofWindows + windows.replace("FROM E", "FROM T"), query, 14);
  }

  private static void check(String streams, String query) {
    check(streams, query, 5, 0);
  }

  /**
   * @param most how far a row is behind the one before it in its partition, at most
   * @return what is sent
   */
  private static List<String> check(String streams, String query, int most) {
    return check(streams, query, most, 0);
  }

  /**
   * @param beside how many rows there are in other inputs
   */
  private static List<String> check(String streams, String query, int most, int beside) {
    List<List<InputRow>> rows = rows(most);
    List<String> first = play(0, rows, beside, streams, query);

    assertThat(WorldJob.orderOfArrival(script(streams, query))).isEmpty();
    assertThat(first).hasSizeGreaterThan(3);
    for (int run = 1; run < RUNS; run++) {
      assertThat(play(run, rows, beside, streams, query)).as("run " + run).isEqualTo(first);
    }
    return first;
  }

  private static List<List<InputRow>> rows(int most) {
    Random random = new Random(7);
    List<List<InputRow>> rows = new ArrayList<>();
    for (int p = 0; p < PARTITIONS; p++) {
      List<InputRow> partition = new ArrayList<>();
      long time = 200 + 11L * (PARTITIONS - p); // none begins with another
      for (int i = 0; i < ROWS; i++) {
        time += random.nextInt(most);
        long back = random.nextInt(5) == 0 ? random.nextInt(DISORDER) : 0;
        partition.add(new InputRow(time - back, "k" + random.nextInt(4), random.nextInt(1000)));
      }
      partition.add(new InputRow(END, "end", 0));
      rows.add(partition);
    }
    return rows;
  }

  private static List<String> play(
      long seed, List<List<InputRow>> rows, int beside, String streams, String query) {
    World world = new World(seed * 1_000_003); // small seeds begin alike
    world.pollInVain();
    world.addInput("Events", rows);
    WorldJob.runUntilTaken(
        world, script(streams, query), PARTITIONS * (ROWS + 1L) + beside, seed % 2 == 1);
    return world.ledger("J");
  }

  private static String script(String streams, String query) {
    return streams + "CREATE STREAM J WITH (connector = 'ledger') AS " + query + ";";
  }
}
