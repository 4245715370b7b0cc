package io.millrace.engine.fault;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.engine.Engine;
import io.millrace.engine.Job;
import io.millrace.spi.error.MillraceException;
import io.millrace.spi.snapshot.Manifest;
import io.millrace.spi.snapshot.Section;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * No row is lost and none doubled, at whatever step the world loses its power. The process is the
 * engine: it is given up, and another one goes on.
 */
final class ExactlyOnceTest {
  private static final int ROWS = 120;

  /** A job that cannot even start is not started again. */
  private static final int STEPS_OF_START = 60;

  private static final String SUMS =
      " AS SELECT k, sum(v) AS s, count(*) AS n FROM Events GROUP BY k;\n";
  private static final String WINDOWS =
      " AS SELECT k, max(v) AS m FROM Events WINDOW TUMBLING (50 MS) GROUP BY k;\n";
  private static final String LAST =
      " AS SELECT k, sum(v) AS s FROM Events WINDOW LENGTH (3) PARTITION BY k;\n";

  private static final String ALL =
      WorldJob.INPUT
          + "CREATE STREAM Sums WITH (connector = 'bank')"
          + SUMS
          + "CREATE STREAM Windows WITH (connector = 'bank')"
          + WINDOWS
          + "CREATE STREAM Last WITH (connector = 'ledger')"
          + LAST;

  private static final String BANKED =
      WorldJob.INPUT + "CREATE STREAM Sums WITH (connector = 'bank')" + SUMS;

  @ParameterizedTest
  @ValueSource(ints = {1, 3})
  void shouldCommitEachRowOnceWhereverThePowerFails(int parallelism) {
    World undisturbed = comparedWithFailures(inTasks(parallelism) + ALL);

    World inOneTask = world();
    run(inOneTask, ALL);
    assertThat(undisturbed.banks()).isEqualTo(inOneTask.banks());
    assertThat(undisturbed.ledgers()).isEqualTo(inOneTask.ledgers());
    assertThat(undisturbed.bank("Sums")).hasSize(2 * ROWS);
    assertThat(undisturbed.bank("Windows")).isNotEmpty();
    assertThat(undisturbed.ledger("Last")).hasSize(2 * ROWS);
  }

