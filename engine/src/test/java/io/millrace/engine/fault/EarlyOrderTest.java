package io.millrace.engine.fault;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.engine.fault.TwoInputs.Event;
import io.millrace.engine.fault.World.InputRow;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Early results, and corrections, of streams that never end, of several partitions: the estimate of
 * a tick has the rows that each partition had given before its own watermark reached the tick, so
 * whatever is polled when, in whatever pieces, in tasks as in one, with a restart on the way, what
 * is sent is the same, and comes in the same order.
 */
final class EarlyOrderTest {
  private static final int RUNS = 6;
  private static final long SIZE = 100;
  private static final long TICK = 20;
  private static final long GRACE = 30;
  private static final String VALUES =
      TwoInputs.OUTPUT
          + "SELECT k, count(*) AS n, sum(v) AS s, first(v) AS f, PANE AS p, REVISION AS r\n";

  /** A group of a window. */
  private static final class Group {
    final List<Event> events = new ArrayList<>();
    String sent = "";
    int revision;

    Event first() {
      return events.stream().min(Event.BY_TIME).orElseThrow();
    }

    String values() {
      long sum = events.stream().mapToLong(event -> event.row().value()).sum();
      return events.size() + " " + sum + " " + first().row().value();
    }
  }

  /** What LANGUAGE says of early results and corrections of tumbling windows, row by row. */
  private static final class Naive {
    private final Map<Long, Map<String, Group>> windows = new TreeMap<>();
    private final List<String> sent = new ArrayList<>();
    private long reached = Long.MIN_VALUE;

    List<String> play(List<Event> events) {
      for (Event event : events) {
        goOn(event.seen());
        take(event);
      }
      goOn(TwoInputs.END);
      return sent;
    }

    private void take(Event event) {
      long start = Math.floorDiv(event.row().time(), SIZE) * SIZE;
      if (start + SIZE + GRACE <= event.seen()) {
        return;
      }
      Map<String, Group> groups = windows.computeIfAbsent(start, s -> new LinkedHashMap<>());
      Group group = groups.computeIfAbsent(event.row().key(), k -> new Group());
      group.events.add(event);
      if (start + SIZE <= event.seen()) {
        send(start, event.row().key(), group, "LATE");
      }
    }

    private void goOn(long to) {
      List<long[]> due = new ArrayList<>();
      for (long start : windows.keySet()) {
        for (long tick = start + TICK; tick <= start + SIZE; tick += TICK) {
          if (reached < tick && tick <= to) {
            due.add(new long[] {tick, start});
          }
        }
      }
      due.sort(Comparator.<long[]>comparingLong(it -> it[0]).thenComparingLong(it -> it[1]));
      for (long[] moment : due) {
        boolean isEarly = moment[0] < moment[1] + SIZE;
        Objects.requireNonNull(windows.get(moment[1])).entrySet().stream()
            .sorted(Map.Entry.comparingByValue(Comparator.comparing(Group::first, Event.BY_TIME)))
            .filter(it -> !isEarly || !it.getValue().values().equals(it.getValue().sent))
            .forEach(
                it -> send(moment[1], it.getKey(), it.getValue(), isEarly ? "EARLY" : "ON_TIME"));
      }
      reached = Math.max(reached, to);
    }

    private void send(long start, String key, Group group, String pane) {
      group.sent = group.values();
      long time = start + SIZE - 1;
      sent.add(time + " " + key + " " + group.sent + " " + pane + " " + group.revision++);
    }
  }

  @Test
  void shouldEstimateFromWhatEachPartitionHadGivenBeforeItReachedTheTick() {
    for (int run = 0; run < RUNS; run++) {
      List<List<InputRow>> rows = TwoInputs.rows(3, 14, 100 + run);
      String query =
          VALUES
              + "FROM Events WINDOW TUMBLING (100 MS, GRACE PERIOD 30 MS) GROUP BY k\n"
              + "EMIT EARLY EVERY 20 MS ON CLOSE;";
      List<String> expected = new Naive().play(TwoInputs.events(rows));

      assertThat(expected)
          .anyMatch(row -> row.contains("LATE"))
          .hasSizeGreaterThan(TwoInputs.ROWS / 2);
      assertThat(TwoInputs.play(run, rows, List.of(List.of()), query, 1, 1, false))
          .as("run " + run)
          .isEqualTo(expected);
      assertThat(TwoInputs.play(run, rows, List.of(List.of()), query, 4, 1 + 3 * (run % 2), true))
          .as("run " + run + " in tasks")
          .isEqualTo(expected);
    }
  }

