package io.millrace.conformance.language;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.conformance.functions.UserAggregateExamples;
import io.millrace.engine.Deployment;
import io.millrace.engine.Engine;
import io.millrace.engine.compile.CompiledScript;
import io.millrace.engine.show.Answers;
import io.millrace.spi.error.ScriptException;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** What SHOW, DESCRIBE and EXPLAIN answer, as {@code millrace run} prints it. */
class ShowStatementsTest {
  private static final int WIDTH = 100;
  private static final String STREAMS =
      """
      CREATE STREAM S (k STRING KEY, v INT, ts TIMESTAMP, WATERMARK FOR ts AS ts - 5 SECONDS);
      CREATE TABLE A AS SELECT k, sum(v) AS s FROM S GROUP BY k;
      CREATE STREAM G (id BIGINT) WITH (connector = 'generator', count = '1');
      SELECT k FROM S WHERE v > 3;
      """;

  @Test
  void shouldListStreamsTablesAndQueries() {
    assertThat(answer("SHOW STREAMS"))
        .isEqualTo(
            """
            STREAM  CONNECTOR    COLUMNS
            S       (in memory)  k STRING, v INT, ts TIMESTAMP
            G       generator    id BIGINT
            """);
    assertThat(answer("SHOW TABLES"))
        .isEqualTo(
            """
            TABLE  CONNECTOR    COLUMNS
            A      (in memory)  k STRING, s BIGINT
            """);
    assertThat(answer("SHOW QUERIES"))
        .isEqualTo(
            """
            QUERY   TEXT
            A       CREATE TABLE A AS SELECT k, sum(v) AS s FROM S GROUP BY k
            result  SELECT k FROM S WHERE v > 3
            """);
  }

  @Test
  void shouldDescribeStreamsAndTables() {
    assertThat(answer("DESCRIBE s"))
        .isEqualTo(
            """
            stream S, in memory

            COLUMN  TYPE
            k       STRING     key
            v       INT
            ts      TIMESTAMP  event time, up to 5 SECONDS late
            """);
    assertThat(answer("DESCRIBE A")).startsWith("table A, in memory, fed by queries\n");
    assertThat(answer("DESCRIBE G")).startsWith("stream G, connector 'generator'\n");
  }

  @Test
  void shouldDescribeHowFarAWatermarkStaysBehind() {
    assertThat(answer("CREATE STREAM A1 (ts TIMESTAMP, WATERMARK FOR ts ADAPTIVE); DESCRIBE A1"))
        .endsWith("ts      TIMESTAMP  event time, as late as lately seen\n");
    assertThat(
            answer(
                "CREATE STREAM A2 (ts TIMESTAMP, WATERMARK FOR ts ADAPTIVE MAX 1 MINUTE QUALITY"
                    + " 0.99); DESCRIBE A2"))
        .endsWith(
            "ts      TIMESTAMP  event time, as late as lately seen of 0.99 of the rows,"
                + " at most 1 MINUTE\n");
  }

  @Test
  void shouldListAndDescribeConnectorsAndFormats() {
    assertThat(answer("SHOW CONNECTORS"))
        .contains("console    writing", "\nFORMAT  DESCRIPTION\n", "json    A JSON object");
    assertThat(answer("DESCRIBE CONNECTOR file"))
        .startsWith("connector file\n")
        .contains("For reading and writing; needs a format.", "\nrotate.size", "\non.error");
    assertThat(answer("DESCRIBE CONNECTOR csv"))
        .startsWith("format csv\n")
        .contains("\ncsv.delimiter");
    assertRefused("DESCRIBE CONNECTOR jsn", "unknown connector 'jsn'", "did you mean 'json'");
  }

  @Test
  void shouldListAndDescribeFunctions() {
    assertThat(answer("SHOW FUNCTIONS"))
        .contains("\nupper (ucase)", "\ncoalesce (ifnull, nvl)", "\nif ", "\nnullif ")
        .doesNotContain("$extract", "$rlike");
    assertThat(answer("DESCRIBE FUNCTION ucase"))
        .isEqualTo(
            """
            upper(STRING) -> STRING
              The text in upper case, by the rules of no language in particular.
              Also called ucase.
                upper('straße') = 'STRASSE'
            """);
    assertThat(answer("DESCRIBE FUNCTION nvl"))
        .startsWith("coalesce(T, T...) -> T\n")
        .contains("  Also called ifnull, nvl.\n", "    coalesce(NULL, 1, 2) = 1\n");
    assertThat(answer("SHOW FUNCTIONS"))
        .contains("\nroot_mean_square (rms)", "\nhow_many", "\nspread ");
    assertThat(answer("DESCRIBE FUNCTION rms"))
        .isEqualTo(
            """
            root_mean_square(DOUBLE) -> DOUBLE, an aggregate for all windows
              The square root of the mean of the squares.
              Also called rms.
                rms(voltage)
            """);
    assertThat(answer("DESCRIBE FUNCTION how_many"))
        .startsWith("how_many() -> INT, an aggregate that merges\n");
    assertThat(answer("DESCRIBE FUNCTION total"))
        .contains(
            "total(BIGINT) -> BIGINT, an aggregate that only takes rows\n",
            "total(STRING) -> BIGINT, an aggregate that only takes rows\n");
    assertRefused("DESCRIBE FUNCTION uper", "unknown function 'uper'", "did you mean 'upper'");
    assertRefused("DESCRIBE FUNCTION spred", "unknown function 'spred'", "did you mean 'spread'");
  }

