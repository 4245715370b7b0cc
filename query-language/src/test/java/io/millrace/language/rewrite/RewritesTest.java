package io.millrace.language.rewrite;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.language.analysis.Scripts;
import io.millrace.language.plan.PlanNode;
import io.millrace.language.plan.PlanPrinter;
import io.millrace.language.plan.QueryPlan;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Each rule where it fires, and where it must not. */
final class RewritesTest {
  private static final String STREAMS =
      "CREATE STREAM T (a BIGINT, b BIGINT, x DOUBLE, s STRING, f BOOLEAN, l ARRAY<STRING>);"
          + "CREATE STREAM W (k STRING, v DOUBLE, w DOUBLE, ts TIMESTAMP, WATERMARK FOR ts AS ts);"
          + "CREATE TABLE U (id BIGINT PRIMARY KEY, name STRING);"
          + "CREATE STREAM K (a BIGINT) WITH (connector='kafka', topic='k', format='json');";

  private static String rewrite(String query) {
    PlanNode root = Scripts.query(STREAMS + query + ";").root();
    PlanNode rewritten = PlanRewriter.rewrite(root);
    assertThat(rewritten.schema()).isEqualTo(root.schema());
    return PlanPrinter.print(rewritten);
  }

  /** What the expression becomes, as the only column of a query. */
  private static String expression(String text) {
    String plan = rewrite("SELECT " + text + " AS r FROM T");
    return plan.substring("Project [".length(), plan.indexOf(" AS r]"));
  }

  private static String filter(String condition) {
    String plan = rewrite("SELECT * FROM T WHERE " + condition);
    return plan.startsWith("Filter [") ? plan.substring(8, plan.indexOf("]\n")) : "none";
  }

  @Test
  void shouldFoldWhenOperandsAreConstant() {
    assertThat(expression("a + (2 + 3) * 4")).isEqualTo("a + 20");
    assertThat(expression("upper('abc') || 'd'")).isEqualTo("'ABCd'");
    assertThat(expression("1.5 * 2.25")).isEqualTo("3.375");
    assertThat(expression("x + NULL")).isEqualTo("NULL");
    assertThat(expression("length(NULL)")).isEqualTo("NULL");
    assertThat(expression("1 < 2 AND 'a' = 'b'")).isEqualTo("FALSE");
    assertThat(expression("3 IN (1, 2, NULL)")).isEqualTo("NULL");
    assertThat(expression("CAST(2.5 AS INT) + 1")).isEqualTo("3");
    assertThat(expression("ARRAY[1, 2]")).isEqualTo("ARRAY[1, 2]");
    assertThat(expression("TIMESTAMP '2024-03-01 00:00:00' + 1 HOUR"))
        .isEqualTo("TIMESTAMP '2024-03-01 01:00:00'");
  }

  @Test
  void shouldNotFoldWhenItFails() {
    assertThat(expression("1 / 0")).isEqualTo("1 / 0");
    assertThat(expression("2147483647 + 1")).isEqualTo("2147483647 + 1");
    assertThat(expression("abs(-9223372036854775808)")).isEqualTo("abs(-9223372036854775808)");
    assertThat(expression("(a + b) + NULL")).isEqualTo("a + b + NULL");
  }

  @Test
  void shouldNotFoldWhenResultsDiffer() {
    assertThat(expression("random()")).isEqualTo("random()");
    assertThat(expression("now()")).isEqualTo("now()");
  }

  @Test
  void shouldFlattenAndShortenWhenConditionsAreLogical() {
    assertThat(filter("f AND (s = 'x' AND x > 1)")).isEqualTo("f AND s = 'x' AND x > 1e0");
    assertThat(filter("f AND 1 = 1")).isEqualTo("f");
    assertThat(filter("f AND s = 'x' AND f")).isEqualTo("f AND s = 'x'");
    assertThat(filter("NOT (a < b)")).isEqualTo("a >= b");
    assertThat(filter("NOT NOT f")).isEqualTo("f");
    assertThat(filter("f AND 1 = 2")).isEqualTo("FALSE");
    assertThat(filter("f OR 1 = 1")).isEqualTo("none");
  }

  @Test
  void shouldKeepWhatMayFailWhenItStandsBeforeFalse() {
    assertThat(filter("a / b = 1 AND 1 = 2 AND f")).isEqualTo("a / b = 1 AND FALSE");
    assertThat(filter("1 = 2 AND a / b = 1")).isEqualTo("FALSE");
    assertThat(filter("random() > 0.5 AND random() > 0.5"))
        .isEqualTo("random() > 0.5e0 AND random() > 0.5e0");
  }

