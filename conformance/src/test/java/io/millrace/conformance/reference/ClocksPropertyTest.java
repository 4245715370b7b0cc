package io.millrace.conformance.reference;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.engine.Engine;
import io.millrace.engine.Input;
import io.millrace.engine.Job;
import io.millrace.engine.Row;
import io.millrace.spi.time.VirtualClock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * What goes by time is the same under the machine's clock, under a virtual one, and by event time.
 * Rows are sent under the machine's clock first; with the times that they had got there, whatever
 * these are, they give the same rows under the others.
 */
class ClocksPropertyTest {
  private static final int ROWS = 24;
  private static final int LONGEST_PAUSE_MILLIS = 60;
  private static final Duration PATIENCE = Duration.ofMinutes(1);

  /** Nothing of a row is left so long behind it. */
  private static final long OVER_MILLIS = 2_000;

  private static final String COLUMNS = "CREATE STREAM S (n BIGINT, k STRING, v INT";
  private static final String BY_ARRIVAL = COLUMNS + ");\n";
  private static final String BY_EVENT_TIME =
      COLUMNS + ", ts TIMESTAMP, WATERMARK FOR ts AS ts);\n";

  /** A row of the stream. */
  private record Event(long n, String k, int v, long time) {
    Map<String, @Nullable Object> toMap() {
      return new HashMap<>(Map.of("n", n, "k", k, "v", v));
    }

    Map<String, @Nullable Object> toMapWithTime() {
      Map<String, @Nullable Object> map = toMap();
      map.put("ts", Instant.ofEpochMilli(time));
      return map;
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "SELECT k, sum(v) AS x FROM S WINDOW TUMBLING (100 MS) GROUP BY k",
        "SELECT sum(v) AS x FROM S WINDOW HOPPING (200 MS, 50 MS)",
        "SELECT sum(v) AS x FROM S WINDOW CUMULATE (50 MS, 200 MS)",
        "SELECT sum(v) AS x FROM S WINDOW TIME_BATCH (100 MS)",
        "SELECT k, sum(v) AS x FROM S WINDOW SESSION (60 MS) GROUP BY k",
        "SELECT k, sum(v) AS x FROM S WINDOW TIME (200 MS, 50 MS) GROUP BY k",
        "SELECT k, sum(v) AS x FROM S WINDOW TIME (150 MS) GROUP BY k EMIT EVERY 50 MS",
        "SELECT k, sum(v) AS x FROM S WINDOW TIME (100 MS) GROUP BY k EMIT ON EXPIRY",
        "SELECT sum(v) AS x FROM S WINDOW TIME_LENGTH (100 MS, 3)",
        "SELECT n, v FROM S WINDOW DELAY (80 MS)",
        "SELECT n, v FROM S EMIT LAST EVERY 100 MS",
        "SELECT a.n AS x FROM PATTERN (EVERY a = S (v > 9) -> NOT S (v < 10) FOR 70 MS)"
      })
  void shouldGiveTheSameRowsUnderEachClock(String query) {
    check(query, true);
  }

  /** By event time an estimate has the row that brings time to its moment; a clock needs no row. */
  @ParameterizedTest
  @ValueSource(strings = {"TUMBLING (200 MS)", "TIME_BATCH (200 MS)", "SESSION (90 MS)"})
  void shouldGiveTheSameEstimatesUnderBothClocks(String window) {
    check(
        "SELECT k, sum(v) AS x FROM S WINDOW "
            + window
            + " GROUP BY k EMIT EARLY EVERY 50 MS FINAL",
        false);
  }

  private static void check(String query, boolean isSameByEventTime) {
    String results = "CREATE STREAM O AS " + query + ";\n";
    List<Event> events = new CopyOnWriteArrayList<>();
    List<String> rows = new CopyOnWriteArrayList<>();
    try (Engine engine = Engine.create()) {
      Job job =
          engine.deploy(BY_ARRIVAL + results + "CREATE STREAM Copy AS SELECT n, k, v FROM S;");
      job.output("Copy").subscribe(row -> events.add(event(row)));
      job.output("O").subscribe(row -> rows.add(shown(row)));
      send(job.input("S"), new Random(query.hashCode()));
      List<String> expected = underVirtualClock(results, events);
      assertThat(expected).isNotEmpty();
      awaitSize(rows, expected.size());
      assertThat(rows).as("%s of %s", query, events).isEqualTo(expected);
      if (isSameByEventTime) {
        assertThat(byEventTime(results, events))
            .as("by event time: %s of %s", query, events)
            .isEqualTo(expected);
      }
    }
  }

  private static void send(Input input, Random random) {
    for (int i = 0; i < ROWS; i++) {
      String key = random.nextBoolean() ? "a" : "b";
      input.send(new Event(i, key, random.nextInt(20), 0).toMap());
      LockSupport.parkNanos(Duration.ofMillis(random.nextInt(LONGEST_PAUSE_MILLIS)).toNanos());
    }
  }

  private static Event event(Row row) {
    return new Event(
        (Long) value(row, 0), (String) value(row, 1), (Integer) value(row, 2), row.rowtime());
  }

  private static Object value(Row row, int column) {
    Object value = row.values().get(column);
    if (value == null) {
      throw new IllegalStateException("no value in " + row.values());
    }
    return value;
  }

  private static String shown(Row row) {
    return row.rowtime() + " " + row.values();
  }

  private static List<String> underVirtualClock(String results, List<Event> events) {
    List<String> rows = new ArrayList<>();
    try (Engine engine = Engine.builder().clock(new VirtualClock(events.get(0).time())).build()) {
      Job job = engine.deploy(BY_ARRIVAL + results);
      job.output("O").subscribe(row -> rows.add(shown(row)));
      for (Event event : events) {
        engine.advanceClock(event.time());
        job.input("S").send(event.toMap());
      }
      engine.advanceClock(over(events));
    }
    return rows;
  }

  private static List<String> byEventTime(String results, List<Event> events) {
    List<String> rows = new ArrayList<>();
    try (Engine engine = Engine.builder().clock(new VirtualClock(0)).build()) {
      Job job = engine.deploy(BY_EVENT_TIME + results);
      job.output("O").subscribe(row -> rows.add(shown(row)));
      events.forEach(event -> job.input("S").send(event.toMapWithTime()));
      job.input("S").advanceTo(over(events));
    }
    return rows;
  }

  private static long over(List<Event> events) {
    return events.get(events.size() - 1).time() + OVER_MILLIS;
  }

  private static void awaitSize(List<String> rows, int size) {
    long start = System.nanoTime();
    while (rows.size() < size && System.nanoTime() - start < PATIENCE.toNanos()) {
      LockSupport.parkNanos(Duration.ofMillis(5).toNanos());
    }
  }
}
