package io.millrace.engine.fault;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.engine.fault.TwoInputs.Event;
import io.millrace.engine.fault.World.InputRow;
import java.util.Comparator;
import java.util.List;
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

  /** The end of the interval of 20 ms that a row is in. */
  private static long end(Event event) {
    return (Math.floorDiv(Math.max(event.row().time(), event.seen()), 20) + 1) * 20;
  }

  private static String at(long time, Event event) {
    return time + " " + event.row().key() + " " + event.row().value();
  }

  @Test
  void shouldDelayRowsInTheOrderOfTimePartitionAndOffset() {
    checkAll(
        "SELECT k, v FROM Events WINDOW DELAY (30 MS)",
        events ->
            events
                .filter(event -> event.row().time() + 30 >= event.seen())
                .sorted(Event.BY_TIME)
                .map(event -> at(event.row().time() + 30, event))
                .toList());
  }

  @Test
  void shouldSendAllRowsOfAnIntervalInOneOrder() {
    checkAll(
        "SELECT k, v FROM Events EMIT ALL EVERY 20 MS",
        events ->
            events
                .sorted(Comparator.comparingLong(HeldOrderTest::end).thenComparing(Event.AS_TAKEN))
                .map(event -> at(end(event), event))
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
              .forEach(event -> last.put(end(event), at(end(event), event)));
          return List.copyOf(last.values());
        });
  }

  /** Says what comes of events. */
  private interface Naive {
    List<String> play(Stream<Event> events);
  }

  private static void checkAll(String query, Naive naive) {
    String script = TwoInputs.OUTPUT + query + ";";
    for (int run = 0; run < RUNS; run++) {
      List<List<InputRow>> rows = TwoInputs.rows(3, 5, query.length() + run);
      List<String> expected = naive.play(TwoInputs.events(rows).stream());

      assertThat(expected).hasSizeGreaterThan(10);
      assertThat(
              TwoInputs.play(
                  run, rows, List.of(List.of()), script, 1 + 3 * (run % 2), 4, run % 3 == 0))
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
    List<List<InputRow>> rows = TwoInputs.rows(3, 5, query.hashCode());
    List<List<InputRow>> others = TwoInputs.rows(2, 5, query.length());
    TwoInputs.checkInOneOrder(rows, others, TwoInputs.OUTPUT + query + ";");
  }
}