  @Test
  void shouldDropBranchesWhenTheyAreNeverTaken() {
    assertThat(expression("CASE WHEN FALSE THEN a WHEN TRUE THEN b ELSE 0 END")).isEqualTo("b");
    assertThat(expression("CASE WHEN f THEN a WHEN NULL THEN b END"))
        .isEqualTo("CASE WHEN f THEN a ELSE NULL END");
    assertThat(expression("coalesce(NULL, a, 5, b)")).isEqualTo("coalesce(a, 5)");
    assertThat(expression("a IN (1)")).isEqualTo("a = 1");
  }

  @Test
  void shouldNotDropBranchesWhenTheyMayBeTaken() {
    assertThat(expression("CASE WHEN f THEN a / b ELSE 0 END"))
        .isEqualTo("CASE WHEN f THEN a / b ELSE 0 END");
    assertThat(expression("coalesce(a / b, 0)")).isEqualTo("coalesce(a / b, 0)");
  }

  @Test
  void shouldMergeFiltersWhenUpperCannotFail() {
    assertThat(rewrite("SELECT * FROM (SELECT * FROM T WHERE f) WHERE s = 'x'"))
        .isEqualTo(
            """
            Filter [f AND s = 'x']
              Scan [T]
            """);
  }

  @Test
  void shouldNotMergeFiltersWhenUpperMayFail() {
    assertThat(rewrite("SELECT * FROM (SELECT * FROM T WHERE b <> 0) WHERE a / b = 1"))
        .isEqualTo(
            """
            Filter [a / b = 1]
              Filter [b <> 0]
                Scan [T]
            """);
  }

  @Test
  void shouldFilterFirstWhenProjectionCannotFail() {
    assertThat(rewrite("SELECT y FROM (SELECT x * 2 AS y FROM T) WHERE y > 3"))
        .isEqualTo(
            """
            Project [x * 2e0 AS y]
              Filter [x * 2e0 > 3e0]
                Scan [T]
            """);
  }

  @Test
  void shouldFilterBehindWhenProjectionMayFailOrDiffers() {
    assertThat(rewrite("SELECT y FROM (SELECT a * 2 AS y FROM T) WHERE y > 3"))
        .isEqualTo(
            """
            Filter [y > 3]
              Project [a * 2 AS y]
                Scan [T]
            """);
    assertThat(rewrite("SELECT y FROM (SELECT random() AS y FROM T) WHERE y > 0.5"))
        .isEqualTo(
            """
            Filter [y > 0.5e0]
              Project [random() AS y]
                Scan [T]
            """);
  }

  @Test
  void shouldFilterEachInputWhenUnion() {
    assertThat(rewrite("SELECT a FROM (T UNION ALL T) WHERE f"))
        .isEqualTo(
            """
            Union
              Project [a]
                Filter [f]
                  Scan [T]
              Project [a]
                Filter [f]
                  Scan [T]
            """);
  }

  @Test
  void shouldFilterBeforeAggregateWhenConditionIsOfTheKeys() {
    assertThat(
            rewrite("SELECT s, count(*) AS n FROM T GROUP BY s HAVING s <> 'x' AND count(*) > 2"))
        .isEqualTo(
            """
            Project [s, count_1 AS n]
              Filter [count_1 > 2]
                Aggregate group by [s] [count(*) AS count_1] emit each row
                  Filter [s <> 'x']
                    Scan [T]
            """);
  }

  @Test
  void shouldFilterBehindAggregateWhenItMayOverflow() {
    assertThat(rewrite("SELECT s, sum(a) AS n FROM T GROUP BY s HAVING s <> 'x'"))
        .isEqualTo(
            """
            Project [s, sum_1 AS n]
              Filter [s <> 'x']
                Aggregate group by [s] [sum(a) AS sum_1] emit each row
                  Scan [T]
            """);
  }

  @Test
  void shouldFilterBehindLengthWindowWhenKeyIsNoPartition() {
    assertThat(
            rewrite("SELECT s, count(*) AS n FROM T WINDOW LENGTH (3) GROUP BY s HAVING s <> 'x'"))
        .isEqualTo(
            """
            Project [s, count_1 AS n]
              Filter [s <> 'x']
                Aggregate window LENGTH (3) group by [s] [count(*) AS count_1] emit each row
                  Scan [T]
            """);
  }

