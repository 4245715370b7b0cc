package io.millrace.engine.fault;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.engine.fault.World.InputRow;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Random;

/**
 * Two streams of several partitions each, {@code Events} and {@code Others}, and what comes of
 * them.
 */
final class TwoInputs {
  private static final int RUNS = 6;
  static final int ROWS = 120;
  static final long END = 1_000_000;
  private static final String STREAMS =
      """
      CREATE STREAM Events (k STRING, v BIGINT) WITH (connector = 'world', end = 'no');
      CREATE STREAM Others (k STRING, v BIGINT) WITH (connector = 'world', end = 'no');
      """;

  /** Where what a script sends is written down. */
  static final String OUTPUT = "CREATE STREAM O WITH (connector = 'ledger') AS\n";

  private TwoInputs() {}

  /**
   * A row where it is in its inputs.
   *
   * @param lane the number of its partition
   * @param seen the greatest time before it in its partition
   */
  record Event(int lane, int offset, InputRow row, long seen) {
    static final Comparator<Event> AS_TAKEN =
        Comparator.comparingLong(Event::seen)
            .thenComparing(Event::lane)
            .thenComparing(Event::offset);

    static final Comparator<Event> BY_TIME =
        Comparator.<Event>comparingLong(event -> event.row().time())
            .thenComparing(Event::lane)
            .thenComparing(Event::offset);
  }

  /**
   * Random keys, many equal times, disorder, and a row by which all others are due.
   *
   * @param mostDisorder by how many hundredths of a second a row is late at most
   */
  static List<List<InputRow>> rows(int partitions, int mostDisorder, long seed) {
    Random random = new Random(seed);
    List<List<InputRow>> rows = new ArrayList<>();
    for (int p = 0; p < partitions; p++) {
      List<InputRow> partition = new ArrayList<>();
      for (int i = 0; i < ROWS; i++) {
        int disorder = random.nextInt(4) == 0 ? random.nextInt(mostDisorder + 1) : 0;
        long time = 100 + 8L * (i / 2) + (random.nextInt(20) == 0 ? 40 : 0) - 10L * disorder;
        partition.add(new InputRow(time, "k" + random.nextInt(4), 1_000L * p + i));
      }
      partition.add(new InputRow(END, "end", -1));
      rows.add(partition);
    }
    return rows;
  }

  /** All rows but the last of each partition, in the order in which they are taken. */
  static List<Event> events(List<List<InputRow>> partitions) {
    List<Event> events = new ArrayList<>();
    for (int p = 0; p < partitions.size(); p++) {
      long greatest = Long.MIN_VALUE;
      for (int i = 0; i < ROWS; i++) {
        InputRow row = partitions.get(p).get(i);
        events.add(new Event(p, i, row, greatest));
        greatest = Math.max(greatest, row.time());
      }
    }
    events.sort(Event.AS_TAKEN);
    return events;
  }

  /** Checks that the same comes in the same order, however the inputs are polled and worked off. */
  static void checkInOneOrder(
      List<List<InputRow>> events, List<List<InputRow>> others, String script) {
    List<String> first = play(0, events, others, script, 1, 1, false);

    assertThat(first).hasSizeGreaterThan(20);
    assertThat(WorldJob.orderOfArrival(script(1, script))).isEmpty();
    for (int run = 1; run < RUNS; run++) {
      int tasks = run % 2 == 0 ? 1 : 4;
      int tasksThen = run % 4 < 2 ? 1 : 4;
      assertThat(play(run, events, others, script, tasks, tasksThen, run % 3 != 0))
          .as("run " + run)
          .isEqualTo(first);
    }
  }

  /**
   * What comes of one way to poll, with a restart in the middle or without.
   *
   * @param script what reads the streams, behind them
   * @param tasksThen in how many tasks it runs behind the restart
   */
  static List<String> play(
      long seed,
      List<List<InputRow>> events,
      List<List<InputRow>> others,
      String script,
      int tasks,
      int tasksThen,
      boolean restarts) {
    World world = new World(seed);
    world.addInput("Events", events);
    world.addInput("Others", others);
    long count = count(events) + count(others);
    String whole = script(tasks, script);
    if (restarts) {
      WorldJob.runUntilTaken(world, whole, script(tasksThen, script), count);
    } else {
      WorldJob.runUntilTaken(world, whole, count, false);
    }
    return world.ledger("O");
  }

  private static String script(int tasks, String script) {
    return "SET 'parallelism' = '" + tasks + "';\n" + STREAMS + script;
  }

  private static long count(List<List<InputRow>> partitions) {
    return partitions.stream().mapToLong(List::size).sum();
  }
}
