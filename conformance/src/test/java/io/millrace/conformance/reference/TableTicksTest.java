package io.millrace.conformance.reference;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.engine.Deployment;
import io.millrace.engine.Engine;
import io.millrace.engine.Input;
import io.millrace.engine.Job;
import io.millrace.engine.Row;
import io.millrace.engine.Snapshot;
import io.millrace.spi.time.VirtualClock;
import io.millrace.testkit.Property;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.stream.LongStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * A tick over a table of a sliding window, whose rows wait for their places and leave when time has
 * come: it has seen what has left by its moment, and no row of its moment, in whatever batches.
 */
class TableTicksTest {
  private static final int RUNS = 20;
  private static final int MOST_ROWS = 40;
  private static final int SLACK = 30;
  private static final int EVERY = 20;
  private static final int KEYS = 6;
  private static final int[] BATCH_SIZES = {1, 3, 1024};

  /**
   * A row, which is not late.
   *
   * @param step milliseconds behind the greatest time of those before it
   * @param back by how much it comes too late for its time, within the slack
   */
  private record Arrival(int step, int back, int key) {
    static Arrival random(Random random) {
      int back = random.nextInt(3) == 0 ? 10 * random.nextInt(SLACK / 10 + 1) : 0;
      return new Arrival(10 * random.nextInt(3), back, random.nextInt(KEYS));
    }
  }

  /** A row of the stream. */
  private record Event(long time, int key) {}

  /** What a tick sends: how many keys are there, and how many rows. */
  private record Look(long tick, long keys, long rows) {}

  /**
   * @param millis how long a row is there; 0 for ever
   */
  @ParameterizedTest
  @ValueSource(ints = {0, 20, 50})
  void shouldSeeWhatIsThereBehindRemovalsAndBeforeRowsOfItsMoment(int millis) {
    Property.check(RUNS, MOST_ROWS, Arrival::random, arrivals -> check(arrivals, millis));
  }

  private static void check(List<Arrival> arrivals, int millis) {
    List<Event> events = new ArrayList<>();
    long greatest = 1000;
    for (Arrival arrival : arrivals) {
      greatest += arrival.step();
      events.add(new Event(greatest - arrival.back(), arrival.key()));
    }
    List<Look> expected = expected(events, millis);
    for (int batchSize : BATCH_SIZES) {
      for (boolean restarts : new boolean[] {false, true}) {
        assertThat(play(events, millis, batchSize, restarts))
            .as("in batches of %s, restarted: %s", batchSize, restarts)
            .isEqualTo(expected);
      }
    }
  }

  private static List<Look> expected(List<Event> events, int millis) {
    long last = events.stream().mapToLong(Event::time).max().orElse(0);
    long end = Math.floorDiv(last + millis, EVERY) * EVERY + EVERY;
    return LongStream.iterate(0, tick -> tick <= end, tick -> tick + EVERY)
        .mapToObj(tick -> look(events, tick, millis))
        .filter(look -> look.rows() > 0)
        .toList();
  }

  private static Look look(List<Event> events, long tick, int millis) {
    List<Event> there =
        events.stream()
            .filter(event -> event.time() < tick)
            .filter(event -> millis == 0 || event.time() + millis > tick)
            .toList();
    return new Look(tick, there.stream().map(Event::key).distinct().count(), there.size());
  }

  private static List<Look> play(List<Event> events, int millis, int batchSize, boolean restarts) {
    String window = millis == 0 ? "LENGTH (1000)" : "TIME (" + millis + " MS)";
    String script =
        ("CREATE STREAM S (k INT, ts TIMESTAMP, WATERMARK FOR ts AS ts - %s MS);\n"
                + "CREATE TABLE T AS SELECT k, count(*) AS n FROM S WINDOW %s GROUP BY k EMIT"
                + " CHANGES;\n"
                + "CREATE STREAM O AS SELECT count(*) AS ks, sum(n) AS s FROM T EMIT EVERY %s MS;")
            .formatted(SLACK, window, EVERY);
    List<Look> came = new ArrayList<>();
    int middle = restarts ? events.size() / 2 : events.size();
    Snapshot snapshot = play(script, batchSize, events.subList(0, middle), !restarts, null, came);
    if (restarts) {
      List<Event> rest = events.subList(middle, events.size());
      play(script, batchSize, rest, true, snapshot, came);
    }
    return came;
  }

  private static Snapshot play(
      String script,
      int batchSize,
      List<Event> events,
      boolean isLast,
      @Nullable Snapshot from,
      List<Look> came) {
    Deployment deployment = Deployment.of(script);
    try (Engine engine = Engine.builder().clock(new VirtualClock(0)).batchSize(batchSize).build()) {
      Job job = engine.deploy(from == null ? deployment : deployment.restoring(from));
      job.output("O")
          .subscribe(row -> came.add(new Look(row.rowtime(), number(row, "ks"), number(row, "s"))));
      Input<Map<String, ? extends @Nullable Object>> input = job.input("S");
      List<Map<String, @Nullable Object>> rows = new ArrayList<>();
      for (Event event : events) {
        rows.add(Map.of("k", event.key(), "ts", event.time()));
      }
      input.sendAll(rows, events.stream().mapToLong(Event::time).toArray());
      if (isLast) {
        input.end();
      }
      return job.snapshot();
    }
  }

  private static long number(Row row, String column) {
    return ((Number) Objects.requireNonNull(row.get(column))).longValue();
  }
}
