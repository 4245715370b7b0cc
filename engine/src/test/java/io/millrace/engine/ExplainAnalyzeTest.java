package io.millrace.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class ExplainAnalyzeTest {
  private static final String SCRIPT =
      """
      CREATE STREAM A (m INT, v INT, ts TIMESTAMP, TIMESTAMP BY ts, WATERMARK ON (m > 0) MARK m);
      CREATE STREAM B (m INT, v INT, ts TIMESTAMP, TIMESTAMP BY ts, WATERMARK ON (m > 0) MARK m);
      CREATE STREAM Both AS (SELECT v FROM A) UNION ALL (SELECT v FROM B);
      CREATE STREAM Small AS SELECT v FROM A WHERE v < 3;
      """;

  @Test
  void shouldShowWhatTheOperatorsOfOneStreamHaveDone() {
    try (Engine engine = Engine.create()) {
      Job job = engine.deploy(SCRIPT);
      send(job, "A", 1, 1, 1);
      send(job, "A", 0, 2, 5);
      send(job, "A", 0, 3, 9);
      send(job, "B", 0, 4, 60);

      assertThat(job.explainAnalyze("small"))
          .startsWith("Small (v INT)\n")
          .contains(" Filter v < 3; Project v | 2 rows, watermark 1970-01-01T00:00:09Z\n")
          .endsWith("#0 Stream A | 3 rows, watermark 1970-01-01T00:00:09Z\n")
          .doesNotContain("Both");
      assertThat(job.explainAnalyze("Both"))
          .contains("Align A with the marks of B [")
          .contains("] | 0 rows, 3 held, no watermark\n")
          .contains("Align B with the marks of A [")
          .doesNotContain("Small");
      assertThatThrownBy(() -> job.explainAnalyze("Bot"))
          .hasMessage("unknown stream or query 'Bot'; did you mean 'Both'?");
    }
  }

  @Test
  void shouldRunAnalyzedQueryWithoutGivingAnyoneItsRows() {
    try (Engine engine = Engine.create()) {
      Job job = engine.deploy(SCRIPT + "EXPLAIN ANALYZE SELECT count(*) AS n FROM B;");
      send(job, "B", 0, 4, 60);
      send(job, "B", 0, 5, 61);

      assertThat(job.outputs()).containsExactly("A", "B", "Both", "Small");
      assertThat(job.explainAnalyze("`analyzed`"))
          .startsWith("`analyzed` (n BIGINT)\n")
          .contains("| 2 rows, 1 held, watermark 1970-01-01T00:01:01Z");
    }
  }

  @Test
  void shouldSendTheRowsOfAStreamWhateverItsNameWhenQueryIsAnalyzed() {
    try (Engine engine = Engine.create()) {
      Job job =
          engine.deploy(
              SCRIPT
                  + "CREATE STREAM analyzed AS SELECT v FROM B; EXPLAIN ANALYZE SELECT v FROM B;");
      List<Long> sent = new ArrayList<>();
      job.output("analyzed").subscribe(row -> sent.add(row.getLong("v")));
      send(job, "B", 0, 4, 60);

      assertThat(sent).containsExactly(4L);
      assertThat(job.explainAnalyze("analyzed")).startsWith("analyzed (v INT)\n");
    }
  }

  private static void send(Job job, String stream, int mark, int value, long second) {
    Input<Map<String, ? extends @Nullable Object>> input = job.input(stream);
    input.send(Map.of("m", mark, "v", value, "ts", Instant.ofEpochSecond(second)));
  }
}