  @Test
  void shouldEstimateFromWhatEachPartitionOfAUnionHadGivenBeforeItReachedTheTick() {
    for (int run = 0; run < RUNS; run++) {
      List<List<InputRow>> rows = TwoInputs.rows(2, 14, 200 + run);
      List<List<InputRow>> others = TwoInputs.rows(2, 14, 300 + run);
      List<List<InputRow>> all = new ArrayList<>(rows);
      all.addAll(others);
      String query =
          "CREATE STREAM U (k STRING, v BIGINT);\n"
              + "INSERT INTO U SELECT k, v FROM Events;\nINSERT INTO U SELECT k, v FROM Others;\n"
              + VALUES
              + "FROM U WINDOW TUMBLING (100 MS, GRACE PERIOD 30 MS) GROUP BY k\n"
              + "EMIT EARLY EVERY 20 MS ON CLOSE;";
      List<String> expected = new Naive().play(TwoInputs.events(all));

      assertThat(TwoInputs.play(run, rows, others, query, 1 + 3 * (run % 2), 1, run % 3 == 0))
          .as("run " + run)
          .isEqualTo(expected);
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "FROM Events WINDOW TUMBLING (100 MS) GROUP BY k EMIT EARLY EVERY 30 MS FINAL",
        "FROM Events WINDOW TUMBLING (100 MS, GRACE PERIOD 40 MS) GROUP BY k EMIT ON CLOSE",
        "FROM Events WINDOW HOPPING (100 MS, 40 MS, GRACE PERIOD 30 MS) GROUP BY k"
            + " EMIT EARLY EVERY 25 MS ON CLOSE WITH RETRACTIONS",
        "FROM Events WINDOW CUMULATE (20 MS, 100 MS, GRACE PERIOD 20 MS) GROUP BY k"
            + " EMIT EARLY EVERY 10 MS FINAL",
        "FROM Events WINDOW SESSION (15 MS) GROUP BY k EMIT EARLY EVERY 10 MS FINAL",
        "FROM Events WINDOW SESSION (15 MS) GROUP BY k EMIT FINAL",
        "FROM Events WINDOW SESSION (5 MS, GRACE PERIOD 20 MS) GROUP BY k",
        "FROM Events WINDOW SESSION (15 MS, GRACE PERIOD 30 MS) GROUP BY k EMIT ON CLOSE",
        "FROM Events WINDOW SESSION (15 MS, GRACE PERIOD 30 MS) GROUP BY k"
            + " EMIT EARLY EVERY 10 MS ON CLOSE WITH RETRACTIONS",
        "FROM Events WINDOW TUMBLING (100 MS) PARTITION BY k EMIT EARLY EVERY 30 MS FINAL",
        "FROM Events WINDOW TIME_BATCH (100 MS) PARTITION BY k EMIT EARLY EVERY 30 MS FINAL",
        "FROM (SELECT k, sum(v) AS v FROM Events WINDOW TUMBLING (10 MS) GROUP BY k)"
            + " WINDOW TUMBLING (100 MS) GROUP BY k EMIT EARLY EVERY 30 MS FINAL",
        "FROM (SELECT k, sum(v) AS v FROM Events WINDOW TUMBLING (10 MS, GRACE PERIOD 15 MS)"
            + " GROUP BY k) WINDOW TUMBLING (100 MS) GROUP BY k EMIT EARLY EVERY 13 MS FINAL",
        "FROM ((SELECT k, sum(v) AS v FROM Events WINDOW TUMBLING (10 MS, GRACE PERIOD 15 MS)"
            + " GROUP BY k) UNION ALL (SELECT k, max(v) AS v FROM Others WINDOW SESSION (5 MS)"
            + " GROUP BY k) UNION ALL (SELECT k, v FROM Others))"
            + " WINDOW TUMBLING (100 MS) GROUP BY k EMIT EARLY EVERY 13 MS FINAL"
      })
  void shouldSendTheSameWhateverIsPolledWhen(String from) {
    List<List<InputRow>> rows = TwoInputs.rows(3, 14, from.hashCode());
    List<List<InputRow>> others = TwoInputs.rows(2, 14, from.length());
    String values =
        from.contains("EMIT") ? VALUES : VALUES.replace(", PANE AS p, REVISION AS r", "");
    String query = values + from + ";";
    TwoInputs.checkInOneOrder(rows, others, query);
  }
}
