package io.millrace.engine.fault;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.engine.fault.World.InputRow;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Random;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Rows that are held for a time, of streams that never end, of several partitions, without a
 * declared disorder: whatever is polled when, in whatever pieces, in tasks as in one, with a
 * restart on the way, the same rows come in the same order.
 */
final class HeldOrderTest {
  private static final int RUNS = 6;
  private static final int ROWS = 120;
  private static final long END = 1_000_000;
  private static final String INPUT =
      """
      CREATE STREAM Events (k STRING, v BIGINT) WITH (connector = 'world', end = 'no');
      CREATE STREAM Others (k STRING, v BIGINT) WITH (connector = 'world', end = 'no');
      CREATE STREAM O WITH (connector = 'ledger') AS
      """;

  /**
   * A row where it is in its inputs.
   *
   * @param seen the greatest time before it in its partition
   */
  private record Event(int lane, int offset, InputRow row, long seen) {
    static final Comparator<Event> AS_TAKEN =
        Comparator.comparingLong(Event::seen)
            .thenComparing(Event::lane)
            .thenComparing(Event::offset);

    static final Comparator<Event> BY_TIME =
        Comparator.<Event>comparingLong(event -> event.row().time())
            .thenComparing(Event::lane)
            .thenComparing(Event::offset);

    /** The end of the interval of 20 ms that it is in. */
    long end() {
      return (Math.floorDiv(Math.max(row.time(), seen), 20) + 1) * 20;
    }

    String at(long time) {
      return time + " " + row.key() + " " + row.value();
    }
  }

  @Test
  void shouldDelayRowsInTheOrderOfTimePartitionAndOffset() {
    checkAll(
        "SELECT k, v FROM Events WINDOW DELAY (30 MS)",
        events ->
            events
                .filter(event -> event.row().time() + 30 >= event.seen())
                .sorted(Event.BY_TIME)
                .map(event -> event.at(event.row().time() + 30))
                .toList());
  }

  @Test
  void shouldSendAllRowsOfAnIntervalInOneOrder() {
    checkAll(
        "SELECT k, v FROM Events EMIT ALL EVERY 20 MS",
        events ->
            events
                .sorted(Comparator.comparingLong(Event::end).thenComparing(Event.AS_TAKEN))
                .map(event -> event.at(event.end()))
                .toList());
  }

  @Test
  void shouldSendTheLastRowOfAnInterval() {
    checkAll(
        "SELECT k, v FROM Events EMIT LAST EVERY 20 MS",
        events -> {
          TreeMap<Long, String> last = new TreeMap<>();
          events
              .sorted(Event.AS_TAKEN)
              .forEach(event -> last.put(event.end(), event.at(event.end())));
          return List.copyOf(last.values());
        });
  }

  /** Says what comes of events. */
  private interface Naive {
    List<String> play(Stream<Event> events);
  }

  private static void checkAll(String query, Naive naive) {
    for (int run = 0; run < RUNS; run++) {
      List<List<InputRow>> rows = rows(3, query.length() + run);
      List<String> expected = naive.play(events(rows).stream());

      assertThat(expected).hasSizeGreaterThan(10);
      assertThat(play(run, rows, List.of(List.of()), query, 1 + 3 * (run % 2), 4, run % 3 == 0))
          .as("run " + run)
          .isEqualTo(expected);
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "SELECT k, v FROM (Events UNION ALL Others) WINDOW DELAY (30 MS)",
        "SELECT k, v FROM ((SELECT k, v FROM Events WINDOW DELAY (30 MS)) UNION ALL Others)"
            + " EMIT ALL EVERY 20 MS",
        "SELECT k, count(*) AS n, last(v) AS l, collect_list(v) AS c FROM Events"
            + " WINDOW TUMBLING (10 MS) GROUP BY k EMIT LAST EVERY 40 MS",
        "SELECT k, count(*) AS n, collect_list(v) AS c FROM (SELECT k, v FROM Events"
            + " WINDOW DELAY (30 MS)) WINDOW LENGTH (3) PARTITION BY k",
        "SELECT k, sum(v) AS s FROM ((SELECT k, v FROM Events EMIT ALL EVERY 10 MS)"
            + " UNION ALL (SELECT k, max(v) AS v FROM Others WINDOW SESSION (5 MS) GROUP BY k))"
            + " WINDOW DELAY (5 MS) GROUP BY k"
      })
  void shouldSendTheSameWhateverIsPolledWhen(String query) {
    List<List<InputRow>> rows = rows(3, query.hashCode());
    List<List<InputRow>> others = rows(2, query.length());
    List<String> first = play(0, rows, others, query, 1, 1, false);

    assertThat(first).hasSizeGreaterThan(20);
    for (int run = 1; run < RUNS; run++) {
      int tasks = run % 2 == 0 ? 1 : 4;
      int tasksThen = run % 4 < 2 ? 1 : 4;
      assertThat(play(run, rows, others, query, tasks, tasksThen, run % 3 != 0))
          .as("run " + run)
          .isEqualTo(first);
    }
  }

  /** Random keys, many equal times, disorder, and a row by which all others are due. */
  private static List<List<InputRow>> rows(int partitions, long seed) {
    Random random = new Random(seed);
    List<List<InputRow>> rows = new ArrayList<>();
    for (int p = 0; p < partitions; p++) {
      List<InputRow> partition = new ArrayList<>();
      for (int i = 0; i < ROWS; i++) {
        int disorder = random.nextInt(4) == 0 ? random.nextInt(6) : 0;
        long time = 100 + 8L * (i / 2) + (random.nextInt(20) == 0 ? 40 : 0) - 10L * disorder;
        partition.add(new InputRow(time, "k" + random.nextInt(4), 1_000L * p + i));
      }
      partition.add(new InputRow(END, "end", -1));
      rows.add(partition);
    }
    return rows;
  }

  /** All rows but the last of each partition. */
  private static List<Event> events(List<List<InputRow>> partitions) {
    List<Event> events = new ArrayList<>();
    for (int p = 0; p < partitions.size(); p++) {
      long greatest = Long.MIN_VALUE;
      for (int i = 0; i < ROWS; i++) {
        InputRow row = partitions.get(p).get(i);
        events.add(new Event(p, i, row, greatest));
        greatest = Math.max(greatest, row.time());
      }
    }
    return events;
  }

  /** What comes of one way to poll, with a restart in the middle or without. */
  private static List<String> play(
      long seed,
      List<List<InputRow>> rows,
      List<List<InputRow>> others,
      String query,
      int tasks,
      int tasksThen,
      boolean restarts) {
    World world = new World(seed);
    world.addInput("Events", rows);
    world.addInput("Others", others);
    long count = count(rows) + count(others);
    String script = script(tasks, query);
    if (restarts) {
      WorldJob.runUntilTaken(world, script, script(tasksThen, query), count);
    } else {
      WorldJob.runUntilTaken(world, script, count, false);
    }
    return world.ledger("O");
  }

  private static String script(int tasks, String query) {
    return "SET 'parallelism' = '" + tasks + "';\n" + INPUT + query + ";";
  }

  private static long count(List<List<InputRow>> partitions) {
    return partitions.stream().mapToLong(List::size).sum();
  }
}
