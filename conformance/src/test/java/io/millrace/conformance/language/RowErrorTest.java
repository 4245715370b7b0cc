package io.millrace.conformance.language;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.engine.Engine;
import io.millrace.engine.Input;
import io.millrace.engine.Job;
import io.millrace.spi.error.MillraceException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** What is said of a row that fails: the columns and expressions of the query, and no others. */
class RowErrorTest {
  private static final String STREAMS =
      """
      CREATE STREAM S (k STRING, v BIGINT, ts TIMESTAMP, TIMESTAMP BY ts) WITH ('on.error' = 'fail');
      CREATE STREAM T (k STRING, w INT, ts TIMESTAMP, TIMESTAMP BY ts);
      """;

  private static List<Arguments> queries() {
    return List.of(
        Arguments.of(
            "SELECT k, 10 / v AS x FROM S;",
            "division by zero in 10 / v: {k: a, v: 0, ts: 1970-01-01T00:00:02Z}"),
        Arguments.of(
            "SELECT k, sum(9223372036854775807 - v) AS x FROM S GROUP BY k;",
            "integer overflow in sum(9223372036854775807 - v):"
                + " {k: a, 9223372036854775807 - v: 9223372036854775807}"),
        Arguments.of(
            "SELECT k, a.v AS x FROM PATTERN (EVERY a = S -> b = S (10 / v > a.v))"
                + " PARTITION BY k;",
            "division by zero in 10 / v: {k: a, v: 0}"),
        Arguments.of(
            "SELECT k, b.w AS x FROM PATTERN (EVERY a = S (10 / v > 1) -> b = T) PARTITION BY k;",
            "division by zero in 10 / v: {k: a, v: 0}"));
  }

  @Test
  void shouldFollowTheStreamThatTheQueryFeedsWhenThatSaysWhatBecomesOfRows() {
    try (Engine engine = Engine.create()) {
      Job job =
          engine.deploy(
              STREAMS
                  + "CREATE STREAM M WITH ('on.error' = 'skip') AS SELECT 10 / v AS x FROM S;"
                  + "CREATE STREAM N WITH ('on.error' = 'fail') AS SELECT 10 / w AS x FROM T;");
      List<Object> results = new ArrayList<>();
      job.output("M").subscribe(row -> results.add(row.get("x")));
      Input<Map<String, ?>> skipped = job.input("S");
      skipped.send(Map.of("k", "a", "v", 0L, "ts", 1_000L));
      skipped.send(Map.of("k", "a", "v", 5L, "ts", 2_000L));
      Input<Map<String, ?>> failing = job.input("T");

      assertThat(results).containsExactly(2L);
      assertThatThrownBy(() -> failing.send(Map.of("k", "a", "w", 0, "ts", 2_000L)))
          .isInstanceOf(MillraceException.class)
          .hasMessageContaining("a row of 'N' failed: division by zero in 10 / w");
    }
  }

  @ParameterizedTest
  @MethodSource("queries")
  void shouldShowTheRowAsTheQueryKnowsIt(String query, String message) {
    try (Engine engine = Engine.create()) {
      Job job = engine.deploy(STREAMS + "CREATE STREAM M AS " + query);
      Input<Map<String, ?>> rows = job.input("S");
      rows.send(Map.of("k", "a", "v", 1L, "ts", 1_000L));

      assertThatThrownBy(() -> rows.send(Map.of("k", "a", "v", 0L, "ts", 2_000L)))
          .isInstanceOf(MillraceException.class)
          .hasMessageContaining("a row of 'M' failed: " + message + " ('on.error' = 'fail')");
    }
  }
}
