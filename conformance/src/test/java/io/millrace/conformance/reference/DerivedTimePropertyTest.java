package io.millrace.conformance.reference;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.engine.Deployment;
import io.millrace.engine.Engine;
import io.millrace.engine.Job;
import io.millrace.engine.Row;
import io.millrace.engine.Snapshot;
import io.millrace.spi.time.VirtualClock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * A stream that queries feed, with a time of its own, is read as one that a program sends the same
 * rows to, however these come.
 */
class DerivedTimePropertyTest {
  private static final int ROWS = 80;
  private static final int SEEDS = 2;
  private static final int[] BATCH_SIZES = {1, 7, 1024};
  private static final String LATE =
      "CREATE STREAM L (n INT, k STRING, v INT, at TIMESTAMP, LATE_BY BIGINT);\n";

  /** What feeds the stream. */
  enum Feed {
    ROWS("SELECT n, k, v, at FROM S", ""),
    SOME_ROWS("SELECT n, k, v, at FROM S WHERE v > 4", ""),
    WINDOW(
        "SELECT max(n) AS n, max(k) AS k, CAST(sum(v) AS INT) AS v, max(at) AS at"
            + " FROM S WINDOW TUMBLING (1 SEC)",
        ""),
    OVER("SELECT n, k, v, lag(at) OVER (PARTITION BY k ORDER BY ROWTIME) AS at FROM S", ""),
    SEVERAL("SELECT n, k, v, at FROM S WHERE v > 9", "SELECT n, k, v, at FROM S WHERE v < 9");

    private final String first;
    private final String second;

    Feed(String first, String second) {
      this.first = first;
      this.second = second;
    }

    /** Of several rows at one moment none is late by another: so here each has its own. */
    List<String> sources() {
      return this == OVER || this == WINDOW
          ? List.of("TIMESTAMP BY ts")
          : List.of("TIMESTAMP BY ts", "WATERMARK FOR ts AS ts - 1 SECOND");
    }

    String sql() {
      return "INSERT INTO T " + first + (second.isEmpty() ? "" : ";\nINSERT INTO T " + second);
    }
  }

  private record Event(long n, String k, long v, long ts, long at) {
    Map<String, @Nullable Object> toMap() {
      Map<String, @Nullable Object> map = new LinkedHashMap<>();
      map.put("n", n);
      map.put("k", k);
      map.put("v", v);
      map.put("ts", Instant.ofEpochMilli(ts));
      map.put("at", Instant.ofEpochMilli(at));
      return map;
    }
  }

  private static List<Event> events(Random random) {
    List<Event> events = new ArrayList<>();
    long time = 0;
    for (int i = 0; i < ROWS; i++) {
      time += random.nextInt(600);
      long at = 100_000 + 2 * time - (random.nextInt(4) == 0 ? random.nextInt(4_000) : 0);
      String key = String.valueOf((char) ('x' + random.nextInt(3)));
      events.add(new Event(i, key, random.nextInt(20), time - random.nextInt(200), at));
    }
    return events;
  }

  @ParameterizedTest
  @EnumSource(Feed.class)
  void shouldBeReadAsIfProgramSentIt(Feed feed) {
    for (String source : feed.sources()) {
      for (String query : QUERIES) {
        check(feed, source, stream("WATERMARK FOR at AS at - 2 SECONDS LATE INTO L"), query);
      }
      if (feed != Feed.WINDOW) { // whose rows have moments of another time than windows over them
        check(feed, source, stream("WATERMARK FOR at AS at - 2 SECONDS LATE INTO L"), OF_UNION);
      }
      check(feed, source, stream("TIMESTAMP BY at LATE INTO L"), QUERIES.get(0));
      check(feed, source, stream("WATERMARK FOR at ADAPTIVE LATE INTO L"), QUERIES.get(0));
      check(
          feed,
          source,
          stream("WATERMARK FOR at ADAPTIVE QUALITY 0.8 LATE INTO L"),
          QUERIES.get(2));
    }
  }