  @Test
  void shouldFilterBehindAggregateWhenConditionIsOfItsTime() {
    assertThat(
            rewrite(
                "SELECT s, count(*) AS n FROM T GROUP BY s"
                    + " HAVING ROWTIME > '2024-03-01' AND s = 'x'"))
        .isEqualTo(
            """
            Project [s, count_1 AS n]
              Filter [ROWTIME > TIMESTAMP '2024-03-01 00:00:00']
                Aggregate group by [s] [count(*) AS count_1] emit each row
                  Filter [s = 'x']
                    Scan [T]
            """);
  }

  @Test
  void shouldMergeProjectionsWhenNothingIsComputedTwice() {
    assertThat(rewrite("SELECT y * 3 AS z FROM (SELECT x * 2 AS y FROM T)"))
        .isEqualTo(
            """
            Project [x * 2e0 * 3e0 AS z]
              Scan [T]
            """);
  }

  @Test
  void shouldNotMergeProjectionsWhenComputedTwiceOrInABranch() {
    assertThat(rewrite("SELECT y * y AS z FROM (SELECT x * 2 AS y FROM T)"))
        .isEqualTo(
            """
            Project [y * y AS z]
              Project [x * 2e0 AS y]
                Scan [T]
            """);
    assertThat(rewrite("SELECT IF(f, y, 0) AS z FROM (SELECT a / b AS y, f FROM T)"))
        .isEqualTo(
            """
            Project [CASE WHEN f THEN y ELSE 0 END AS z]
              Project [a / b AS y, f]
                Scan [T]
            """);
  }

  @Test
  void shouldRemoveProjectionWhenItChangesNothing() {
    assertThat(rewrite("SELECT * FROM T")).isEqualTo("Scan [T]\n");
    assertThat(rewrite("SELECT a FROM K")).isEqualTo("Scan [K]\n");
  }

  @Test
  void shouldKeepProjectionWhenItRenames() {
    assertThat(rewrite("SELECT id, name AS title FROM U"))
        .isEqualTo(
            """
            Project [id, name AS title]
              Scan table [U]
            """);
  }

  @Test
  void shouldKeepWhatIsWantedOfLateRowsAndNotFilterThemByHaving() {
    String script =
        "CREATE STREAM D (s STRING, v BIGINT, w BIGINT, ts TIMESTAMP, WATERMARK FOR ts AS ts);"
            + "CREATE STREAM Late (w BIGINT);"
            + "SELECT s, count(*) AS n FROM D WINDOW LENGTH (3) LATE INTO Late"
            + " GROUP BY s HAVING s = 'x' PARTITION BY s;";
    PlanNode root = Scripts.plan(script).queries().get(0).root();

    assertThat(PlanPrinter.print(PlanRewriter.rewrite(root)))
        .isEqualTo(
            """
            Project [s, count_1 AS n]
              Filter [s = 'x']
                Aggregate window LENGTH (3) partition by [s] [count(*) AS count_1] emit each row
                  Late rows into Late [w]
                    Sort by ROWTIME
                      Late rows into Late [w]
                        Project [s, w]
                          Scan [D]
            """);
  }

  @Test
  void shouldSortEventsOfPatternOnceWhateverBecomesOfLateOnes() {
    String script =
        "CREATE STREAM L (b INT);"
            + "CREATE STREAM M (e INT, LATE_BY BIGINT);"
            + "CREATE STREAM A (a INT, b INT, c INT, ts TIMESTAMP, WATERMARK FOR ts AS ts LATE INTO L);"
            + "CREATE STREAM B (d INT, e INT, ts TIMESTAMP, WATERMARK FOR ts AS ts LATE INTO M);"
            + "SELECT x.a AS a FROM PATTERN (EVERY x = A -> B);";
    List<QueryPlan> queries = Scripts.plan(script).queries();

    assertThat(PlanPrinter.print(PlanRewriter.rewrite(queries.get(0).root())))
        .isEqualTo(
            """
            Project [a]
              Pattern EVERY x -> B, x of stream 0 keep [last(a) AS `x.a`], B of stream 1, attempts wait for ever
                Sort by ROWTIME
                  Late rows into M [e, stream]
                    Late rows into L [b, stream]
                      Union
                        Project [0 AS stream, a AS `A.a`, b AS `A.b`, NULL AS `B.e`]
                          Scan [A]
                        Project [1 AS stream, NULL AS `A.a`, NULL AS `A.b`, e AS `B.e`]
                          Scan [B]
            """);
    assertThat(PlanPrinter.print(PlanRewriter.rewrite(queries.get(1).root())))
        .startsWith(
            """
            Project [b]
              Filter [stream = 0]
                Late rows of
                  Union
                    Project [0 AS stream, a AS `A.a`,            """);
  }

