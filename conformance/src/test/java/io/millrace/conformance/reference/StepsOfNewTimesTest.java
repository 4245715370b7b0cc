package io.millrace.conformance.reference;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * As {@link StepsOfTimeTest}, where rows that time brings about are given times of their own: it
 * does not matter how many of them one step of the sources brings.
 */
class StepsOfNewTimesTest {
  private static final int QUERIES = Integer.getInteger("millrace.steps", 3);
  private static final String COLUMNS = " (k STRING, x BIGINT, at BIGINT, ";

  /** Rows (k, x, at) that come when the watermark goes on, of which some are late by others. */
  private static final List<String> FIRST =
      List.of(
          "SELECT k, sum(v) AS x, max(t) - coalesce(sum(v), 0) * 7 AS at FROM S"
              + " WINDOW TUMBLING (50 MS) GROUP BY k",
          "SELECT k, sum(v) AS x, min(t) AS at FROM S WINDOW SESSION (20 MS) GROUP BY k",
          "SELECT k, sum(v) AS x, max(t) AS at FROM S WINDOW HOPPING (60 MS, 20 MS) GROUP BY k",
          "SELECT k, sum(v) AS x, max(t) - coalesce(max(v), 0) * 9 AS at FROM S"
              + " WINDOW TUMBLING (20 MS, GRACE PERIOD 35 MS) GROUP BY k",
          "SELECT k, CAST(v AS BIGINT) AS x, t - coalesce(v, 0) * 9 AS at FROM S"
              + " WINDOW DELAY (35 MS)",
          "SELECT k, sum(v) AS x, max(t) AS at FROM S GROUP BY k EMIT EVERY 20 MS",
          "SELECT k, CAST(v AS BIGINT) AS x, lag(t) OVER (PARTITION BY k ORDER BY ROWTIME)"
              + " AS at FROM S");

  /** As these, of a stream C that has been given times already. */
  private static final List<String> OF_ROWS =
      List.of(
          "SELECT k, x, at - coalesce(x, 0) * 3 AS at FROM C",
          "SELECT k, x, lag(at) OVER (PARTITION BY k ORDER BY ROWTIME) AS at FROM C",
          "SELECT k, sum(x) AS x, max(at) - count(*) * 11 AS at FROM C WINDOW TUMBLING (40 MS)"
              + " GROUP BY k",
          "SELECT k, sum(x) AS x, max(at) AS at FROM C WINDOW HOPPING (60 MS, 20 MS) GROUP BY k",
          "SELECT k, sum(x) AS x, max(at) AS at FROM C"
              + " WINDOW HOPPING (60 MS, 20 MS, GRACE PERIOD 35 MS) GROUP BY k",
          "SELECT k, sum(x) AS x, max(at) AS at FROM C WINDOW CUMULATE (20 MS, 60 MS) GROUP BY k",
          "SELECT k, sum(x) AS x, min(at) AS at FROM C WINDOW TIME (40 MS) GROUP BY k",
          "SELECT k, x, at FROM C WINDOW DELAY (15 MS)",
          "SELECT k, a.x AS x, a.at - 15 AS at FROM PATTERN (EVERY a = C -> NOT C FOR 25 MS)"
              + " PARTITION BY k",
          "SELECT k, sum(x) AS x, min(at) AS at FROM C WINDOW SESSION (15 MS) GROUP BY k");

  /** Rows beside those of D. */
  private static final List<String> BESIDE =
      List.of(
          "SELECT k, sum(v) AS x FROM S WINDOW TUMBLING (30 MS) GROUP BY k",
          "SELECT k, sum(x) AS x FROM D WINDOW TUMBLING (30 MS) GROUP BY k",
          "SELECT k, sum(x) AS x FROM D WINDOW HOPPING (60 MS, 20 MS) GROUP BY k",
          "SELECT k, sum(x) AS x FROM D WINDOW CUMULATE (20 MS, 60 MS) GROUP BY k",
          "SELECT k, sum(x) AS x FROM D WINDOW TIME (30 MS) GROUP BY k EMIT CHANGES",
          "SELECT k, x FROM D WINDOW DELAY (25 MS)",
          "SELECT k, x FROM L",
          "SELECT k, x FROM B");

  /** Rows that move time themselves, beside what time brings about because of them. */
  private static final List<String> ROWS =
      List.of(
          "SELECT k, v AS x, t - 150 AS at FROM S",
          "SELECT k, v AS x, t - coalesce(v, 0) * 30 AS at FROM S WHERE v > 1");

  private static final List<String> ROWS_OF_ROWS =
      List.of("SELECT k, x, at FROM C", "SELECT k, x, at - 60 AS at FROM C WHERE k <> 'a'");

  /** Sorted, or in the order in which they come. */
  private static final List<String> TIMES =
      List.of("WATERMARK FOR at AS at", "WATERMARK FOR at AS at - 20 MS", "TIMESTAMP BY at");

  static List<String> second() {
    return StepsOfTimeTest.second();
  }

  @ParameterizedTest
  @MethodSource("second")
  void shouldSendTheSameHoweverTimeGoesOn(String second) {
    List<String> differences = new ArrayList<>();
    for (int number = 0; number < QUERIES; number++) {
      Random random = new Random(second.hashCode() + QuerySeeds.of(number));
      StepsOfTimeTest.check(script(random, second, "1 HOUR"), random, differences);
    }
    assertThat(differences).isEmpty();
  }

  /** Where the rows themselves move time. */
  @ParameterizedTest
  @MethodSource("second")
  void shouldSendTheSameHoweverRowsAreCut(String second) {
    List<String> differences = new ArrayList<>();
    for (int number = 0; number < QUERIES; number++) {
      Random random = new Random(~second.hashCode() + QuerySeeds.of(number));
      StepsOfTimeTest.checkCuts(script(random, second, "40 MS"), random, differences);
    }
    assertThat(differences).isEmpty();
  }

  private static String script(Random random, String second, String slack) {
    boolean isTwice = random.nextInt(3) == 0;
    String first = FIRST.get(random.nextInt(FIRST.size()));
    String beside = BESIDE.get(random.nextInt(BESIDE.size()));
    return "SET 'state.ttl' = '70 MS';\nCREATE STREAM S (k STRING, v INT, t BIGINT, ts TIMESTAMP,"
        + " WATERMARK FOR ts AS ts - "
        + slack
        + ");\n"
        + "CREATE STREAM L"
        + COLUMNS
        + "LATE_BY BIGINT);\n"
        + (isTwice ? stream("C", random, first) : "")
        + stream("D", random, isTwice ? OF_ROWS.get(random.nextInt(OF_ROWS.size())) : first)
        + (random.nextInt(3) == 0 ? "INSERT INTO D " + rows(random, isTwice) + ";\n" : "")
        + "CREATE STREAM F AS SELECT k, count(*) AS c FROM D WINDOW TUMBLING (30 MS) LATE INTO L"
        + " GROUP BY k;\n"
        + (beside.endsWith(" B")
            ? stream("B", random, FIRST.get(random.nextInt(FIRST.size())))
            : "")
        + "CREATE STREAM E AS "
        + beside
        + ";\n"
        + second
        + ";";
  }

  private static String rows(Random random, boolean isTwice) {
    List<String> rows = isTwice ? ROWS_OF_ROWS : ROWS;
    return rows.get(random.nextInt(rows.size()));
  }

  private static String stream(String name, Random random, String rows) {
    return "CREATE STREAM "
        + name
        + COLUMNS
        + TIMES.get(random.nextInt(TIMES.size()))
        + ");\nINSERT INTO "
        + name
        + " "
        + rows
        + ";\n";
  }
}
