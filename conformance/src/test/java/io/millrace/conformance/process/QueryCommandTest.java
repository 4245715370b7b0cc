package io.millrace.conformance.process;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The command {@code millrace query} beside a process that runs the job. */
final class QueryCommandTest {
  private static final Duration PATIENCE = Duration.ofMinutes(3);
  private static final String SCRIPT =
      """
      CREATE STREAM Events (k STRING, v BIGINT, ts TIMESTAMP, TIMESTAMP BY ts)
      WITH (connector = 'file', path = '${here}/events.json', format = 'json', mode = 'follow');
      CREATE TABLE Totals AS SELECT k, sum(v) AS total FROM Events GROUP BY k;
      CREATE WINDOW Last (k STRING, v BIGINT) LENGTH (2);
      INSERT INTO Last SELECT k, v FROM Events;
      CREATE AGGREGATION PerDay AS SELECT k, count(*) AS n FROM Events GROUP BY k EVERY HOUR TO DAY;
      """;
  private static final String EVENTS =
      """
      {"k": "a", "v": 1, "ts": "2026-11-28T10:00:00Z"}
      {"k": "bé", "v": 20, "ts": "2026-11-28T11:00:00Z"}
      {"k": "a", "v": 3, "ts": "2026-11-29T10:00:00Z"}
      """;

  @TempDir private Path folder;
  private @Nullable RunnerProcess job;

  @AfterEach
  void endJob() {
    RunnerProcess running = job;
    if (running != null) {
      running.kill();
    }
  }

  @Test
  void shouldAnswerWithWhatTheJobHolds() throws IOException {
    start();

    expect(0, "k   total\na       4\nbé     20\n", "SELECT * FROM Totals");
    expect(
        0, "{\"k\":\"a\",\"total\":4}\n", "SELECT * FROM Totals WHERE k = 'a'", "--format", "json");
    expect(0, "k,v\nbé,20\na,3\n", "SELECT k, v FROM Last", "--format", "csv");
    expect(
        0,
        "k   n\na   1\nbé  1\n",
        "SELECT k, n FROM PerDay WITHIN '2026-11-28' PER 'days' ORDER BY k");
    expect(0, "", "SELECT * FROM Totals WHERE k = 'nobody'");
    assertThat(folder.resolve("snapshots/totals"))
        .isDirectoryNotContaining("glob:**.{question,asking,answer,answering}");
  }

  @Test
  void shouldSayWhatIsWrongAndGoOn() throws IOException {
    RunnerProcess running = start();

    RunnerProcess unknown = query("SELECT * FROM Total");
    assertThat(unknown.output())
        .contains("unknown stream or table 'Total'", "did you mean 'Totals'?", "query:1:15")
        .doesNotContain("\tat ");
    assertThat(unknown.status()).isEqualTo(1);
    expect(
        3,
        "error: job 'totals' gave no answer: the query failed: division by zero in 1 / (total - 4)\n",
        "SELECT 1 / (total - 4) AS x FROM Totals WHERE k = 'a'");
    expect(
        3,
        "error: job 'totals' gave no answer: there is no format 'xml'; known are csv, json, raw\n",
        "SELECT * FROM Totals",
        "--format",
        "xml");
    assertThat(query("INSERT INTO Events VALUES ('a', 1, NULL)").status()).isEqualTo(1);
    expect(0, "total\n    4\n", "SELECT total FROM Totals WHERE k = 'a'");
    assertThat(running.isAlive()).isTrue();
  }

  @Test
  void shouldSayThatAJobDoesNotRunOrIsNone() throws IOException {
    start().kill();

    expect(
        3,
        "error: job 'totals' does not run: no process has its snapshots open\n",
        "SELECT * FROM Totals");
    RunnerProcess unknown =
        RunnerProcess.call(folder, "query", "total", "SELECT 1", "--snapshots", "snapshots");
    assertThat(unknown.output())
        .isEqualTo(
            "error: no job 'total' keeps snapshots in 'snapshots'\n"
                + "  help: did you mean 'totals'?\n");
    assertThat(unknown.status()).isEqualTo(1);
  }

  @Test
  void shouldGiveUpWhenTheJobIsHeldUp() throws IOException {
    RunnerProcess running = start();
    running.hang();

    expect(
        3,
        "error: job 'totals' has not answered the query within 2 s: it is held up, or is not run by"
            + " the millrace command\n",
        "SELECT * FROM Totals",
        "--timeout",
        "2s");
    running.resume();
    expect(0, "total\n    4\n", "SELECT total FROM Totals WHERE k = 'a'");
  }

  private void expect(int status, String output, String query, String... options) {
    RunnerProcess asked = query(query, options);
    assertThat(asked.output()).isEqualTo(output);
    assertThat(asked.status()).isEqualTo(status);
  }

  private RunnerProcess query(String query, String... options) {
    String[] arguments = new String[options.length + 4];
    arguments[0] = "totals";
    arguments[1] = query;
    arguments[2] = "--snapshots";
    arguments[3] = "snapshots";
    System.arraycopy(options, 0, arguments, 4, options.length);
    return RunnerProcess.call(folder, "query", arguments);
  }

  /** Starts the job, and waits until it has read all events. */
  private RunnerProcess start() throws IOException {
    Files.writeString(folder.resolve("totals.sql"), SCRIPT);
    Files.writeString(folder.resolve("events.json"), EVENTS);
    RunnerProcess started = RunnerProcess.start(folder, "totals.sql", "--snapshots", "snapshots");
    job = started;
    long begin = System.nanoTime();
    String asked = "";
    while (!asked.equals("n\n3\n")) {
      assertThat(started.isAlive()).as(started::output).isTrue();
      assertThat(System.nanoTime() - begin).as(started::output).isLessThan(PATIENCE.toNanos());
      LockSupport.parkNanos(Duration.ofMillis(100).toNanos());
      asked =
          Files.exists(folder.resolve("snapshots/totals"))
              ? query("SELECT sum(n) AS n FROM PerDay WITHIN '2026' PER 'days'").output()
              : "";
    }
    return started;
  }
}
