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

  /** Each operator has a watermark of its own, and counts the rows that it found late. */
  @Test
  void shouldShowHowFarSortsJoinsAndPatternsHaveCome() {
    try (Engine engine = Engine.create()) {
      Job job =
          engine.deploy(
              """
              CREATE STREAM A (m INT, v INT, ts TIMESTAMP, WATERMARK FOR ts AS ts - 10 SECONDS);
              CREATE STREAM B (m INT, v INT, ts TIMESTAMP, WATERMARK FOR ts AS ts);
              CREATE STREAM J AS SELECT a.v FROM A a JOIN B b WITHIN 5 SEC ON a.v = b.v;
              CREATE STREAM P AS SELECT a.v FROM PATTERN (EVERY a = A -> b = B (v = a.v));
              CREATE STREAM L AS SELECT sum(v) AS s FROM A WINDOW LENGTH (2);
              """);
      send(job, "A", 0, 1, 60);
      send(job, "A", 0, 2, 40);
      send(job, "A", 0, 3, 70);
      send(job, "B", 0, 3, 65);

      assertThat(job.metrics().late()).isEqualTo(Map.of("J", 1L, "P", 1L, "L", 1L));
      assertThat(job.metrics().totalLate()).isEqualTo(3);
      assertThat(withoutIdentities(job.explainAnalyze("J")))
          .isEqualTo(
              """
              J (v INT)
                #7 Project v | 1 row, watermark 1970-01-01T00:00:55Z
                  #6 Join within 5000 ms before and 5000 ms after by a.v = b.v | 1 row, 1 late, 9 held, watermark 1970-01-01T00:00:55Z
                    #4 Project v AS a.v | 3 rows, watermark 1970-01-01T00:01:00Z
                      #0 Stream A | 3 rows, watermark 1970-01-01T00:01:00Z
                    #5 Project v AS b.v | 1 row, watermark 1970-01-01T00:01:05Z
                      #2 Stream B | 1 row, watermark 1970-01-01T00:01:05Z
              """);
      assertThat(withoutIdentities(job.explainAnalyze("P")))
          .contains("Pattern of a, b (v = `a.v`) | 0 rows, watermark 1970-01-01T00:01:00Z\n")
          .contains("Sort by event time | 0 rows, 1 late, 3 held, watermark 1970-01-01T00:01:00Z\n")
          .contains("Union of 2 inputs | 4 rows, watermark 1970-01-01T00:01:00Z\n");
      assertThat(withoutIdentities(job.explainAnalyze("L")))
          .contains("LengthWindow 2 | 1 row, 3 held, watermark 1970-01-01T00:01:00Z\n")
          .contains("Sort by event time | 1 row, 1 late, 1 held, watermark 1970-01-01T00:01:00Z\n");
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

  private static String withoutIdentities(String text) {
    return text.replaceAll(" \\[[a-z]+-[0-9a-f]+]", "");
  }

  private static void send(Job job, String stream, int mark, int value, long second) {
    Input<Map<String, ? extends @Nullable Object>> input = job.input(stream);
    input.send(Map.of("m", mark, "v", value, "ts", Instant.ofEpochSecond(second)));
  }
}
