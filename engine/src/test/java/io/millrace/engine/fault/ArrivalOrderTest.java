package io.millrace.engine.fault;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Whose results follow the order of arrival, as EXPLAIN says it, and whose do not. That those do
 * not of which it says nothing is what {@link PolledOrderTest} and others look at.
 */
final class ArrivalOrderTest {
  private static final String ENDLESS = ") WITH (connector = 'world', end = 'no');\n";
  private static final String COLUMNS = " (k STRING, v BIGINT, ts TIMESTAMP, ";
  private static final String E = "CREATE STREAM E" + COLUMNS + "TIMESTAMP BY ts" + ENDLESS;
  private static final String F = E.replace("STREAM E", "STREAM F");
  private static final String D =
      "CREATE STREAM D" + COLUMNS + "WATERMARK FOR ts AS ts - 1 SECOND" + ENDLESS;
  private static final String SORT =
      "; by their times with WATERMARK FOR ts AS ts - d in 'E', d being 0 SECONDS where rows are in"
          + " order";

  @Test
  void shouldSayWhatToDoWhereADisorderIsNotDeclared() {
    assertThat(plan(E + "CREATE STREAM L AS SELECT k, sum(v) AS s FROM E WINDOW LENGTH (3);"))
        .isEqualTo(
            """

            Order of arrival
              L: may give other results in each run if 'E' has several partitions
                LENGTH (3) takes rows as they come; by their times with WATERMARK FOR ts AS ts - d in 'E', d being 0 SECONDS where rows are in order
            """);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "SELECT min(v) AS m FROM E WINDOW TIME (5 SEC) | TIME (5 SECONDS)",
        "SELECT sum(v) AS s FROM E WINDOW TIME (5 SEC, 1 SEC) | TIME (5 SECONDS, 1 SECOND)",
        "SELECT k, sum(v) AS s FROM E WINDOW LENGTH_BATCH (5) GROUP BY k | LENGTH_BATCH (5)",
        "SELECT k, v FROM E WINDOW UNIQUE (k) | UNIQUE (k)",
        "SELECT k, sum(v) AS s FROM E GROUP BY k EMIT EVERY 5 SEC | EMIT EVERY 5 SECONDS",
        "SELECT k, lag(v) OVER (ORDER BY ROWTIME) AS x FROM E | OVER (ORDER BY ROWTIME)",
        "SELECT a.v AS v FROM PATTERN (EVERY a = E -> b = E) | a pattern"
      })
  void shouldNameWhatADeclaredDisorderHelps(String query, String what) {
    assertThat(plan(E + query + ";"))
        .endsWith("partitions\n    " + what + " takes rows as they come" + SORT + "\n");
    assertThat(plan(D + query.replaceAll("\\bE\\b", "D") + ";")).isEmpty();
  }

  /** Their rows enter as they come, though they leave together. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "TUMBLING (5 SEC)",
        "HOPPING (5 SEC, 1 SEC)",
        "CUMULATE (1 SEC, 5 SEC)",
        "CRON ('0/5 * * * * ?')",
        "TIME_BATCH (5 SEC, 1 SEC)"
      })
  void shouldNameAJoinOfWindowsThatClose(String window) {
    String join = "SELECT a.v AS v FROM E WINDOW %s a JOIN E WINDOW %s b ON a.k = b.k;";
    String query = join.replace("%s", window);

    assertThat(plan(E + query))
        .endsWith("partitions\n    a join of windows takes rows as they come" + SORT + "\n");
    assertThat(plan(D + query.replaceAll("\\bE\\b", "D"))).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "SELECT count(*) AS n FROM E WINDOW TIME_BATCH (5 SEC);",
        "SELECT k, v FROM E WINDOW TIME_BATCH (5 SEC);",
        "CREATE WINDOW W (k STRING) TIME_BATCH (5 SEC); INSERT INTO W SELECT k FROM E;",
        "CREATE WINDOW W (k STRING) TIME_BATCH (5 SEC, RETENTION 1 MIN);"
            + " INSERT INTO W SELECT k FROM E;",
        "SELECT a.k AS k FROM E WINDOW TIME_BATCH (5 SEC) a JOIN E b ON a.k = b.k;"
      })
  void shouldNameBatchesThatAreCountedFromTheFirstRow(String query) {
    assertThat(plan(E + query))
        .contains(
            """
            partitions
                TIME_BATCH (5 SECONDS) is counted from the first row that comes; from the epoch as TIME_BATCH (5 SECONDS, 0 MILLISECONDS)
            """);
    assertThat(plan(D + query.replaceAll("\\bE\\b", "D"))).isEmpty();
  }

  @Test
  void shouldNameASequenceThatBeginsWithTheFirstNumberThatComes() {
    String numbered = E.replace("v BIGINT,", "v BIGINT, ORDER BY v TIMEOUT 5 SEC,");

    assertThat(plan(numbered + "SELECT k, v FROM E;"))
        .endsWith("partitions\n    ORDER BY begins with the first number that comes\n");
  }

  @Test
  void shouldNameNoQueryOfAProgramsRowsOrOfInputsThatEnd() {
    String memory = ");\n";
    String ending = ENDLESS.replace("'no'", "'yes'");
    String counts = "SELECT sum(v) AS s FROM (E UNION ALL F) GROUP BY k;";

    assertThat(plan(E + F + counts)).isNotEmpty();
    assertThat(plan((E + F).replace(ENDLESS, memory) + counts)).isEmpty();
    assertThat(plan((E + F).replace(ENDLESS, ending) + counts)).isEmpty();
    assertThat(plan(E + F.replace(ENDLESS, ending) + counts)).contains("as 'E' and 'F' are read");
    assertThat(plan(E + F.replace(ENDLESS, memory) + counts)).contains("as 'E' and 'F' are read");
  }

  @Test
  void shouldNameWhatLooksAtTheOrderInWhichWindowsOfSeveralStreamsClose() {
    String window = "(SELECT k, sum(v) AS v FROM %s WINDOW TUMBLING (5 SEC) GROUP BY k)";
    String united = "SELECT count(*) AS n FROM (" + window + " UNION ALL " + window + ")";

    assertThat(plan(E + F + united.formatted("E", "F") + " WINDOW LENGTH (3);"))
        .contains("as 'E' and 'F' are read as rows come\n    LENGTH (3) takes");
    assertThat(plan(E + united.formatted("E", "E") + " WINDOW LENGTH (3);")).isEmpty();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "SELECT k, sum(v) AS s FROM D GROUP BY k | aggregates without a window send with",
        "SELECT k, v FROM D EMIT FIRST EVERY 5 SEC | EMIT FIRST EVERY 5 SECONDS takes",
        "SELECT k, v FROM D EMIT LAST EVERY 5 EVENTS | EMIT LAST EVERY 5 EVENTS takes",
        "SELECT k, sum(v) AS s FROM D GROUP BY k EMIT EVERY 5 EVENTS | EMIT EVERY 5 EVENTS counts",
        "SELECT k, sum(v) AS s FROM D WINDOW TUMBLING (5 SEC) GROUP BY k EMIT CHANGES"
            + " | EMIT CHANGES sends",
        "SELECT DISTINCT k FROM D | DISTINCT sends",
        "SELECT k, v, rank() OVER (ORDER BY v) AS r FROM D QUALIFY r < 3 | a ranking changes",
        "SELECT l.k AS k, r.v AS v FROM D l LEFT JOIN D r WITHIN 5 SEC ON l.k = r.k EMIT CHANGES"
            + " | rows without a match are sent",
        "CREATE TABLE T (k STRING PRIMARY KEY, v BIGINT); INSERT INTO T SELECT k, v FROM D"
            + " | the newest row of a key is"
      })
  void shouldNameWhatFollowsArrivalWhateverIsDeclared(String query, String what) {
    assertThat(plan(D + query + ";")).contains("if 'D' has several partitions\n    " + what + " ");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "SELECT k, v FROM E WHERE v > 3",
        "SELECT k, v FROM E WINDOW TIME (5 SEC)",
        "SELECT k, sum(v) AS s FROM E WINDOW TUMBLING (5 SEC) GROUP BY k",
        "SELECT k, sum(v) AS s FROM E WINDOW TUMBLING (5 SEC) GROUP BY k EMIT EARLY EVERY 1 SEC FINAL",
        "SELECT sum(v) AS s FROM (E UNION ALL F) WINDOW SESSION (5 SEC)",
        "SELECT sum(v) AS s FROM E WINDOW TIME_BATCH (5 SEC, 0 MS)",
        "SELECT sum(v) AS s FROM E WINDOW TIME_BATCH (5 SEC) EMIT EARLY EVERY 1 SEC FINAL",
        "SELECT k, v FROM E WINDOW DELAY (5 SEC)",
        "SELECT k, v FROM E EMIT ALL EVERY 5 SEC",
        "SELECT E.k AS k, F.v AS v FROM E LEFT JOIN F WITHIN 5 SEC ON E.k = F.k",
        "SELECT k, sum(v) AS s FROM (SELECT k, v FROM E EMIT LAST EVERY 5 SEC) GROUP BY k",
        "SELECT count(*) AS n FROM (SELECT k, sum(v) AS v FROM E WINDOW TUMBLING (5 SEC) GROUP BY k)"
            + " WINDOW LENGTH (3)"
      })
  void shouldNameNoQueryThatDoesNotFollowArrival(String query) {
    assertThat(plan(E + F + query + ";")).isEmpty();
  }

  @Test
  void shouldNameStreamsThatAreReadAsTheyCome() {
    String joined = "SELECT E.k AS k, F.v AS v FROM E LEFT JOIN F WITHIN 5 SEC ON E.k = F.k";
    String changed = joined + " EMIT CHANGES;";

    assertThat(plan(E + F + changed))
        .contains(
            "result: may give other results in each run, as 'E' and 'F' are read as rows come");
    assertThat(plan("SET 'join.order' = 'time';" + E + F + changed)).isEmpty();
    assertThat(
            plan(
                E
                    + F
                    + "SELECT E.v AS v FROM E WINDOW TIME (1 SEC) JOIN F WINDOW TIME (2 SEC)"
                    + " ON E.k = F.k;"))
        .contains(
            "'E' and 'F' are read as rows come\n    TIME (1 SECOND) takes",
            "\n    TIME (2 SECONDS) takes",
            "\n    a join of windows takes");
  }

  @Test
  void shouldNameTheRowOfNowOfATableThatIsFedBesideTheStream() {
    String table =
        "CREATE TABLE T (k STRING PRIMARY KEY, v BIGINT" + ENDLESS.replace("'no'", "'%s'");
    String join = "SELECT E.k AS k, T.v AS v FROM E JOIN T ON E.k = T.k;";

    assertThat(plan(E + table.formatted("no") + join))
        .contains(
            "as 'E' and 'T' are read as rows come\n    a row meets what the table has when it comes\n");
    assertThat(plan(E + table.formatted("yes") + join)).isEmpty();
  }

  @Test
  void shouldNameReadersOfSuchStreams() {
    assertThat(
            plan(
                D
                    + "CREATE STREAM S AS SELECT k, sum(v) AS s FROM D GROUP BY k;\n"
                    + "CREATE STREAM P AS SELECT k, s FROM S WHERE s > 3;\n"
                    + "SELECT k, max(s) AS m FROM P WINDOW TUMBLING (5 SEC) GROUP BY k;\n"
                    + "SELECT k FROM D;"))
        .isEqualTo(
            """

            Order of arrival
              S: may give other results in each run if 'D' has several partitions
                aggregates without a window send with each row that comes; a window that closes does not depend on it
              P: as 'S', which it reads
              result: as 'S', which it reads
            """);
  }

  /** It is declared, but late rows are not put in order. */
  @Test
  void shouldNameNoRemedyForRowsThatCameLate() {
    assertThat(
            plan(
                "CREATE STREAM B (k STRING, v BIGINT);\n"
                    + D.replace("1 SECOND)", "1 SECOND LATE INTO B)")
                    + "SELECT k FROM D WINDOW TUMBLING (5 SEC);\n"
                    + "SELECT sum(v) AS s FROM B WINDOW LENGTH (3);"))
        .contains("if 'D' has several partitions\n    LENGTH (3) takes rows as they come\n");
  }

  private static String plan(String script) {
    return WorldJob.orderOfArrival(script);
  }
}
