package io.millrace.engine.fault;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.engine.Engine;
import io.millrace.engine.Job;
import io.millrace.engine.fault.World.InputRow;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** How far the rows of one of four partitions are ahead of those of the others. */
final class SourceDriftSettingTest {
  private static final int PARTITIONS = 4;
  private static final long ROWS = 100;
  private static final long STEP = 10;
  private static final String SCRIPT =
      WorldJob.INPUT.replace("'world'", "'world', end = 'no'")
          + "CREATE STREAM T WITH (connector = 'tape') AS SELECT v FROM Events;\n";

  /** The times of all rows in the order in which they were taken. */
  private static List<Long> taken(String script) {
    World world = new World(5);
    List<List<InputRow>> input = new ArrayList<>();
    for (int p = 0; p < PARTITIONS; p++) {
      List<InputRow> partition = new ArrayList<>();
      for (long i = 0; i < ROWS; i++) {
        partition.add(new InputRow(STEP * i + p, "k", STEP * i + p));
      }
      input.add(partition);
    }
    world.addInput("Events", input);
    try (Engine engine = WorldJob.engine(world)) {
      Job job = WorldJob.start(engine, script, "1 s");
      WorldJob.awaitRows(job, PARTITIONS * ROWS);
      job.stop();
    }
    return world.tape("T").stream()
        .map(row -> Long.valueOf(row.substring(0, row.indexOf(" "))))
        .toList();
  }

  /** By how much a row was ahead of the next one of another partition, at most. */
  private static long greatestLead(List<Long> times) {
    long[] next = {0, 1, 2, 3};
    long lead = 0;
    for (long time : times) {
      for (int p = 0; p < PARTITIONS; p++) {
        if (p != time % STEP && next[p] < STEP * ROWS) {
          lead = Math.max(lead, time - next[p]);
        }
      }
      next[(int) (time % STEP)] = time + STEP;
    }
    return lead;
  }

  @Test
  void shouldBoundHowFarAPartitionIsAhead() {
    List<Long> free = taken(SCRIPT);
    List<Long> bounded = taken("SET 'source.max.drift' = '15 ms';\n" + SCRIPT);

    assertThat(greatestLead(free)).isGreaterThan(15);
    assertThat(greatestLead(bounded)).isBetween(1L, 15L);
    assertThat(bounded)
        .hasSize((int) (PARTITIONS * ROWS))
        .containsExactlyInAnyOrderElementsOf(free);
  }
}