  @Test
  void shouldLeaveOutColumnsWhenNobodyReadsThem() {
    assertThat(
            rewrite(
                "SELECT sum(y) AS t FROM (SELECT v + w AS y, k || 'x' AS z FROM W) WINDOW LENGTH (3)"))
        .isEqualTo(
            """
            Project [sum_1 AS t]
              Aggregate window LENGTH (3) [sum(y) AS sum_1] emit each row
                Sort by ROWTIME
                  Project [v + w AS y]
                    Scan [W]
            """);
    assertThat(rewrite("SELECT s, EXPLODE(l) AS e FROM T"))
        .isEqualTo(
            """
            Project [s, element_1 AS e]
              Explode [l AS element_1]
                Project [s, l]
                  Scan [T]
            """);
    assertThat(rewrite("SELECT ROWOFFSET FROM K"))
        .isEqualTo(
            """
            Project [ROWOFFSET]
              Scan [K, ROWOFFSET]
            """);
  }

  @Test
  void shouldKeepColumnsThatAreSortedByWhenNobodyReadsThem() {
    assertThat(
            rewrite(
                "SELECT n FROM (SELECT s, f, count(*) AS n FROM T WINDOW TUMBLING (1 SEC)"
                    + " GROUP BY s, f, a PARTITION BY a ORDER BY s LIMIT 2)"))
        .isEqualTo(
            """
            Project [n]
              Order each emission of [emission_4] by [s] limit 2
                Project [s, count_1 AS n, a AS emission_4]
                  Aggregate window TUMBLING (1 SECOND) partition by [a] group by [s, f] [count(*) AS count_1] emit final
                    Scan [T]
            """);
  }

  @Test
  void shouldFilterBehindWhenEmissionsAreCut() {
    assertThat(
            rewrite(
                "SELECT s FROM (SELECT s, count(*) AS n FROM T WINDOW TUMBLING (1 SEC)"
                    + " GROUP BY s ORDER BY n LIMIT 2) WHERE s = 'a'"))
        .isEqualTo(
            """
            Project [s]
              Filter [s = 'a']
                Order each emission by [n] limit 2
                  Project [s, count_1 AS n]
                    Aggregate window TUMBLING (1 SECOND) group by [s] [count(*) AS count_1] emit final
                      Scan [T]
            """);
  }

  @Test
  void shouldFilterBehindAndCarryGroupsWhenRowsAreLimited() {
    assertThat(
            rewrite(
                "SELECT n FROM (SELECT f, count(*) AS n, max(a) AS m FROM T GROUP BY s, f"
                    + " EMIT LAST EVERY 1 SEC) WHERE f"))
        .isEqualTo(
            """
            Project [n]
              Filter [f]
                Limit to last every 1 SECOND per [group_4, f]
                  Project [f, count_1 AS n, s AS group_4]
                    Aggregate group by [s, f] [count(*) AS count_1, max(a) AS max_2] emit each row
                      Scan [T]
            """);
  }

  @Test
  void shouldFilterBehindWhenThereAreSnapshotsAtTicks() {
    assertThat(rewrite("SELECT s, count(*) AS n FROM T GROUP BY s HAVING s = 'a' EMIT EVERY 1 SEC"))
        .isEqualTo(
            """
            Project [s, count_1 AS n]
              Filter [s = 'a']
                Aggregate EVERY 1 SECOND group by [s] [count(*) AS count_1] emit looks
                  Scan [T]
            """);
  }

  @Test
  void shouldFilterPartitionsBeforeWhenTheirRowsAreCounted() {
    assertThat(
            rewrite(
                "SELECT s, f, count(*) AS n FROM T GROUP BY f HAVING s = 'a' AND f PARTITION BY s EMIT EVERY 9 EVENTS"))
        .isEqualTo(
            """
            Project [s, f, count_1 AS n]
              Filter [f]
                Aggregate EVERY 9 EVENTS partition by [s] group by [f] [count(*) AS count_1] emit looks
                  Filter [s = 'a']
                    Scan [T]
            """);
  }

  @Test
  void shouldKeepColumnsWhenTheyMayFail() {
    assertThat(rewrite("SELECT s FROM (SELECT s, a / b AS y FROM T)"))
        .isEqualTo(
            """
            Project [s]
              Project [s, a / b AS y]
                Scan [T]
            """);
  }
}