  @Test
  void shouldExplainQueries() {
    String query = "SELECT k, v + 1 AS w FROM S WHERE v > 1";
    String logical =
        """
        query (k STRING, w INT)
          Project [k, v + 1 AS w]
            Filter [v > 1]
              Scan [S]
        """;
    assertThat(answer("EXPLAIN " + query)).isEqualTo(logical);
    assertThat(answer("EXPLAIN LOGICAL " + query)).isEqualTo(logical);
    assertThat(answer("EXPLAIN PHYSICAL " + query))
        .isEqualTo(
            """
            query (k STRING, w INT)
              #1 Filter v > 1; Project k, v + 1 AS w
                #0 Stream S
            """);
    assertThat(answer("EXPLAIN CODE " + query))
        .contains("// #1 Filter v > 1", "public int select(", "public void project(");
  }

  @Test
  void shouldExplainByWhichExpressionRowsGoToTasks() {
    assertThat(
            answer(
                    "SET 'parallelism' = '4'; EXPLAIN PHYSICAL SELECT upper(k) AS u, sum(v) AS s"
                        + " FROM S WINDOW TUMBLING (1 SEC) GROUP BY upper(k)")
                .replaceAll("\\[aggregate-\\w+]", "[id]"))
        .isEqualTo(
            """
            query (u STRING, s BIGINT)
              #3 Project key_1 AS u, sum_1 AS s, in 4 tasks by upper(k)
                #2 TumblingWindow 1000 ms by key_1 [id], in 4 tasks by upper(k)
                  #1 Project upper(k) AS key_1, v, in one task
                    #0 Stream S
            """);
  }

  @Test
  void shouldExplainWhatRunsInTasksWhenThereAreSeveral() {
    assertThat(
            answer(
                    "SET 'parallelism' = '4'; EXPLAIN PHYSICAL SELECT k, count(*) AS n FROM S"
                        + " WINDOW TUMBLING (1 SEC) WHERE v > 1 GROUP BY k")
                .replaceAll("\\[aggregate-\\w+]", "[id]"))
        .isEqualTo(
            """
            query (k STRING, n BIGINT)
              #3 Project k, count_1 AS n, in 4 tasks by k
                #2 TumblingWindow 1000 ms by k [id], in 4 tasks by k
                  #1 Filter v > 1; Project k, in 4 tasks by k
                    #0 Stream S
            """);
    assertThat(
            answer(
                "SET 'parallelism' = '4'; EXPLAIN PHYSICAL SELECT count(*) AS n FROM S"
                    + " WINDOW TUMBLING (1 SEC)"))
        .contains("TumblingWindow 1000 ms [", ", in one task\n")
        .doesNotContain("tasks");
  }

  @Test
  void shouldExplainWhatFollowsTheOrderOfArrival() {
    String endless = "CREATE STREAM M (id BIGINT) WITH (connector = 'generator');";
    assertThat(answer(endless + "EXPLAIN PHYSICAL SELECT max(id) AS m FROM M WINDOW LENGTH (3)"))
        .endsWith(
            """
                #0 Stream M

            Order of arrival
              query: may give other results in each run if 'M' has several partitions
                LENGTH (3) takes rows as they come; by their times with WATERMARK FOR ts AS ts - d in 'M', d being 0 SECONDS where rows are in order
            """);
    assertThat(answer("EXPLAIN PHYSICAL SELECT max(id) AS m FROM G WINDOW LENGTH (3)"))
        .doesNotContain("Order of arrival");
  }

  @Test
  void shouldExplainWhoKnowsTheRowsOfChangesWhenTableIsFiltered() {
    assertThat(answer("EXPLAIN PHYSICAL SELECT s + 1 AS t FROM A WHERE s > 1"))
        .contains("Changes by k [changes-", "Filter s > 1\n", "Stream A\n");
  }

  private static String answer(String statement) {
    try (Engine engine = Engine.builder().functions(UserAggregateExamples.classes()).build()) {
      CompiledScript script = engine.compile(Deployment.of(STREAMS + statement + ";"));
      return new Answers(
              engine.parts().functions(),
              engine.parts().plugins(),
              engine.parts().compiler(),
              WIDTH)
          .requested(script, List.of()).stream().collect(Collectors.joining());
    }
  }

  private static void assertRefused(String statement, String... parts) {
    assertThatThrownBy(() -> answer(statement))
        .isInstanceOf(ScriptException.class)
        .hasMessageContainingAll(parts);
  }
}
