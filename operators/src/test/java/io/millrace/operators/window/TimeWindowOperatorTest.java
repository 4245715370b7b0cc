package io.millrace.operators.window;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.operators.graph.TestState;
import io.millrace.operators.kernel.HandWrittenKernels;
import io.millrace.spi.data.RowKind;
import io.millrace.spi.types.DataType;
import io.millrace.spi.types.Field;
import io.millrace.spi.types.Schema;
import io.millrace.testkit.Property;
import io.millrace.testkit.operator.HarnessResult;
import io.millrace.testkit.operator.OperatorHarness;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class TimeWindowOperatorTest {
  private static final Schema ROWS =
      Schema.of(new Field("name", DataType.STRING), new Field("n", DataType.BIGINT));
  private static final Schema RESULT =
      Schema.of(
          new Field("name", DataType.STRING),
          new Field("count", DataType.BIGINT),
          new Field("sum", DataType.BIGINT),
          new Field("newest", DataType.BIGINT));

  @Test
  void shouldLetRowsGoWhenTheirTimeHasCome() {
    harness()
        .row(100, "a", 1)
        .emits(100, "a", 1, 1, 1)
        .row(150, "b", 2)
        .emits(150, "b", 1, 2, 2)
        .row(1099, "a", 4)
        .emits(1099, "a", 2, 5, 4)
        .row(1100, "a", 8)
        .emits(1100, "a", 2, 12, 8)
        .row(1150, "b", null)
        .emits(1150, "b", 1, null, null)
        .advance(2150)
        .checkLeavesNothing();
  }

  @Test
  void shouldLeaveNoTraceWhenRowOverflows() {
    harness()
        .row(1, "a", 1001)
        .fails("too great")
        .row(2, "b", 600)
        .emits(2, "b", 1, 600, 600)
        .row(3, "b", 500)
        .fails("too great")
        .row(1002, "b", 500)
        .emits(1002, "b", 1, 500, 500)
        .end()
        .checkLeavesNothing();
  }

  @Test
  void shouldTakeRowsThatGoBackInTimeUntilTheWindowIsPastThem() {
    harness()
        .eventTime(0)
        .row(2000, "a", 1)
        .emits(2000, "a", 1, 1, 1)
        .row(1001, "a", 2)
        .emits(1001, "a", 2, 3, 2)
        .row(1000, "a", 4)
        .isLate()
        .row(2001, "a", 8)
        .emits(2001, "a", 2, 9, 8)
        .end()
        .checkLeavesNothing();
  }

  /** The window is past the row because the watermark is, and not a row before it. */
  @Test
  void shouldRefuseRowsThatTheWatermarkIsPastWhenNoRowIs() {
    harness()
        .eventTime(0)
        .row(100, "a", 1)
        .emits(100, "a", 1, 1, 1)
        .advance(5000)
        .row(4000, "a", 2)
        .isLate()
        .row(4001, "a", 4)
        .emits(4001, "a", 1, 4, 4)
        .end()
        .checkLeavesNothing();
  }

  @Test
  void shouldSendWhatIsLeftWhenRowsExpire() {
    harness(SlidingEmission.CHANGES)
        .row(100, "a", 1)
        .emits(100, "a", 1, 1, 1)
        .row(150, "b", 2)
        .emits(150, "b", 1, 2, 2)
        .row(200, "a", 4)
        .emits(200, "a", 2, 5, 4)
        .row(300, "a", 8)
        .emits(300, "a", 3, 13, 8)
        .row(1200, "b", 16)
        .emits(1100, "a", 2, 12, 8)
        .emits(1200, "a", 1, 8, 8)
        .emits(1200, "b", 1, 16, 16)
        .advance(9000)
        .checkLeavesNothing();
  }

  @Test
  void shouldSendEachGroupOnceWhenSeveralRowsExpireAtOneMoment() {
    harness(SlidingEmission.EXPIRY)
        .row(100, "b", 1)
        .row(100, "a", 2)
        .row(100, "b", 4)
        .row(200, "a", 8)
        .row(200, "b", 16)
        .row(200, "b", 32)
        .advance(1500)
        .emits(1100, "b", 2, 48, 32)
        .emits(1100, "a", 1, 8, 8)
        .checkLeavesNothing();
  }

  @Test
  void shouldSendWhatIsLeftInOrderOfTimeWhenRowsCameInDisorder() {
    harness(SlidingEmission.EXPIRY)
        .row(900, "a", 1)
        .row(400, "a", 2)
        .row(400, "b", 4)
        .row(600, "a", 8)
        .row(1350, "b", 16)
        .end()
        .emits(1400, "a", 2, 9, 1)
        .emits(1400, "b", 1, 16, 16)
        .emits(1600, "a", 1, 1, 1)
        .checkLeavesNothing();
  }

  @Test
  void shouldSendChangesByGroupWhenGroupsAreThoseOfATable() {
    harness(SlidingEmission.GROUPS)
        .row(100, "a", 1)
        .emits(RowKind.INSERT, 100, "a", 1, 1, 1)
        .row(150, "b", 2)
        .emits(RowKind.INSERT, 150, "b", 1, 2, 2)
        .row(200, "a", 4)
        .emits(RowKind.UPDATE_AFTER, 200, "a", 2, 5, 4)
        .row(1200, "b", 16)
        .emits(RowKind.UPDATE_AFTER, 1100, "a", 1, 4, 4)
        .emits(RowKind.DELETE, 1150, "b", null, null, null)
        .emits(RowKind.DELETE, 1200, "a", null, null, null)
        .emits(RowKind.INSERT, 1200, "b", 1, 16, 16)
        .advance(9000)
        .emits(RowKind.DELETE, 2200, "b", null, null, null)
        .checkLeavesNothing();
  }

  /** A row of a group at a time. */
  private record Event(long time, String name) {
    static Event random(Random random) {
      return new Event(random.nextInt(40) * 100L, "g" + random.nextInt(7));
    }
  }

  @Test
  void shouldSendWhatTheNaiveAlgorithmSends() {
    Property.check(60, 60, Event::random, this::checkAgainstNaive);
  }

  @Test
  void shouldSendWhatTheNaiveAlgorithmSendsWhenRowsExpire() {
    Property.check(60, 60, Event::random, this::checkExpiriesAgainstNaive);
  }

  private void checkExpiriesAgainstNaive(List<Event> events) {
    OperatorHarness harness = harness(SlidingEmission.EXPIRY).eventTime(300);
    events.forEach(event -> harness.row(event.time(), event.name(), 1));
    HarnessResult result = harness.end().run();

    List<String> expected = new ArrayList<>();
    List<Event> there = new ArrayList<>();
    long now = 0;
    for (Event event : events) {
      now = Math.max(now, event.time());
      expire(now, there, expected);
      if (event.time() > now - 1000) {
        there.add(event);
      }
    }
    expire(Long.MAX_VALUE, there, expected);
    assertThat(result.rows().stream().map(row -> row.rowtime() + row.values().toString()))
        .isEqualTo(expected);
    assertThat(result.entries()).isZero();
  }

  private static void expire(long now, List<Event> there, List<String> sent) {
    for (long time = 0; time <= now - 1000 && !there.isEmpty(); time += 100) {
      long moment = time;
      List<String> left =
          there.stream().filter(e -> e.time() == moment).map(Event::name).distinct().toList();
      there.removeIf(e -> e.time() == moment);
      for (String name : left) {
        long count = there.stream().filter(e -> e.name().equals(name)).count();
        if (count > 0) {
          sent.add(moment + 1000 + List.of(name, count, count, 1).toString());
        }
      }
    }
  }

  private void checkAgainstNaive(List<Event> events) {
    OperatorHarness harness = harness().eventTime(300);
    events.forEach(event -> harness.row(event.time(), event.name(), 1));
    HarnessResult result = harness.end().run();

    List<String> expected = new ArrayList<>();
    long now = 0;
    for (int i = 0; i < events.size(); i++) {
      Event event = events.get(i);
      now = Math.max(now, event.time());
      long gone = now - 1000;
      if (event.time() > gone) {
        long count =
            events.subList(0, i + 1).stream()
                .filter(e -> e.time() > gone && e.name().equals(event.name()))
                .count();
        expected.add(List.of(event.name(), count, count, 1).toString());
      }
    }
    assertThat(result.rows().stream().map(row -> row.values().toString())).isEqualTo(expected);
    assertThat(result.entries()).isZero();
  }

  private static OperatorHarness harness() {
    return harness(SlidingEmission.ARRIVAL);
  }

  private static OperatorHarness harness(SlidingEmission emission) {
    TimeWindowSpec spec =
        new TimeWindowSpec(
            1000,
            emission,
            ROWS,
            List.of(0),
            List.of(1),
            List.of(1),
            HandWrittenKernels.countAndSum(),
            RESULT);
    return TestState.harness(() -> spec.create(new HandWrittenKernels())).input(ROWS).eventTime(0);
  }
}