  private static final List<String> QUERIES =
      List.of(
          "SELECT k, sum(v) AS x, WINDOW_START AS w FROM T WINDOW TUMBLING (3 SEC) GROUP BY k",
          "SELECT sum(v) AS x FROM T WINDOW SESSION (200 MS)",
          "SELECT n, lag(v) OVER (PARTITION BY k ORDER BY ROWTIME) AS x FROM T",
          "SELECT a.n AS a, b.n AS b FROM PATTERN (EVERY a = T (v > 9) -> b = T (v < 9)"
              + " WITHIN 2 SEC)",
          "SELECT a.n AS a, b.n AS b FROM T a LEFT JOIN T b WITHIN 500 MS ON a.k = b.k AND b.v > 9");

  private static final String OF_UNION =
      "SELECT k, count(*) AS x, PANE AS p FROM ((SELECT k, sum(v) AS v FROM T"
          + " WINDOW TUMBLING (200 MS) GROUP BY k)"
          + " UNION ALL (SELECT k, CAST(v AS BIGINT) AS v FROM T))"
          + " WINDOW TUMBLING (1 SEC) GROUP BY k EMIT EARLY EVERY 300 MS FINAL";

  private static final List<String> WINDOWS =
      List.of("TIME (1 SEC)", "LENGTH (5)", "SORTED (4, v)", "TUMBLING (2 SEC)");

  /** A window with a name is in the order of its own time, too. */
  @ParameterizedTest
  @EnumSource(Feed.class)
  void shouldFillWindowAsIfProgramDid(Feed feed) {
    String time = "WATERMARK FOR at AS at - 2 SECONDS LATE INTO L";
    for (String source : feed.sources()) {
      for (String window : WINDOWS) {
        String declared = declared("WINDOW", time) + " " + window;
        check(feed, source, declared, "SELECT k, sum(v) AS x, max(n) AS n FROM T GROUP BY k");
      }
      String sliding = declared("WINDOW", time) + " TIME (1 SEC)";
      check(feed, source, sliding, "SELECT n, k FROM T EMIT ON EXPIRY");
      check(feed, source, sliding, "SELECT a.n AS a, b.n AS b FROM T a JOIN T b ON a.v = b.v");
    }
  }

  private static String stream(String time) {
    return declared("STREAM", time);
  }

  private static String declared(String kind, String time) {
    return LATE + "CREATE " + kind + " T (n INT, k STRING, v INT, at TIMESTAMP, " + time + ")";
  }

  private static void check(Feed feed, String source, String declared, String query) {
    String out = ";\nCREATE STREAM O AS " + query + ";\n";
    String derived =
        "CREATE STREAM S (n INT, k STRING, v INT, ts TIMESTAMP, at TIMESTAMP, "
            + source
            + ");\n"
            + declared
            + ";\n"
            + feed.sql()
            + out;
    for (int number = 0; number < SEEDS; number++) {
      Random random = new Random(31L * feed.ordinal() + QuerySeeds.of(number));
      List<Map<String, @Nullable Object>> rows = events(random).stream().map(Event::toMap).toList();
      for (int batchSize : BATCH_SIZES) {
        Run run = new Run(derived, "S", batchSize, batchSize == 7 ? 4 : 1);
        run.play(rows, batchSize != 1024);
        Run alone = new Run(declared + out, "T", 1, 1);
        alone.play(run.fed, false);
        assertThat(run.came)
            .as(derived + "batch size " + batchSize + ", seed " + number)
            .isEqualTo(alone.came);
        assertThat(run.late).isEqualTo(alone.late);
      }
    }
  }

  private static final List<String> SLACKS =
      List.of("AS at - 300 MILLISECONDS", "ADAPTIVE MAX 800 MILLISECONDS", "ADAPTIVE QUALITY 0.8");

