package io.millrace.conformance.process;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.state.store.FileSnapshotStores;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The command {@code millrace snapshot} beside a process that runs the job. */
final class SnapshotCommandTest {
  private static final Duration PATIENCE = Duration.ofMinutes(3);
  private static final String SCRIPT =
      """
      CREATE STREAM Events (k STRING, v BIGINT) WITH (connector = 'generator', rate = '50');
      CREATE STREAM Counts WITH (connector = 'file', path = '${here}/counts.json', format = 'json') AS
      SELECT k, count(*) AS n FROM Events GROUP BY k;
      """;

  @TempDir private Path folder;
  private final List<RunnerProcess> jobs = new ArrayList<>();

  @AfterEach
  void endJob() {
    jobs.forEach(RunnerProcess::kill);
  }

  @Test
  void shouldTakeASnapshotWhenTheJobRuns() throws IOException {
    RunnerProcess running = start();

    RunnerProcess asked = snapshot("counts", "--snapshots", "snapshots");

    assertThat(asked.output())
        .as(running::output)
        .isEqualTo("snapshot 2 of job 'counts' is committed\n");
    assertThat(asked.status()).isZero();
    assertThat(snapshot("--list", "--snapshots", "snapshots").output())
        .matches(
            "JOB +ID +TAKEN +AGE +BYTES\n"
                + "counts +1 +\\S+Z +[0-9.]+ \\S+ .*\n"
                + "counts +2 +\\S+Z +[0-9.]+ \\S+ .*\n");
    assertThat(folder.resolve("snapshots/counts"))
        .isDirectoryNotContaining("glob:**.{request,answer,answering}");
  }

  @Test
  void shouldSaySoWhenTheJobDoesNotRun() throws IOException {
    start().kill();

    RunnerProcess asked = snapshot("counts", "--snapshots", "snapshots");

    assertThat(asked.output())
        .isEqualTo("error: job 'counts' does not run: no process has its snapshots open\n");
    assertThat(asked.status()).isEqualTo(3);
    assertThat(folder.resolve("snapshots/counts"))
        .isDirectoryNotContaining("glob:**.{request,answer}");
  }

  @Test
  void shouldTakeSnapshotsOfAllPartsWhenTheJobIsShared() throws IOException {
    start("alerts/0");
    RunnerProcess second = start("alerts/10");
    start("alerts/2");

    RunnerProcess asked = snapshot("alerts", "--snapshots", "snapshots");

    assertThat(asked.output().lines())
        .containsExactlyInAnyOrder(
            "snapshot 2 of job 'alerts/0' is committed",
            "snapshot 2 of job 'alerts/2' is committed",
            "snapshot 2 of job 'alerts/10' is committed",
            "all 3 parts of job 'alerts' have a new snapshot");
    assertThat(asked.status()).isZero();
    assertThat(snapshot("--list", "alerts", "--snapshots", "snapshots").output().lines())
        .map(line -> line.split(" +")[0])
        .containsExactly(
            "JOB", "alerts/0", "alerts/0", "alerts/2", "alerts/2", "alerts/10", "alerts/10");

    second.kill();
    RunnerProcess again = snapshot("alerts", "--snapshots", "snapshots");

    assertThat(again.output().lines())
        .containsExactlyInAnyOrder(
            "snapshot 3 of job 'alerts/0' is committed",
            "snapshot 3 of job 'alerts/2' is committed",
            "error: 1 of 3 parts of job 'alerts' have no new snapshot: job 'alerts/10' does not"
                + " run: no process has its snapshots open");
    assertThat(again.status()).isEqualTo(3);
  }

  @Test
  void shouldNameTheJobsWhenThereIsNoSuchJob() throws IOException {
    start();

    RunnerProcess asked = snapshot("count", "--snapshots", "snapshots");

    assertThat(asked.output())
        .isEqualTo(
            "error: no job 'count' keeps snapshots in 'snapshots'\n"
                + "  help: did you mean 'counts'?\n");
    assertThat(asked.status()).isEqualTo(1);
  }

  private RunnerProcess snapshot(String... arguments) {
    return RunnerProcess.call(folder, "snapshot", arguments);
  }

  /** Starts the job; its first snapshot is there, and no other comes by itself. */
  private RunnerProcess start() throws IOException {
    return start("counts");
  }

  private RunnerProcess start(String name) throws IOException {
    Path snapshots = new FileSnapshotStores(folder.resolve("snapshots"), null).folderOf(name);
    String own = String.valueOf(snapshots.getFileName());
    Files.writeString(folder.resolve(own + ".sql"), SCRIPT.replace("counts.json", own + ".json"));
    RunnerProcess started =
        RunnerProcess.start(
            folder,
            own + ".sql",
            "--job-name",
            name,
            "--snapshots",
            "snapshots",
            "--set",
            "commit.interval=1 h");
    jobs.add(started);
    long begin = System.nanoTime();
    while (!Files.exists(snapshots.resolve("snapshot-1.manifest"))) {
      assertThat(started.isAlive()).as(started::output).isTrue();
      assertThat(System.nanoTime() - begin).as(started::output).isLessThan(PATIENCE.toNanos());
      LockSupport.parkNanos(Duration.ofMillis(20).toNanos());
    }
    return started;
  }
}
