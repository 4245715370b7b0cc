package io.millrace.operators.window;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.operators.graph.TestState;
import io.millrace.operators.kernel.HandWrittenKernels;
import io.millrace.spi.time.Timeline;
import io.millrace.spi.types.DataType;
import io.millrace.spi.types.Field;
import io.millrace.spi.types.Schema;
import io.millrace.testkit.Property;
import io.millrace.testkit.operator.HarnessResult;
import io.millrace.testkit.operator.OperatorHarness;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class WindowAggregateOperatorTest {
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
  void shouldSendWindowWhenTheWatermarkReachesItsEnd() {
    harness(0)
        .row(100, "a", 1)
        .row(999, "a", 2)
        .row(1000, "a", 4)
        .emits(999, "a", 2, 3, 0, 1000)
        .row(1999, "a", null)
        .advance(1999)
        .advance(2000)
        .emits(1999, "a", 2, 4, 1000, 2000)
        .checkLeavesNothing();
  }

  @Test
  void shouldSendGroupsInOrderOfTheirFirstRowsByTimeThenArrival() {
    harness(0)
        .lag(0)
        .eventTime(500)
        .row(400, "c", 1)
        .row(300, "b", 1)
        .row(200, "d", 1)
        .row(200, "b", 1)
        .row(100, null, 1)
        .row(1500, "a", 1)
        .emits(999, null, 1, 1, 0, 1000)
        .emits(999, "d", 1, 1, 0, 1000)
        .emits(999, "b", 2, 2, 0, 1000)
        .emits(999, "c", 1, 1, 0, 1000)
        .end()
        .emits(1999, "a", 1, 1, 1000, 2000)
        .checkLeavesNothing();
  }

  @Test
  void shouldSendSeveralWindowsInOrderWhenOneAdvanceClosesThem() {
    harness(0)
        .eventTime(5000)
        .row(3100, "a", 1)
        .row(1100, "b", 1)
        .row(2100, "c", 1)
        .row(1200, "a", 1)
        .row(9000, "z", 1)
        .emits(1999, "b", 1, 1, 1000, 2000)
        .emits(1999, "a", 1, 1, 1000, 2000)
        .emits(2999, "c", 1, 1, 2000, 3000)
        .emits(3999, "a", 1, 1, 3000, 4000)
        .end()
        .emits(9999, "z", 1, 1, 9000, 10000)
        .checkLeavesNothing();
  }

  @Test
  void shouldTakeRowsWhenTimeIsAtItsEnd() {
    harness(0)
        .eventTime(0)
        .filteredRow(0, Timeline.END)
        .row(1500, "a", 1)
        .isLate()
        .row(1600, "a", 1)
        .isLate()
        .end()
        .checkLeavesNothing();
  }

  @Test
  void shouldGiveRowAwayAsLateWhenItsWindowIsClosed() {
    harness(0)
        .row(1500, "a", 1)
        .row(999, "a", 1)
        .isLate()
        .row(1000, "a", 2)
        .row(2000, "b", 1)
        .emits(1999, "a", 2, 3, 1000, 2000)
        .row(1999, "b", 1)
        .isLate()
        .row(1998, "c", 1)
        .isLate()
        .row(2001, "b", 1)
        .advance(3000)
        .emits(2999, "b", 2, 2, 2000, 3000)
        .row(2999, "a", 1)
        .isLate()
        .checkLeavesNothing();
  }

  @Test
  void shouldTakeLateRowsWithinGraceAndCloseBehindIt() {
    harness(200)
        .lag(200)
        .row(500, "a", 1)
        .row(1199, "a", 10)
        .row(999, "a", 2)
        .row(1200, "a", 10)
        .emits(999, "a", 2, 3, 0, 1000)
        .row(999, "a", 2)
        .isLate()
        .advance(2199)
        .advance(2200)
        .emits(1999, "a", 2, 20, 1000, 2000)
        .checkLeavesNothing();
  }

  @Test
  void shouldAlignWindowsBeforeTheEpoch() {
    harness(0)
        .row(-1, "a", 1)
        .row(0, "a", 2)
        .emits(-1, "a", 1, 1, -1000, 0)
        .end()
        .emits(999, "a", 1, 2, 0, 1000)
        .checkLeavesNothing();
    harness(0)
        .row(-1001, "a", 1)
        .row(-1000, "a", 2)
        .emits(-1001, "a", 1, 1, -2000, -1000)
        .end()
        .emits(-1, "a", 1, 2, -1000, 0)
        .checkLeavesNothing();
  }

  @Test
  void shouldKeepWindowsApartAtBothEndsOfTime() {
    harness(0)
        .row(Long.MIN_VALUE + 1, "first", 1)
        .row(Long.MIN_VALUE + 900, "second", 1)
        .emits(Long.MIN_VALUE + 807, "first", 1, 1, Long.MIN_VALUE, Long.MIN_VALUE + 808)
        .row(Long.MAX_VALUE - 1, "last", 1)
        .emits(Long.MIN_VALUE + 1807, "second", 1, 1, Long.MIN_VALUE + 808, Long.MIN_VALUE + 1808)
        .end()
        .emits(Long.MAX_VALUE - 1, "last", 1, 1, Long.MAX_VALUE - 807, Long.MAX_VALUE)
        .checkLeavesNothing();
  }

  @Test
  void shouldSendNoGroupWhoseRowsHaveAllFailed() {
    harness(0)
        .row(1, "a", 1001)
        .fails("too great")
        .row(2, "b", 1)
        .row(3, "b", 1000)
        .fails("too great")
        .row(1000, "a", 1001)
        .fails("too great")
        .emits(999, "b", 1, 1, 0, 1000)
        .end()
        .checkLeavesNothing();
  }

  @Test
  void shouldNotCountRowsThatFailForTheOrderOfGroups() {
    harness(0)
        .row(1, "b", 1001)
        .fails("too great")
        .row(2, "a", 1)
        .row(2, "b", 1)
        .end()
        .emits(999, "a", 1, 1, 0, 1000)
        .emits(999, "b", 1, 1, 0, 1000)
        .checkLeavesNothing();
  }

  @Test
  void shouldCloseWindowsBeforeTheRowWhenTheClockGivesTheTimes() {
    TestState.harness(() -> spec(0).create(new HandWrittenKernels()))
        .input(ROWS)
        .arrivalTime()
        .row(500, "a", 1)
        .row(500, "b", 1)
        .row(1000, "a", 1)
        .emits(999, "a", 1, 1, 0, 1000)
        .emits(999, "b", 1, 1, 0, 1000)
        .advance(2000)
        .emits(1999, "a", 1, 1, 1000, 2000)
        .checkLeavesNothing();
  }

  @Test
  void shouldCloseWindowsWhenRowsAreFilteredBefore() {
    harness(0)
        .row(500, "a", 1)
        .filteredRow(0, 1700)
        .emits(999, "a", 1, 1, 0, 1000)
        .row(999, "a", 1)
        .isLate()
        .row(1600, "a", 2)
        .filteredRow(0, 2000)
        .emits(1999, "a", 1, 2, 1000, 2000)
        .checkLeavesNothing();
  }

  @Test
  void shouldSendWhatTheNaiveAlgorithmSends() {
    Property.check(60, 60, WindowAggregateOperatorTest::randomEvent, this::checkAgainstNaive);
  }

  /** A row of a group at a time. */
  private record Event(long time, String name) {}

  private static Event randomEvent(Random random) {
    return new Event(random.nextInt(60) * 100L, "g" + random.nextInt(4));
  }

  private void checkAgainstNaive(List<Event> events) {
    OperatorHarness harness = harness(300).lag(300).eventTime(700);
    events.forEach(event -> harness.row(event.time(), event.name(), 1));
    HarnessResult result = harness.end().run();

    List<String> late = new ArrayList<>();
    Map<Long, List<Event>> windows = new TreeMap<>();
    long watermark = Timeline.NEVER;
    for (Event event : events) {
      long start = event.time() - event.time() % 1000;
      if (watermark >= start + 1000 + 300) {
        late.add(event.name() + event.time());
      } else {
        windows.computeIfAbsent(start, s -> new ArrayList<>()).add(event);
      }
      watermark = Math.max(watermark, event.time() - 700);
    }
    List<String> expected = new ArrayList<>();
    windows.forEach((start, content) -> expected.addAll(groups(start, content)));
    assertThat(result.rows().stream().map(row -> row.values().toString())).isEqualTo(expected);
    assertThat(result.late().stream().map(row -> row.values().get(0) + "" + row.rowtime()))
        .isEqualTo(late);
    assertThat(result.entries()).isZero();
  }

  private static List<String> groups(long start, List<Event> content) {
    Map<String, Long> counts = new LinkedHashMap<>();
    content.stream()
        .sorted((a, b) -> Long.compare(a.time(), b.time()))
        .forEach(event -> counts.merge(event.name(), 1L, Long::sum));
    List<String> rows = new ArrayList<>();
    counts.forEach(
        (name, count) -> rows.add(List.of(name, count, count, start, start + 1000).toString()));
    return rows;
  }

  private static WindowAggregateSpec spec(long graceMillis) {
    return new WindowAggregateSpec(
        new WindowAssigner(1000, 0),
        null,
        graceMillis,
        ROWS,
        List.of(0),
        List.of(1),
        HandWrittenKernels.countAndSum(),
        WINDOWS);
  }

  private static OperatorHarness harness(long graceMillis) {
    return TestState.harness(() -> spec(graceMillis).create(new HandWrittenKernels()))
        .input(ROWS)
        .eventTime(0);
  }
}
