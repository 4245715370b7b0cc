package io.millrace.engine.fault;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * No row is lost and none doubled when rows change the state of a snapshot that is still taken out,
 * at whatever step the world loses its power.
 */
final class SlicedSnapshotTest {
  private static final int ROWS = 600;
  private static final int KEYS = 150;
  private static final int STEPS_OF_START = 60;
  private static final String SCRIPT =
      WorldJob.INPUT
          + "CREATE STREAM Sums WITH (connector = 'bank')"
          + " AS SELECT k, sum(v) AS s, count(*) AS n FROM Events GROUP BY k;\n"
          + "CREATE STREAM Windows WITH (connector = 'bank')"
          + " AS SELECT k, max(v) AS m FROM Events WINDOW TUMBLING (500 MS) GROUP BY k;\n"
          + "CREATE STREAM Last WITH (connector = 'ledger')"
          + " AS SELECT k, sum(v) AS s FROM Events WINDOW LENGTH (3) PARTITION BY k;\n";

  @ParameterizedTest
  @ValueSource(ints = {1, 3})
  void shouldCommitEachRowOnceWhereverThePowerFails(int parallelism) {
    World atOnce = WorldJob.world(2, ROWS, KEYS);
    WorldJob.run(atOnce, SCRIPT);
    String script = "SET 'parallelism' = '" + parallelism + "';\n" + SCRIPT;
    World undisturbed = inSlices();
    long steps = WorldJob.run(undisturbed, script);
    assertThat(undisturbed.banks()).isEqualTo(atOnce.banks());
    assertThat(undisturbed.ledgers()).isEqualTo(atOnce.ledgers());
    int failures = 0;

    for (long failing = STEPS_OF_START; failing < steps; failing += 5 + failing / 20) {
      World world = inSlices();
      WorldJob.runWithFailures(world, script, failing);
      failures += world.hasFailed() ? 1 : 0;
      assertThat(world.banks()).isEqualTo(undisturbed.banks());
      assertThat(world.ledgers()).isEqualTo(undisturbed.ledgers());
    }
    assertThat(failures).isGreaterThan(10);
  }

  /** Snapshots hold some hundred rows of state, and take few of them out at once. */
  private static World inSlices() {
    World world = WorldJob.world(2, ROWS, KEYS);
    world.setClocks(HurriedClock::new);
    world.setCommitInterval("30 ms");
    return world;
  }
}