  @Test
  void shouldApplyEachRowOnceWhenTheManifestIsTheAuthority() {
    String script =
        WorldJob.INPUT
            + "CREATE STREAM Sums WITH (connector = 'ledger')"
            + SUMS
            + "CREATE STREAM Windows WITH (connector = 'ledger')"
            + WINDOWS;
    World undisturbed = comparedWithFailures(script);

    assertThat(undisturbed.ledger("Sums")).hasSize(2 * ROWS);
    assertThat(undisturbed.ledger("Windows")).isNotEmpty();
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 3})
  void shouldGoOnByItselfWhenAStepFailsAndRestartsAreAllowed(int parallelism) {
    String script =
        inTasks(parallelism)
            + "SET 'restart.attempts' = '3';\nSET 'restart.backoff' = '1 ms';\n"
            + BANKED;
    World undisturbed = world();
    long steps = run(undisturbed, inTasks(parallelism) + BANKED);
    int failures = 0;

    for (long failing = STEPS_OF_START; failing < steps; failing += 7 + failing / 8) {
      World world = world();
      world.failOnceAfter(failing);
      run(world, script);
      failures += world.hasFailed() ? 1 : 0;
      assertThat(world.bank("Sums")).isEqualTo(undisturbed.bank("Sums"));
    }
    assertThat(failures).isGreaterThan(10);
  }

  @Test
  void shouldGoOnWithAnotherNumberOfTasksAfterEachFailure() {
    World undisturbed = world();
    long steps = run(undisturbed, ALL);
    int failures = 0;

    for (long failing = STEPS_OF_START; failing < steps; failing += 7 + failing / 8) {
      World world = world();
      int[] tasks = {3, 1, 2, 7};
      WorldJob.runWithFailures(
          world, attempt -> inTasks(tasks[attempt % tasks.length]) + ALL, failing);
      failures += world.hasFailed() ? 1 : 0;
      assertThat(world.banks()).isEqualTo(undisturbed.banks());
      assertThat(world.ledgers()).isEqualTo(undisturbed.ledgers());
    }
    assertThat(failures).isGreaterThan(10);
  }

  @Test
  void shouldCommitEachRowOnceWhenStateLiesInFiles(@TempDir Path folder) {
    String files = "SET 'state.backend' = 'chronicle';\nSET 'state.dir' = '" + folder + "';\n";
    World onHeap = world();
    run(onHeap, BANKED);

    World undisturbed = comparedWithFailures(files + BANKED);

    assertThat(undisturbed.bank("Sums")).isEqualTo(onHeap.bank("Sums"));
    assertThat(folder).isEmptyDirectory();
  }

  @Test
  void shouldRefuseToGoOnWhenTheCommittedSnapshotIsDamaged() {
    World world = world();
    run(world, BANKED);
    damageCommitted(world);

    assertThatThrownBy(() -> run(world, BANKED))
        .isInstanceOf(MillraceException.class)
        .hasMessageContaining("job 'job' cannot go on: its last committed snapshot, ")
        .hasMessageContaining("--allow-duplicates");
  }

  @Test
  void shouldRepeatRowsButLoseNoneWhenItMayGoOneBack() {
    World world = world();
    run(world, BANKED);
    List<String> once = world.bank("Sums");
    damageCommitted(world);

    run(world, "SET 'allow.duplicates' = 'true';\n" + BANKED);

    List<String> rows = world.bank("Sums");
    assertThat(rows.subList(0, once.size())).isEqualTo(once);
    assertThat(once).endsWith(rows.subList(once.size(), rows.size()).toArray(String[]::new));
  }

  @Test
  void shouldRefuseWhenSnapshotsAreThereButNoCommitIs() {
    World world = world();
    run(world, BANKED);
    world.forgetCommits();

    assertThatThrownBy(() -> run(world, BANKED))
        .isInstanceOf(MillraceException.class)
        .hasMessageContaining(
            "job 'job' has snapshots in the world, but the system that its output")
        .hasMessageContaining("Choose: ");
  }

  @Test
  void shouldSendNothingAgainWhenAFinishedJobIsRunAgain() {
    World world = world();
    run(world, BANKED);
    List<String> rows = world.bank("Sums");

    run(world, BANKED);

    assertThat(world.bank("Sums")).isEqualTo(rows);
  }

  @Test
  void shouldCommitWhatWasReadWhenAskedTo() {
    World world = world();
    String script = BANKED.replace("'world'", "'world', end = 'no'");
    try (Engine engine = WorldJob.engine(world)) {
      Job job = WorldJob.start(engine, script, "1 h");
      WorldJob.awaitRows(job, 2 * ROWS);
      assertThat(world.bank("Sums")).isEmpty();

      long id = job.commit(Duration.ofMinutes(1));

      assertThat(world.bank("Sums")).hasSize(2 * ROWS);
      assertThat(world.pointer().orElseThrow().snapshotId()).isEqualTo(id);
      assertThat(job.metrics().snapshots().lastId()).isEqualTo(id);
    }
  }

  @Test
  void shouldTakeASnapshotWhenTheWatermarkPassesAMark() {
    World world = WorldJob.world(1, ROWS);
    String script =
        "SET 'snapshot.at.watermark' = '500 ms';\n"
            + BANKED.replace("'world'", "'world', end = 'no'");
    try (Engine engine = WorldJob.engine(world)) {
      Job job = WorldJob.start(engine, script, "1000 h");
      WorldJob.awaitRows(job, ROWS);
      while (job.metrics().snapshots().committed() < 3) { // the beginning, 500 and 1000 ms
        Thread.onSpinWait();
      }
      assertThat(world.bank("Sums")).hasSizeBetween(101, ROWS);
      assertThat(job.metrics().snapshots().committed()).isEqualTo(3);
    }
  }

  @Test
  void shouldRefuseExactlyOnceWhenASinkCannot() {
    String script =
        "SET 'delivery' = 'exactly-once';\n"
            + WorldJob.INPUT
            + "CREATE STREAM Sums WITH (connector = 'plain')"
            + SUMS;

    assertThatThrownBy(() -> run(world(), script))
        .isInstanceOf(MillraceException.class)
        .hasMessageContaining("rows of 'Sums' may come twice after a crash")
        .hasMessageContaining("connector 'plain' cannot take rows back");
  }

  /**
   * Damages what belongs to the committed snapshot alone. Each one has marks of its own; state that
   * has not changed it shares with the one before.
   */
  private static void damageCommitted(World world) {
    Manifest committed = world.store().manifest(world.pointer().orElseThrow().snapshotId());
    Section marks = committed.findSection("marks").orElseThrow();
    world.store().damage(marks.parts().get(0));
  }

  /**
   * Runs a script undisturbed, and again and again with failures from each of its steps on (of the
   * later ones from some), and compares all that was shown. Gives the undisturbed world.
   */
  private static World comparedWithFailures(String script) {
    World undisturbed = world();
    long steps = run(undisturbed, script);
    int failures = 0;
    for (long failing = 0; failing < steps; failing += 1 + failing / 12) {
      World world = world();
      WorldJob.runWithFailures(world, script, failing);
      failures += world.hasFailed() ? 1 : 0;
      assertThat(world.banks()).isEqualTo(undisturbed.banks());
      assertThat(world.ledgers()).isEqualTo(undisturbed.ledgers());
    }
    assertThat(failures).isGreaterThan(20);
    return undisturbed;
  }

  private static String inTasks(int parallelism) {
    return "SET 'parallelism' = '" + parallelism + "';\n";
  }

  private static long run(World world, String script) {
    return WorldJob.run(world, script);
  }

  private static World world() {
    return WorldJob.world(2, ROWS);
  }
}
