package io.millrace.engine.fault;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.engine.fault.World.InputRow;
import io.millrace.spi.error.MillraceException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import org.junit.jupiter.api.Test;

/**
 * Rows of two queues, which give again what is not acknowledged, at whatever step the world loses
 * its power. They end, so rows are taken by their times: some of what a queue has given at once,
 * then of the other, and snapshots come in between.
 */
final class AcknowledgedTest {
  private static final int ROWS = 200;
  private static final List<String> QUEUES = List.of("Tasks", "More");
  private static final String INPUT =
      """
      CREATE STREAM Tasks (k STRING, v BIGINT) WITH (connector = 'queue');
      CREATE STREAM More (k STRING, v BIGINT) WITH (connector = 'queue');
      CREATE STREAM All AS SELECT * FROM Tasks UNION ALL More;
      """;

  /** The counts say how many rows the state has had, the rows which. */
  private static final String SCRIPT =
      INPUT
          + """
          CREATE STREAM Rows WITH (connector = 'bank') AS SELECT k, v FROM All;
          CREATE STREAM Counts WITH (connector = 'bank') AS SELECT count(*) AS n FROM All;
          """;

  private static World world() {
    World world = new World(5);
    for (String queue : QUEUES) {
      List<InputRow> rows = new ArrayList<>();
      for (int i = 0; i < ROWS / 2; i++) {
        rows.add(new InputRow(i, queue, i));
      }
      world.addInput(queue, List.of(rows));
    }
    return world;
  }

  /** The rows that are in the bank: their times, queues and values. */
  private static List<String> rows(World world) {
    return world.bank("Rows");
  }

  private static void assertAllAcknowledged(World world) {
    QUEUES.forEach(queue -> assertThat(world.input(queue).get(0)).isEmpty());
  }

  @Test
  void shouldTakeEachRowOnceAndAcknowledgeItWhenNothingFails() {
    World world = world();

    WorldJob.run(world, SCRIPT);

    assertThat(rows(world)).hasSize(ROWS).doesNotHaveDuplicates();
    assertThat(world.bank("Counts")).hasSize(ROWS);
    assertAllAcknowledged(world);
  }

  @Test
  void shouldLoseNothingAndCountWhatComesAgainWhereverThePowerFails() {
    long steps = WorldJob.run(world(), SCRIPT);
    int repeated = 0;
    for (long failing = 0; failing < steps; failing += 1 + failing / 12) {
      World world = world();

      WorldJob.runWithFailures(world, SCRIPT, failing);

      List<String> rows = rows(world);
      assertThat(new HashSet<>(rows)).hasSize(ROWS);
      List<String> counts = world.bank("Counts");
      assertThat(counts).hasSize(rows.size());
      assertThat(counts.get(counts.size() - 1)).endsWith(" " + rows.size());
      assertAllAcknowledged(world);
      repeated += rows.size() - ROWS;
    }
    assertThat(repeated).isGreaterThan(0);
  }

  @Test
  void shouldNotGoOneBackBehindWhatWasAcknowledged() {
    World world = world();
    String script = SCRIPT.replace("'bank'", "'tape'");
    WorldJob.run(world, script);
    List<Long> ids = world.store().ids();
    long newest = ids.get(ids.size() - 1);
    world
        .store()
        .damage(world.store().manifest(newest).findSection("marks").orElseThrow().parts().get(0));

    assertThatThrownBy(() -> WorldJob.run(world, script))
        .isInstanceOf(MillraceException.class)
        .hasMessageContaining(
            "or delete the folder and begin anew: with the one before, rows would be lost that"
                + " 'Tasks' does not give again");
  }

  @Test
  void shouldRefuseToPromiseWhatTheQueueCannotKeep() {
    for (String delivery : List.of("exactly-once", "at-most-once")) {
      assertThatThrownBy(
              () -> WorldJob.run(world(), "SET 'delivery' = '" + delivery + "';\n" + SCRIPT))
          .isInstanceOf(MillraceException.class)
          .hasMessageContaining(
              "'delivery' is '"
                  + delivery
                  + "', but rows of 'Tasks' may come twice after a crash: its connector gives again"
                  + " what was not acknowledged; leave 'delivery' out, or say 'at-least-once'");
    }
  }
}
