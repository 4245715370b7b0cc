package io.millrace.engine.fault;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.engine.fault.World.InputRow;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/**
 * Windows of a stream that never ends, of several partitions, which meet in one stream: how far the
 * watermark goes in one step depends on what is polled when, and what they send comes in the order
 * in which it is due all the same, in tasks as in one, and behind a restart.
 */
final class MomentOrderTest {
  private static final int RUNS = 8;
  private static final int PARTITIONS = 3;
  private static final int ROWS = 150;
  private static final int GRACE = 25;
  private static final long END = 1_000_000;
  private static final String SCRIPT =
      """
      CREATE STREAM Events (k STRING, v BIGINT) WITH (connector = 'world', end = 'no');
      CREATE STREAM U (w BIGINT, k STRING, n BIGINT) WITH (connector = 'ledger');
      INSERT INTO U SELECT 25 AS w, k, count(*) AS n
      FROM Events WINDOW TUMBLING (50 MS, GRACE PERIOD 25 MS) GROUP BY k;
      INSERT INTO U SELECT 0 AS w, k, sum(v) AS n FROM Events WINDOW HOPPING (80 MS, 20 MS) GROUP BY k;
      INSERT INTO U SELECT 1 AS w, k, max(v) AS n FROM Events WINDOW SESSION (12 MS) GROUP BY k;
      """;

  @Test
  void shouldSendWhatIsDueInTheOrderOfItsMomentsWhateverIsPolledWhen() {
    List<List<InputRow>> rows = rows();
    List<String> first = play(rows, 0, 1, false);

    assertThat(first).hasSizeGreaterThan(3 * ROWS);
    assertThat(first).isSortedAccordingTo((one, other) -> Long.compare(moment(one), moment(other)));
    for (int run = 1; run < RUNS; run++) {
      int tasks = run % 2 == 0 ? 1 : 4;
      assertThat(play(rows, run, tasks, run % 3 == 0)).as("run " + run).isEqualTo(first);
    }
  }

  /** A window is due a millisecond behind the time of its rows, and what {@code w} says. */
  private static long moment(String row) {
    String[] values = row.split(" ");
    long moment = Long.parseLong(values[0]) + 1 + Long.parseLong(values[1]);
    assertThat(Long.parseLong(values[1])).isIn(0L, 1L, (long) GRACE);
    return moment;
  }

  /** Rows whose partitions are in order, with gaps, and a row by which all others are due. */
  private static List<List<InputRow>> rows() {
    Random random = new Random(7);
    List<List<InputRow>> rows = new ArrayList<>();
    for (int p = 0; p < PARTITIONS; p++) {
      List<InputRow> partition = new ArrayList<>();
      long time = 0;
      for (int i = 0; i < ROWS; i++) {
        time += random.nextInt(20) == 0 ? 300 : random.nextInt(9);
        partition.add(new InputRow(time, "k" + random.nextInt(5), random.nextInt(100)));
      }
      partition.add(new InputRow(END, "end", 0));
      rows.add(partition);
    }
    return rows;
  }

  private static List<String> play(
      List<List<InputRow>> rows, long seed, int tasks, boolean restarts) {
    World world = new World(seed);
    world.addInput("Events", rows);
    String script = "SET 'parallelism' = '" + tasks + "';\n" + SCRIPT;
    WorldJob.runUntilTaken(world, script, PARTITIONS * (ROWS + 1L), restarts);
    return world.ledger("U");
  }
}
