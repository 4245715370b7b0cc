package io.millrace.conformance.reference;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.engine.Deployment;
import io.millrace.engine.Engine;
import io.millrace.engine.Job;
import io.millrace.engine.Row;
import io.millrace.spi.time.VirtualClock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * A stream that a query feeds, and that falls silent, counts in what reads it with others from its
 * first row on, however rows come: as a stream does that a program sends the same rows to.
 */
class DerivedSilencePropertyTest {
  private static final int PARTS = 12;
  private static final int ROWS = 25;
  private static final long TIMEOUT = 10_000;
  private static final int[] BATCH_SIZES = {7, 1024};

  private static final String LATE =
      "CREATE STREAM L (n INT, k STRING, at TIMESTAMP, LATE_BY BIGINT);\n";
  private static final String SOURCE =
      "CREATE STREAM S (n INT, k STRING, v INT, ts TIMESTAMP, at TIMESTAMP, WATERMARK FOR ts AS ts -"
          + " 200 MILLISECONDS);\n";
  private static final String SILENT =
      "CREATE STREAM T (n INT, k STRING, at TIMESTAMP,"
          + " WATERMARK FOR at AS at - 100 MILLISECONDS IDLE TIMEOUT 10 SEC LATE INTO L);\n";
  private static final List<String> QUERIES =
      List.of(
          "SELECT k, count(*) AS x, WINDOW_START AS w FROM (T UNION ALL (SELECT n, k, ts AS at FROM"
              + " S)) WINDOW TUMBLING (1 SEC) GROUP BY k",
          "SELECT s.n AS s, t.n AS t FROM S AS s LEFT JOIN T AS t WITHIN 500 MS ON s.k = t.k",
          "SELECT s.n AS s, t.n AS t FROM T WINDOW TIME (2 SEC) AS t JOIN S WINDOW TIME (1 SEC) AS s"
              + " ON s.k = t.k",
          "SELECT k, count(*) AS x, WINDOW_START AS w FROM (U UNION ALL (SELECT n, k, ts AS at FROM"
              + " S)) WINDOW TUMBLING (1 SEC) GROUP BY k",
          "SELECT t.n AS t, s.n AS s FROM PATTERN (EVERY t = T -> s = S (v < 3) WITHIN 2 SEC)");

  /** Rows of one moment of the clock. */
  private record Part(List<Map<String, @Nullable Object>> rows, long pause) {}

  private static List<Part> parts(Random random) {
    List<Part> parts = new ArrayList<>();
    long time = 0;
    int number = 0;
    for (int i = 0; i < PARTS; i++) {
      List<Map<String, @Nullable Object>> rows = new ArrayList<>();
      boolean isQuiet = random.nextInt(3) > 0;
      for (int j = 0; j < ROWS; j++) {
        time += random.nextInt(300);
        Map<String, @Nullable Object> row = new LinkedHashMap<>();
        row.put("n", number++);
        row.put("k", String.valueOf((char) ('x' + random.nextInt(2))));
        row.put("v", isQuiet ? random.nextInt(15) : random.nextInt(20));
        row.put("ts", Instant.ofEpochMilli(time - random.nextInt(400)));
        row.put("at", Instant.ofEpochMilli(time - random.nextInt(1_500)));
        rows.add(row);
      }
      parts.add(new Part(rows, random.nextInt((int) TIMEOUT)));
    }
    return parts;
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 2, 3, 4, 5})
  void shouldNotDependOnBatchesAndTasks(int seed) {
    List<Part> parts = parts(new Random(QuerySeeds.of(seed)));
    for (String query : QUERIES) {
      String script =
          SOURCE
              + LATE
              + SILENT
              + "INSERT INTO T SELECT n, k, at FROM S WHERE v > 14;\n"
              + "CREATE STREAM U (n INT, k STRING, at TIMESTAMP, TIMESTAMP BY at) AS SELECT n, k, at"
              + " FROM T;\n"
              + "CREATE STREAM O AS "
              + query
              + ";";
      List<String> first = play(script, parts, 1, 1);
      assertThat(first).isNotEmpty();
      for (int batchSize : BATCH_SIZES) {
        assertThat(play(script, parts, batchSize, batchSize == 7 ? 4 : 1))
            .as(script + "\nbatch size " + batchSize)
            .isEqualTo(first);
      }
    }
  }

  /** Also while its source has rows. */
  @ParameterizedTest
  @ValueSource(ints = {0, 1, 2, 3})
  void shouldBeAsStreamThatProgramSendsItsRowsTo(int seed) {
    List<Part> parts = parts(new Random(QuerySeeds.of(seed)));
    String query = "CREATE STREAM O AS " + QUERIES.get(0) + ";";
    String derived =
        SOURCE + LATE + SILENT + "INSERT INTO T SELECT n, k, at FROM S WHERE v > 14;\n" + query;
    List<String> sent = playOneByOne(SOURCE + LATE + SILENT + query, parts, true);
    assertThat(sent).isNotEmpty();
    assertThat(playOneByOne(derived, parts, false)).isEqualTo(sent);
  }

  private static void listen(Job job, List<String> came) {
    for (String output : List.of("O", "L")) {
      job.output(output)
          .subscribe((Row row) -> came.add(output + ' ' + row.rowtime() + ' ' + row.values()));
    }
  }

  /** What comes of rows that are sent together, part by part. */
  private static List<String> play(String script, List<Part> parts, int batchSize, int tasks) {
    List<String> came = new ArrayList<>();
    VirtualClock clock = new VirtualClock(0);
    Deployment deployment = Deployment.of(script).withSetting("parallelism", String.valueOf(tasks));
    try (Engine engine = Engine.builder().clock(clock).batchSize(batchSize).build()) {
      Job job = engine.deploy(deployment);
      listen(job, came);
      for (Part part : parts) {
        job.input("S").sendAll(part.rows);
        clock.advanceTo(clock.millis() + part.pause);
      }
      job.input("S").end();
      job.snapshot();
    }
    return came;
  }

  /**
   * What comes of rows that are sent one by one.
   *
   * @param isFed whether the program sends those of the second stream, too
   */
  private static List<String> playOneByOne(String script, List<Part> parts, boolean isFed) {
    List<String> came = new ArrayList<>();
    VirtualClock clock = new VirtualClock(0);
    try (Engine engine = Engine.builder().clock(clock).batchSize(1).build()) {
      Job job = engine.deploy(Deployment.of(script));
      listen(job, came);
      for (Part part : parts) {
        for (Map<String, @Nullable Object> row : part.rows) {
          if (isFed && (Integer) Objects.requireNonNull(row.get("v")) > 14) {
            Map<String, @Nullable Object> second = new LinkedHashMap<>(row);
            second.keySet().retainAll(List.of("n", "k", "at"));
            job.input("T").send(second);
          }
          job.input("S").send(row);
        }
        clock.advanceTo(clock.millis() + part.pause);
      }
      if (isFed) {
        job.input("T").end();
      }
      job.input("S").end();
    }
    return came;
  }
}
