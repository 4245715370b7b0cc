package io.millrace.engine;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.spi.data.Batch;
import io.millrace.testkit.time.VirtualClock;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Windows whose groups and rows are more than stay in memory. */
class WindowsInFilesTest {
  private static final int KEYS = 35_000;

  /** More than 16 times the smallest value of 'state.hot.rows'. */
  private static final int ROWS = 2 * KEYS;

  @TempDir private Path folder;

  /** A row of the stream. */
  public record Event(long k, long v, long ts) {}

  /** What a job has sent, as one number and by count, and how many files it had. */
  private record Sent(long sum, long count, long files) {}

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          1 | SELECT k, count(*) AS n, sum(v) AS s FROM S WINDOW TUMBLING (1 HOUR) GROUP BY k
          2 | SELECT k, count(*) AS n, sum(v) AS s FROM S WINDOW TIME (1 HOUR) GROUP BY k
          1 | SELECT k, count(*) AS n, sum(v) AS s, max(v) AS m FROM S WINDOW TIME (50 SECONDS) GROUP BY k EMIT ON EXPIRY
          2 | SELECT k, count(*) AS n, sum(v) AS s FROM S WINDOW TIME (50 SECONDS) GROUP BY k EMIT EVERY 20 SECONDS
          3 | SELECT k, count(*) AS n, sum(v) AS s FROM S WINDOW TIME_LENGTH (50 SECONDS, 3) PARTITION BY k
          3 | SELECT k, count(*) AS n, sum(v) AS s FROM S WINDOW SORTED (2, v DESC) PARTITION BY k
          1 | SELECT k, count(*) AS n, sum(v) AS s FROM S WINDOW LENGTH_BATCH (60000) GROUP BY k
          1 | SELECT k, count(*) AS n, sum(v) AS s FROM S WINDOW LENGTH_BATCH (2) PARTITION BY k
          2 | SELECT k, count(*) AS n, sum(v) AS s FROM S WINDOW LENGTH (100) PARTITION BY k
          1 | SELECT k, count(*) AS n, sum(v) AS s FROM S WINDOW LENGTH (100000)
          2 | SELECT k, sum(v) OVER (PARTITION BY k ORDER BY ROWTIME ROWS BETWEEN 2 PRECEDING AND CURRENT ROW) AS s FROM S WHERE v >= 0
          3 | SELECT k, count(*) AS n, sum(v) AS s FROM S WINDOW HOPPING (40 SECONDS, 10 SECONDS) GROUP BY k
          3 | SELECT k, count(*) AS n, collect_list(v) AS l FROM S WINDOW CUMULATE (20 SECONDS, 80 SECONDS) GROUP BY k
          1 | SELECT k, count(*) AS n, sum(v) AS s FROM S WINDOW TIME (40 SECONDS, 20 SECONDS) GROUP BY k
          3 | SELECT k, count(*) AS n, sum(v) AS s FROM S WINDOW SESSION (20 SECONDS) GROUP BY k
          3 | SELECT k, count(*) AS n, sum(v) AS s FROM S WINDOW SESSION (50 SECONDS) GROUP BY k EMIT CHANGES
          2 | SELECT k, count(*) AS n, sum(v) AS s FROM S WINDOW HOPPING (SIZE 40 SECONDS, ADVANCE BY 20 SECONDS, GRACE PERIOD 1 MINUTE) GROUP BY k EMIT ON CLOSE
          1 | SELECT k, v FROM S WINDOW DELAY (50 SECONDS)
          5 | SELECT S.k, S.v, r.v AS w FROM S JOIN S AS r WITHIN 40 SECONDS ON S.k = r.k
          2 | SELECT k, lead(v) OVER (PARTITION BY k ORDER BY ROWTIME) AS next FROM S
          3 | SELECT k, count(*) OVER (PARTITION BY k ORDER BY ROWTIME RANGE BETWEEN 9 SECONDS PRECEDING AND 9 SECONDS FOLLOWING) AS n FROM S
          3 | SELECT k, lead(v) OVER (PARTITION BY k ORDER BY ROWTIME) AS a, lead(v) OVER (PARTITION BY v ORDER BY ROWTIME) AS b FROM S
          2 | CREATE TABLE R AS SELECT k, v FROM S QUALIFY row_number() OVER (PARTITION BY k ORDER BY v DESC) <= 1
          2 | CREATE TABLE R AS SELECT k, v, sum(v) OVER (PARTITION BY k ORDER BY v) AS s FROM S
          2 | CREATE STREAM K AS SELECT k, v FROM S PARTITION BY k; CREATE TABLE R AS SELECT k, v FROM K WINDOW LENGTH (50000) EMIT CHANGES
          """)
  void shouldSendTheSameAsOnTheHeap(int files, String query) throws IOException {
    Sent inFiles = play("chronicle", query);
    Sent onHeap = play("heap", query);

    assertThat(inFiles.count).isEqualTo(onHeap.count).isGreaterThanOrEqualTo(KEYS);
    assertThat(inFiles.sum).isEqualTo(onHeap.sum);
    assertThat(onHeap.files).isZero();
    assertThat(inFiles.files).as("files that hold state").isGreaterThanOrEqualTo(files);
    assertThat(folder).isEmptyDirectory();
  }

  /** More groups than are put together at once. */
  @ParameterizedTest
  @ValueSource(strings = {"heap", "chronicle"})
  void shouldCountEachRowInEachWindowThatHasIt(String backend) {
    long[] counted = new long[1];
    try (Engine engine = Engine.builder().clock(new VirtualClock()).build()) {
      Job job =
          deploy(
              engine,
              backend,
              "SELECT k, count(*) AS n FROM S WINDOW HOPPING (40 SECONDS, 10 SECONDS) GROUP BY k");
      job.output("R").subscribe(row -> counted[0] += row.getLong("n"));
      send(job);
      job.input("S").end();
    }

    assertThat(counted[0]).isEqualTo(4L * ROWS);
  }

  private Sent play(String backend, String query) throws IOException {
    long[] sum = new long[2];
    long files;
    try (Engine engine = Engine.builder().clock(new VirtualClock()).build()) {
      Job job = deploy(engine, backend, query);
      job.output("R").subscribeBatches(batch -> add(batch, sum));
      send(job);
      files = filesThatHoldState();
      job.input("S").end();
    }
    return new Sent(sum[0], sum[1], files);
  }

  private Job deploy(Engine engine, String backend, String query) {
    return engine.deploy(
        Deployment.of(
                "CREATE STREAM S (k BIGINT, v BIGINT, ts BIGINT, TIMESTAMP BY ts);"
                    + (query.startsWith("CREATE") ? "" : "CREATE STREAM R AS ")
                    + query
                    + ";")
            .withSetting("state.backend", backend)
            .withSetting("state.hot.rows", "4096")
            .withSetting("state.dir", folder.toString()));
  }

  private static void send(Job job) {
    Input<Event> input = job.input("S", Event.class);
    for (int from = 0; from < ROWS; from += 1_000) {
      List<Event> rows = new ArrayList<>();
      for (int i = from; i < from + 1_000; i++) {
        rows.add(new Event(i % KEYS, i % 1_009, i));
      }
      input.sendAll(rows);
    }
  }

  private static void add(Batch batch, long[] sum) {
    for (int row = 0; row < batch.size(); row++) {
      long hash = batch.kind(row).ordinal();
      for (int c = 0; c < batch.columns().length; c++) {
        Object value = batch.column(c).get(row);
        hash = 31 * hash + (value == null ? 7 : value.hashCode());
      }
      sum[0] = 31 * sum[0] + hash;
      sum[1]++;
    }
  }

  private long filesThatHoldState() throws IOException {
    long count = 0;
    try (Stream<Path> files = Files.walk(folder)) {
      for (Path file : files.filter(Files::isRegularFile).toList()) {
        count += Files.size(file) > 0 ? 1 : 0;
      }
    }
    return count;
  }
}
