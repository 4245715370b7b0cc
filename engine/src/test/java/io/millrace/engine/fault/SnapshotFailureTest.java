package io.millrace.engine.fault;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.engine.Engine;
import io.millrace.engine.Job;
import io.millrace.engine.fault.World.InputRow;
import io.millrace.spi.error.MillraceException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A job whose snapshots cannot be written for a while, as on a full disk, stops or goes on. */
final class SnapshotFailureTest {
  private static final Duration LONG = Duration.ofMinutes(5);
  private static final String SCRIPT =
      WorldJob.INPUT.replace("'world'", "'world', end = 'no'")
          + """
          CREATE STREAM Sums WITH (connector = 'ledger') AS
          SELECT k, sum(v) AS s FROM Events GROUP BY k;
          """;

  private final World world = new World(5);

  SnapshotFailureTest() {
    world.addInput("Events", List.of(List.of(new InputRow(1, "a", 1))));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"begin a snapshot", "write a section", "write changes", "finish a snapshot"})
  void shouldGoOnAndLoseNothingWhenItMayMissSnapshots(String step) {
    try (Engine engine = WorldJob.engine(world)) {
      Job job =
          WorldJob.start(engine, "SET 'snapshot.on.failure' = 'continue';\n" + SCRIPT, "1000 h");
      WorldJob.awaitRows(job, 1);
      job.commit(LONG);
      world.append("Events", new InputRow(2, "a", 2));
      WorldJob.awaitRows(job, 2);
      world.breakDown(step);
      CompletableFuture<Long> missed = job.commit();
      while (job.metrics().snapshots().abandoned() == 0 && !missed.isDone()) {
        Thread.onSpinWait();
      }
      world.append("Events", new InputRow(3, "a", 4));
      WorldJob.awaitRows(job, 3);
      world.repair();
      job.commit(LONG);

      assertThat(missed).isCompleted();
      assertThat(world.ledger("Sums")).containsExactly("1 a 1", "2 a 3", "3 a 7");
    }
    world.append("Events", new InputRow(4, "a", 8));
    assertGoesOn("4 a 15");
  }

  @ParameterizedTest
  @ValueSource(strings = {"begin a snapshot", "write a section", "finish a snapshot"})
  void shouldNotPileUpInFilesWhatMissedSnapshotsHaveCopied(String step, @TempDir Path folder)
      throws IOException {
    String script =
        "SET 'snapshot.on.failure' = 'continue';\n"
            + "SET 'state.backend' = 'chronicle';\n"
            + ("SET 'state.dir' = '" + folder + "';\n")
            + "SET 'state.hot.rows' = '4096';\n"
            + SCRIPT.replace(
                "FROM Events GROUP BY k", "FROM Events WINDOW LENGTH (3) PARTITION BY k");
    for (int i = 2; i <= 4_000; i++) {
      world.append("Events", new InputRow(i, "k" + i, i));
    }
    try (Engine engine = WorldJob.engine(world)) {
      Job job = WorldJob.start(engine, script, "1000 h");
      WorldJob.awaitRows(job, 4_000);
      world.breakDown(step);
      long bytes = 0;
      for (int missed = 1; missed <= 8; missed++) {
        CompletableFuture<Long> commit = job.commit();
        while (job.metrics().snapshots().abandoned() < missed) {
          Thread.onSpinWait();
        }
        assertThat(commit).isNotCompletedExceptionally();
        bytes = missed == 3 ? bytesIn(folder) : bytes;
      }

      assertThat(bytesIn(folder)).isPositive().isLessThanOrEqualTo(bytes);
      world.repair();
    }
  }

  private static long bytesIn(Path folder) throws IOException {
    try (Stream<Path> files = Files.walk(folder)) {
      return files.filter(Files::isRegularFile).mapToLong(file -> file.toFile().length()).sum();
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"begin a snapshot", "write a section", "write changes", "finish a snapshot"})
  void shouldStopAndGoOnFromTheLastSnapshotWhenItMayNot(String step) {
    try (Engine engine = WorldJob.engine(world)) {
      Job job = WorldJob.start(engine, SCRIPT, "1000 h");
      WorldJob.awaitRows(job, 1);
      job.commit(LONG);
      world.append("Events", new InputRow(2, "a", 2));
      WorldJob.awaitRows(job, 2);
      world.breakDown(step);

      assertThatThrownBy(() -> job.commit(LONG)).isInstanceOf(MillraceException.class);
      assertThatThrownBy(() -> job.await(LONG)).hasMessageContaining("no room to " + step);
      assertThat(world.ledger("Sums")).containsExactly("1 a 1");
      world.repair();
    }
    world.append("Events", new InputRow(3, "a", 4));
    assertGoesOn("2 a 3", "3 a 7");
  }

  /** In another process. */
  private void assertGoesOn(String... rows) {
    List<String> before = world.ledger("Sums");
    try (Engine engine = WorldJob.engine(world)) {
      Job job = WorldJob.start(engine, SCRIPT, "1000 h");
      WorldJob.awaitRows(job, rows.length);
      job.commit(LONG);
    }
    List<String> after = world.ledger("Sums");
    assertThat(after.subList(0, before.size())).isEqualTo(before);
    assertThat(after.subList(before.size(), after.size())).containsExactly(rows);
  }
}
