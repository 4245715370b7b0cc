package io.millrace.operators.window;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.operators.kernel.HandWrittenKernels;
import io.millrace.operators.sort.SortLimit;
import io.millrace.spi.time.Timeline;
import io.millrace.spi.types.DataType;
import io.millrace.spi.types.Field;
import io.millrace.spi.types.Schema;
import io.millrace.state.heap.HeapStateBackend;
import io.millrace.testkit.Property;
import io.millrace.testkit.operator.HarnessResult;
import io.millrace.testkit.operator.OperatorHarness;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class SessionWindowOperatorTest {
  private static final Schema ROWS =
      Schema.of(new Field("name", DataType.STRING), new Field("n", DataType.BIGINT));
  private static final Schema WINDOWS =
      Schema.of(
          new Field("name", DataType.STRING),
          new Field("count", DataType.BIGINT),
          new Field("sum", DataType.BIGINT),
          new Field("window_start", DataType.TIMESTAMP),
          new Field("window_end", DataType.TIMESTAMP));

  @Test
  void shouldSendSessionWhenTheWatermarkHasPassedItsEnd() {
    harness(0)
        .row(100, "a", 1)
        .row(1100, "a", 2)
        .row(1500, "b", 4)
        .advance(2100)
        .advance(2101)
        .emits(2099, "a", 2, 3, 100, 2100)
        .end()
        .emits(2499, "b", 1, 4, 1500, 2500)
        .checkLeavesNothing();
  }

  @Test
  void shouldMakeOneOfTheSessionsThatRowReaches() {
    harness(0)
        .eventTime(5000)
        .row(3000, "a", 1)
        .row(1000, "a", 2)
        .row(5000, "a", 4)
        .row(2000, "a", 8)
        .row(9001, "b", 1)
        .emits(3999, "a", 3, 11, 1000, 4000)
        .end()
        .emits(5999, "a", 1, 4, 5000, 6000)
        .emits(10000, "b", 1, 1, 9001, 10001)
        .checkLeavesNothing();
  }

  @Test
  void shouldGiveRowAwayAsLateWhenItsSessionIsPast() {
    harness(200)
        .lag(201)
        .row(1000, "a", 1)
        .row(2200, "b", 2)
        .row(999, "a", 4)
        .row(2201, "b", 8)
        .emits(1999, "a", 2, 5, 999, 2000)
        .row(1000, "a", 16)
        .isLate()
        .row(1001, "a", 32)
        .end()
        .emits(2000, "a", 1, 32, 1001, 2001)
        .emits(3200, "b", 2, 10, 2200, 3201)
        .checkLeavesNothing();
  }

  @Test
  void shouldOrderEqualSessionsByTheirFirstRowsWhenTheirSlotsAreUsedAgain() {
    harness(0)
        .eventTime(1000)
        .row(100, "p", 1)
        .row(150, "q", 1)
        .filteredRow(0, 5000)
        .emits(1099, "p", 1, 1, 100, 1100)
        .emits(1149, "q", 1, 1, 150, 1150)
        .row(4600, "y", 1)
        .row(4300, "y", 2)
        .row(4300, "x", 4)
        .row(4600, "x", 8)
        .end()
        .emits(5599, "y", 2, 3, 4300, 5600)
        .emits(5599, "x", 2, 12, 4300, 5600)
        .checkLeavesNothing();
  }

  /** A row of a group at a time. */
  private record Event(long time, String name) {
    static Event random(Random random) {
      return new Event(random.nextInt(90) * 100L, "g" + random.nextInt(2));
    }
  }

  private record Session(String name, List<Long> times) {
    long start() {
      return times.stream().min(Long::compare).orElseThrow();
    }

    long end() {
      return times.stream().max(Long::compare).orElseThrow() + 1000;
    }
  }

  @Test
  void shouldSendWhatTheNaiveAlgorithmSends() {
    Property.check(60, 60, Event::random, this::checkAgainstNaive);
  }

  private void checkAgainstNaive(List<Event> events) {
    OperatorHarness harness = harness(300).lag(301).eventTime(1500);
    events.forEach(event -> harness.row(event.time(), event.name(), 1));
    HarnessResult result = harness.end().run();

    List<String> expected = new ArrayList<>();
    List<String> late = new ArrayList<>();
    List<Session> open = new ArrayList<>();
    long watermark = Timeline.NEVER;
    for (Event event : events) {
      List<Session> joined =
          open.stream()
              .filter(s -> s.name().equals(event.name()))
              .filter(s -> s.start() - 1000 <= event.time() && event.time() <= s.end())
              .toList();
      if (joined.isEmpty() && event.time() + 1300 < watermark) {
        late.add(event.name() + event.time());
      } else {
        List<Long> times = new ArrayList<>(List.of(event.time()));
        joined.forEach(s -> times.addAll(s.times()));
        open.removeAll(joined);
        open.add(new Session(event.name(), times));
      }
      watermark = Math.max(watermark, event.time() - 1500);
      close(open, watermark, expected);
    }
    close(open, Timeline.END, expected);
    assertThat(result.rows().stream().map(row -> row.values().toString())).isEqualTo(expected);
    assertThat(result.late().stream().map(row -> row.values().get(0) + "" + row.rowtime()))
        .isEqualTo(late);
    assertThat(result.entries()).isZero();
  }

  private static void close(List<Session> open, long watermark, List<String> rows) {
    List<Session> due =
        open.stream()
            .filter(s -> s.end() + 300 < watermark)
            .sorted(Comparator.comparingLong(Session::end).thenComparingLong(Session::start))
            .toList();
    open.removeAll(due);
    for (Session session : due) {
      long count = session.times().size();
      rows.add(List.of(session.name(), count, count, session.start(), session.end()).toString());
    }
  }

  private static OperatorHarness harness(long graceMillis) {
    SessionWindowSpec spec =
        new SessionWindowSpec(
            1000,
            graceMillis,
            ROWS,
            List.of(0),
            List.of(1),
            HandWrittenKernels.mergingCountAndSum(),
            WINDOWS,
            SortLimit.NONE);
    return OperatorHarness.of(() -> spec.create(new HandWrittenKernels()), HeapStateBackend::new)
        .input(ROWS)
        .lag(1)
        .eventTime(0);
  }
}
