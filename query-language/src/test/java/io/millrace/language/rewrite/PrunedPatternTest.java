package io.millrace.language.rewrite;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.language.analysis.Scripts;
import io.millrace.language.plan.PlanNode;
import io.millrace.language.plan.PlanPrinter;
import org.junit.jupiter.api.Test;

/** What is left of patterns, of which analysis keeps all columns of all events. */
final class PrunedPatternTest {
  private static final String STREAMS =
      "CREATE STREAM A (k STRING, v BIGINT, w BIGINT, x BIGINT);"
          + "CREATE STREAM B (k STRING, v BIGINT, y BIGINT);"
          + "CREATE STREAM S (k STRING, v BIGINT, w BIGINT, ts TIMESTAMP, WATERMARK FOR ts AS ts);"
          + "CREATE STREAM K (a BIGINT) WITH (connector='kafka', topic='k', format='json');";

  private static String rewrite(String query) {
    PlanNode root = Scripts.query(STREAMS + query + ";").root();
    PlanNode rewritten = PlanRewriter.rewrite(root);
    assertThat(rewritten.schema()).isEqualTo(root.schema());
    assertThat(PlanRewriter.rewrite(rewritten)).isEqualTo(rewritten);
    return PlanPrinter.print(rewritten);
  }

  @Test
  void shouldLeaveOutColumnsWhenNeitherConditionsNorResultReadThem() {
    assertThat(
            rewrite(
                "SELECT k, b.y FROM PATTERN (EVERY a = A (w > 1) -> b = B (v > a.x)) PARTITION BY k"))
        .isEqualTo(
            """
            Project [k, y]
              Pattern EVERY a -> b partition by [k], a of stream 0 where [w > 1] keep [last(x) AS `a.x`], b of stream 1 where [v > `a.x`] keep [last(y) AS `b.y`], attempts wait for ever
                Union
                  Project [0 AS stream, k, w AS `A.w`, x AS `A.x`, NULL AS `B.v`, NULL AS `B.y`]
                    Scan [A]
                  Project [1 AS stream, k, NULL AS `A.w`, NULL AS `A.x`, v AS `B.v`, y AS `B.y`]
                    Scan [B]
            """);
  }

  @Test
  void shouldKeepStreamAndOneEventWhenNothingIsRead() {
    assertThat(rewrite("SELECT 1 AS one FROM PATTERN (A -> B)"))
        .isEqualTo(
            """
            Project [1 AS one]
              Pattern A -> B, A of stream 0 keep [last(k) AS `A.k`], B of stream 1
                Union
                  Project [0 AS stream, k AS `A.k`]
                    Scan [A]
                  Project [1 AS stream, NULL AS `A.k`]
                    Scan [B]
            """);
  }

  @Test
  void shouldReadTimeOfEventWhenResultOrConditionDoes() {
    assertThat(rewrite("SELECT b.ROWTIME - a.ROWTIME AS d FROM PATTERN (a = S -> b = S (v > a.w))"))
        .isEqualTo(
            """
            Project [ROWTIME - ROWTIME AS d]
              Pattern a -> b, a of stream 0 keep [last(w) AS `a.w`, last(ROWTIME) AS `a.ROWTIME`], b of stream 0 where [v > `a.w`] keep [last(ROWTIME) AS `b.ROWTIME`]
                Sort by ROWTIME
                  Project [0 AS stream, v AS `S.v`, w AS `S.w`, ROWTIME AS `S.ROWTIME`]
                    Scan [S]
            """);
    assertThat(rewrite("SELECT a.ROWOFFSET FROM PATTERN (a = K -> b = K (ROWTIME > a.ROWTIME))"))
        .isEqualTo(
            """
            Project [ROWOFFSET]
              Pattern a -> b, a of stream 0 keep [last(ROWOFFSET) AS `a.ROWOFFSET`, last(ROWTIME) AS `a.ROWTIME`], b of stream 0 where [ROWTIME > `a.ROWTIME`]
                Project [0 AS stream, ROWOFFSET AS `K.ROWOFFSET`, ROWTIME AS `K.ROWTIME`]
                  Scan [K, ROWOFFSET]
            """);
  }

  @Test
  void shouldKeepAggregatesWhenOnlyConditionsReadThem() {
    assertThat(
            rewrite(
                "SELECT b.y, a[2].w FROM PATTERN (a = A (v > avg(v))+ -> b = B (v > sum(a.x)))"))
        .isEqualTo(
            """
            Project [y, w]
              Pattern a{1,} -> b, a of stream 0 where [CAST(v AS DOUBLE) > `a.avg_1`] keep [avg(v) AS `a.avg_1`, sum(x) AS `a.sum_2`, nth(w, 2) AS `a[2].w`], b of stream 1 where [v > `a.sum_2`] keep [last(y) AS `b.y`]
                Union
                  Project [0 AS stream, v AS `A.v`, w AS `A.w`, x AS `A.x`, NULL AS `B.v`, NULL AS `B.y`]
                    Scan [A]
                  Project [1 AS stream, NULL AS `A.v`, NULL AS `A.w`, NULL AS `A.x`, v AS `B.v`, y AS `B.y`]
                    Scan [B]
            """);
  }

  @Test
  void shouldFilterMatchesBehindThePatternWhenWhereReadsOneEvent() {
    assertThat(rewrite("SELECT b.v FROM PATTERN (a = A -> b = B) WHERE a.w > 1 + 2"))
        .isEqualTo(
            """
            Project [v]
              Filter [w > 3]
                Pattern a -> b, a of stream 0 keep [last(w) AS `a.w`], b of stream 1 keep [last(v) AS `b.v`]
                  Union
                    Project [0 AS stream, w AS `A.w`, NULL AS `B.v`]
                      Scan [A]
                    Project [1 AS stream, NULL AS `A.w`, v AS `B.v`]
                      Scan [B]
            """);
  }

  @Test
  void shouldFoldConstantsWhenConditionHasThem() {
    assertThat(rewrite("SELECT b.v FROM PATTERN (a = A (v > 1 + 2 AND TRUE) -> b = B)"))
        .isEqualTo(
            """
            Project [v]
              Pattern a -> b, a of stream 0 where [v > 3], b of stream 1 keep [last(v) AS `b.v`]
                Union
                  Project [0 AS stream, v AS `A.v`, NULL AS `B.v`]
                    Scan [A]
                  Project [1 AS stream, NULL AS `A.v`, v AS `B.v`]
                    Scan [B]
            """);
  }

  /** An element that may be missing has NULL where the key is not. */
  @Test
  void shouldTakeKeyForColumnOnlyWhenMatchHasTheEvent() {
    assertThat(
            rewrite(
                "SELECT a.k AS ak, b.k AS bk, c.k AS ck, d.k AS dk, e[last].k AS ek"
                    + " FROM PATTERN (a = A -> (b = A OR c = A) -> d = A? -> e = A+) PARTITION BY k"))
        .isEqualTo(
            """
            Project [k AS ak, k AS bk, k AS ck, k AS dk, k AS ek]
              Pattern a -> b OR c -> d{0,1} -> e{1,} partition by [k], a of stream 0, b of stream 0 keep [last(k) AS `b.k`], c of stream 0 keep [last(k) AS `c.k`], d of stream 0 keep [last(k) AS `d.k`], e of stream 0 keep [last(k) AS `e[last].k`]
                Project [0 AS stream, k, k AS `A.k`]
                  Scan [A]
            """);
  }
}