  /** Also where an operator makes several rows at one moment. */
  @ParameterizedTest
  @ValueSource(ints = {0, 1, 2, 3, 4, 5})
  void shouldNotDependOnBatches(int number) {
    Random random = new Random(QuerySeeds.of(number));
    String script =
        "CREATE STREAM S (n INT, k STRING, v INT, ts TIMESTAMP, at TIMESTAMP, "
            + (number % 2 == 0 ? "WATERMARK FOR ts AS ts" : "TIMESTAMP BY ts")
            + ");\n"
            + LATE
            + "CREATE STREAM T (n INT, k STRING, v INT, at TIMESTAMP,"
            + " WATERMARK FOR at "
            + SLACKS.get(number / 2)
            + " LATE INTO L);\n"
            + "INSERT INTO T SELECT max(n) AS n, k, CAST(sum(v) AS INT) AS v, max(at) AS at"
            + " FROM S WINDOW HOPPING (1 SEC, 200 MS) GROUP BY k;\n"
            + "INSERT INTO T SELECT n, k, v, at FROM S WHERE v > 12;\n"
            + "CREATE STREAM O AS SELECT k, count(*) AS x, WINDOW_START AS w"
            + " FROM (T UNION ALL (SELECT n, k, v, at FROM S)) WINDOW TUMBLING (1 SEC) GROUP BY k;";
    List<Map<String, @Nullable Object>> rows = events(random).stream().map(Event::toMap).toList();
    Run first = new Run(script, "S", 1, 1);
    first.play(rows, false);
    assertThat(first.came).isNotEmpty();
    for (int batchSize : BATCH_SIZES) {
      Run other = new Run(script, "S", batchSize, batchSize == 7 ? 4 : 1);
      other.play(rows, batchSize != 1024);
      assertThat(other.came).as(script + "\nbatch size " + batchSize).isEqualTo(first.came);
      assertThat(other.late).isEqualTo(first.late);
      assertThat(other.fed).isEqualTo(first.fed);
    }
  }

  /** A script with rows of one stream. */
  private static final class Run {
    private final String script;
    private final String input;
    private final int batchSize;
    private final int tasks;
    private final List<String> came = new ArrayList<>();
    private final List<String> late = new ArrayList<>();
    private final List<Map<String, @Nullable Object>> fed = new ArrayList<>();

    Run(String script, String input, int batchSize, int tasks) {
      this.script = script;
      this.input = input;
      this.batchSize = batchSize;
      this.tasks = tasks;
    }

    void play(List<Map<String, @Nullable Object>> rows, boolean restarts) {
      int half = restarts ? rows.size() / 2 : 0;
      Snapshot snapshot = restarts ? play(rows.subList(0, half), null, false) : null;
      play(rows.subList(half, rows.size()), snapshot, true);
    }

    private Snapshot play(
        List<Map<String, @Nullable Object>> rows, @Nullable Snapshot from, boolean ends) {
      Deployment deployment =
          Deployment.of(script).withSetting("parallelism", String.valueOf(tasks));
      try (Engine engine =
          Engine.builder().clock(new VirtualClock(0)).batchSize(batchSize).build()) {
        Job job = engine.deploy(from == null ? deployment : deployment.restoring(from));
        job.output("O").subscribe(row -> came.add(row.rowtime() + " " + row.values()));
        job.output("L").subscribe(row -> late.add(row.rowtime() + " " + row.values()));
        job.output("T").subscribe(row -> fed.add(toMap(row)));
        job.input(input).sendAll(rows);
        if (ends) {
          job.input(input).end();
        }
        return job.snapshot();
      }
    }

    private static Map<String, @Nullable Object> toMap(Row row) {
      Map<String, @Nullable Object> map = new LinkedHashMap<>();
      List<String> names = List.of("n", "k", "v", "at");
      for (int i = 0; i < names.size(); i++) {
        map.put(names.get(i), row.values().get(i));
      }
      return map;
    }
  }
}
