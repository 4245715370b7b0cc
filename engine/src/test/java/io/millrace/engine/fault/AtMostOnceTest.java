package io.millrace.engine.fault;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.engine.Engine;
import io.millrace.engine.Job;
import io.millrace.engine.fault.World.InputRow;
import io.millrace.spi.error.MillraceException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** No row comes twice, at whatever step the world loses its power; what comes is right. */
final class AtMostOnceTest {
  private static final int ROWS = 60;

  /** A job that cannot even start is not started again. */
  private static final int STEPS_OF_START = 30;

  private static final String SET = "SET 'delivery' = 'at-most-once';\n";
  private static final String COPIES =
      "CREATE STREAM Copies WITH (connector = 'tape') AS SELECT k, v FROM Events;\n";
  private static final String SUMS =
      " AS SELECT k, sum(v) AS s, count(*) AS n FROM Events GROUP BY k;\n";

  @Test
  void shouldDoubleNothingWhereverThePowerFails() {
    String script =
        SET
            + WorldJob.INPUT
            + COPIES
            + "CREATE STREAM Sums WITH (connector = 'tape')"
            + SUMS
            + "CREATE STREAM Banked WITH (connector = 'bank')"
            + SUMS;
    World undisturbed = WorldJob.world(2, ROWS);
    long steps = WorldJob.run(undisturbed, script);
    assertThat(undisturbed.tape("Copies")).hasSize(2 * ROWS);
    int lost = 0;
    for (long failing = 0; failing < steps; failing += 1 + failing / 12) {
      World world = WorldJob.world(2, ROWS);
      WorldJob.runWithFailures(world, script, failing);
      for (String stream : List.of("Copies", "Sums")) {
        assertSomeOf(world.tape(stream), undisturbed.tape(stream));
        lost += undisturbed.tape(stream).size() - world.tape(stream).size();
      }
      assertThat(world.bank("Banked")).isEqualTo(undisturbed.bank("Banked"));
    }
    assertThat(lost).isGreaterThan(0);
  }

  @Test
  void shouldDoubleNothingWhenItGoesOnByItself() {
    String script =
        SET
            + "SET 'restart.attempts' = '3';\nSET 'restart.backoff' = '1 ms';\n"
            + WorldJob.INPUT
            + "CREATE STREAM Sums WITH (connector = 'tape')"
            + SUMS;
    World undisturbed = WorldJob.world(2, ROWS);
    long steps = WorldJob.run(undisturbed, script);
    int failures = 0;
    for (long failing = STEPS_OF_START; failing < steps; failing += 3) {
      World world = WorldJob.world(2, ROWS);
      world.failOnceAfter(failing);
      WorldJob.run(world, script);
      failures += world.hasFailed() ? 1 : 0;
      assertSomeOf(world.tape("Sums"), undisturbed.tape("Sums"));
    }
    assertThat(failures).isGreaterThan(10);
  }

  @Test
  void shouldShowRowsWhenTheirSnapshotIsCommitted() {
    World world = WorldJob.world(1, ROWS);
    String script = SET + WorldJob.INPUT.replace("'world'", "'world', end = 'no'") + COPIES;
    try (Engine engine = WorldJob.engine(world)) {
      Job job = WorldJob.start(engine, script, "1 h");
      WorldJob.awaitRows(job, ROWS);
      assertThat(world.tape("Copies")).isEmpty();

      job.commit(Duration.ofMinutes(1));

      assertThat(world.tape("Copies")).hasSize(ROWS);
    }
  }

  @Test
  void shouldTakeASnapshotEarlyWhenManyRowsWait() {
    World world = new World(5);
    List<InputRow> rows = new ArrayList<>();
    for (int i = 0; i < 100_050; i++) {
      rows.add(new InputRow(i, "k", i));
    }
    world.addInput("Events", List.of(rows));
    try (Engine engine = WorldJob.engine(world)) {
      Job job = WorldJob.start(engine, SET + WorldJob.INPUT + COPIES, "1000 h");
      assertThat(job.await(Duration.ofMinutes(5))).isTrue();

      assertThat(job.metrics().snapshots().committed())
          .as("the beginning, one for the rows, and the end")
          .isEqualTo(3);
      assertThat(world.tape("Copies")).hasSize(100_050);
    }
  }

  @Test
  void shouldRefuseToGoOneBackWhenTheLastSnapshotIsDamaged() {
    World world = WorldJob.world(1, ROWS);
    String script = SET + WorldJob.INPUT + COPIES;
    WorldJob.run(world, script);
    long newest = world.store().ids().get(world.store().ids().size() - 1);
    world
        .store()
        .damage(world.store().manifest(newest).findSection("marks").orElseThrow().parts().get(0));

    assertThatThrownBy(() -> WorldJob.run(world, script))
        .isInstanceOf(MillraceException.class)
        .hasMessageContaining("its last committed snapshot, " + newest + ", cannot be used");
  }

  /** These are some of all, in their order, none of them twice. */
  private static void assertSomeOf(List<String> rows, List<String> all) {
    int next = 0;
    for (String row : rows) {
      int found = all.subList(next, all.size()).indexOf(row);
      assertThat(found).as("%s in %s", row, rows).isNotNegative();
      next += found + 1;
    }
  }
}
