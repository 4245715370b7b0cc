package io.millrace.operators.window;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.operators.kernel.HandWrittenKernels;
import io.millrace.spi.time.Timeline;
import io.millrace.spi.types.DataType;
import io.millrace.spi.types.Field;
import io.millrace.spi.types.Schema;
import io.millrace.state.heap.HeapStateBackend;
import io.millrace.testkit.Property;
import io.millrace.testkit.operator.HarnessResult;
import io.millrace.testkit.operator.OperatorHarness;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class PaneWindowOperatorTest {
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
  void shouldSendRowInEachWindowThatHasIt() {
    harness(new PaneWindows.Hopping(1000, 500, 0), 0)
        .row(100, "a", 1)
        .row(600, "a", 2)
        .emits(499, "a", 1, 1, -500, 500)
        .row(1000, "b", 4)
        .emits(999, "a", 2, 3, 0, 1000)
        .end()
        .emits(1499, "a", 1, 2, 500, 1500)
        .emits(1499, "b", 1, 4, 500, 1500)
        .emits(1999, "b", 1, 4, 1000, 2000)
        .checkLeavesNothing();
  }

  @Test
  void shouldMakeWindowsOfUnequalPanesWhenSizeIsNoMultipleOfTheSlide() {
    harness(new PaneWindows.Hopping(500, 300, 0), 0)
        .row(100, "a", 1)
        .row(250, "a", 2)
        .emits(199, "a", 1, 1, -300, 200)
        .row(550, "a", 4)
        .emits(499, "a", 2, 3, 0, 500)
        .end()
        .emits(799, "a", 1, 4, 300, 800)
        .checkLeavesNothing();
  }

  @Test
  void shouldSendGrowingWindowsUpToTheGreatest() {
    harness(new PaneWindows.Cumulating(100, 300, 0), 0)
        .row(50, "a", 1)
        .row(150, "b", 2)
        .emits(99, "a", 1, 1, 0, 100)
        .advance(300)
        .emits(199, "a", 1, 1, 0, 200)
        .emits(199, "b", 1, 2, 0, 200)
        .emits(299, "a", 1, 1, 0, 300)
        .emits(299, "b", 1, 2, 0, 300)
        .row(350, "a", 4)
        .end()
        .emits(399, "a", 1, 4, 300, 400)
        .emits(499, "a", 1, 4, 300, 500)
        .emits(599, "a", 1, 4, 300, 600)
        .checkLeavesNothing();
  }

  @Test
  void shouldTakeLateRowInWindowsThatAreOpenOnly() {
    harness(new PaneWindows.Hopping(400, 100, 0), 0)
        .row(350, "a", 1)
        .row(610, "b", 1)
        .emits(399, "a", 1, 1, 0, 400)
        .emits(499, "a", 1, 1, 100, 500)
        .emits(599, "a", 1, 1, 200, 600)
        .row(320, "c", 2)
        .row(299, "c", 2)
        .isLate()
        .advance(700)
        .emits(699, "c", 1, 2, 300, 700)
        .emits(699, "a", 1, 1, 300, 700)
        .emits(699, "b", 1, 1, 300, 700)
        .end()
        .emits(799, "b", 1, 1, 400, 800)
        .emits(899, "b", 1, 1, 500, 900)
        .emits(999, "b", 1, 1, 600, 1000)
        .checkLeavesNothing();
  }

  @Test
  void shouldJumpOverTimesWithoutRows() {
    harness(new PaneWindows.Hopping(2, 1, 0), 0)
        .row(0, "a", 1)
        .row(Long.MAX_VALUE / 2, "b", 1)
        .emits(0, "a", 1, 1, -1, 1)
        .emits(1, "a", 1, 1, 0, 2)
        .row(Long.MAX_VALUE / 2 + 10, "b", 1)
        .emits(Long.MAX_VALUE / 2, "b", 1, 1, Long.MAX_VALUE / 2 - 1, Long.MAX_VALUE / 2 + 1)
        .emits(Long.MAX_VALUE / 2 + 1, "b", 1, 1, Long.MAX_VALUE / 2, Long.MAX_VALUE / 2 + 2)
        .check();
  }

  @Test
  void shouldCloseWindowsBeforeTheRowWhenTheClockGivesTheTimes() {
    OperatorHarness.of(
            () -> spec(new PaneWindows.Hopping(1000, 500, 0), 0).create(new HandWrittenKernels()),
            HeapStateBackend::new)
        .input(ROWS)
        .arrivalTime()
        .row(500, "a", 1)
        .row(1000, "a", 2)
        .emits(999, "a", 1, 1, 0, 1000)
        .advance(2000)
        .emits(1499, "a", 2, 3, 500, 1500)
        .emits(1999, "a", 1, 2, 1000, 2000)
        .checkLeavesNothing();
  }

  @Test
  void shouldSendWhatTheNaiveAlgorithmSendsWhenWindowsHop() {
    checkAgainstNaive(new PaneWindows.Hopping(1500, 100, 0));
    checkAgainstNaive(new PaneWindows.Hopping(1000, 300, 50));
    checkAgainstNaive(new PaneWindows.Hopping(700, 700, 0));
  }

  @Test
  void shouldSendWhatTheNaiveAlgorithmSendsWhenWindowsGrow() {
    checkAgainstNaive(new PaneWindows.Cumulating(200, 1400, 100));
  }

  @Test
  void shouldSendPartitionsThatHaveChangedWhenLookedAt() {
    ticks()
        .row(100, "a", 1)
        .row(250, "b", 2)
        .row(310, "c", 4)
        .emits(300, "a", 1, 1)
        .emits(300, "b", 1, 2)
        .row(640, "b", 8)
        .emits(600, "c", 1, 4)
        .advance(3000)
        .emits(900, "b", 1, 8)
        .checkLeavesNothing();
  }

  @Test
  void shouldSeeRowsOfUnequalPanesWhenOneGoesBackBehindEmptyTicks() {
    ticks()
        .row(950, "x", 1)
        .filteredRow(0, 1100)
        .row(850, "y", 2)
        .advance(1201)
        .emits(1200, "y", 1, 2)
        .emits(1200, "x", 1, 1)
        .end()
        .checkLeavesNothing();
  }

  private static OperatorHarness ticks() {
    PaneWindowSpec spec =
        new PaneWindowSpec(
            new PaneWindows.Hopping(500, 300, 101),
            0,
            new PaneWindowSpec.Ticks(List.of(0), List.of()),
            ROWS,
            List.of(0),
            List.of(1),
            HandWrittenKernels.mergingCountAndSum(),
            new Schema(WINDOWS.fields().subList(0, 3)));
    return OperatorHarness.of(() -> spec.create(new HandWrittenKernels()), HeapStateBackend::new)
        .input(ROWS)
        .eventTime(0);
  }

  /** A row of a group at a time. */
  private record Event(long time, String name) {}

  private void checkAgainstNaive(PaneWindows windows) {
    Property.check(
        25,
        60,
        random -> new Event(random.nextInt(60) * 100L - 1000, "g" + random.nextInt(4)),
        events -> checkAgainstNaive(windows, events));
  }

  private void checkAgainstNaive(PaneWindows windows, List<Event> events) {
    OperatorHarness harness = harness(windows, 300).lag(300).eventTime(700);
    events.forEach(event -> harness.row(event.time(), event.name(), 1));
    HarnessResult result = harness.end().run();

    PaneGrid grid = windows.grid();
    Map<Long, List<Event>> content = new TreeMap<>();
    List<String> late = new ArrayList<>();
    long watermark = Timeline.NEVER;
    for (Event event : events) {
      long pane = grid.pane(event.time());
      boolean isLate = true;
      for (long end = windows.nextEnd(pane); end <= windows.lastEnd(pane); ) {
        if (grid.start(end) + 300 > watermark) {
          content.computeIfAbsent(end, e -> new ArrayList<>()).add(event);
          isLate = false;
        }
        end = windows.nextEnd(end);
      }
      if (isLate) {
        late.add(event.name() + event.time());
      }
      watermark = Math.max(watermark, event.time() - 700);
    }
    List<String> expected = new ArrayList<>();
    content.forEach(
        (end, rows) ->
            expected.addAll(groups(grid.start(windows.first(end)), grid.start(end), rows)));
    assertThat(result.rows().stream().map(row -> row.values().toString())).isEqualTo(expected);
    assertThat(result.late().stream().map(row -> row.values().get(0) + "" + row.rowtime()))
        .isEqualTo(late);
    assertThat(result.entries()).isZero();
  }

  private static List<String> groups(long start, long end, List<Event> content) {
    Map<String, Long> counts = new LinkedHashMap<>();
    content.stream()
        .sorted((a, b) -> Long.compare(a.time(), b.time()))
        .forEach(event -> counts.merge(event.name(), 1L, Long::sum));
    List<String> rows = new ArrayList<>();
    counts.forEach((name, count) -> rows.add(List.of(name, count, count, start, end).toString()));
    return rows;
  }

  private static PaneWindowSpec spec(PaneWindows windows, long graceMillis) {
    return new PaneWindowSpec(
        windows,
        graceMillis,
        null,
        ROWS,
        List.of(0),
        List.of(1),
        HandWrittenKernels.mergingCountAndSum(),
        WINDOWS);
  }

  private static OperatorHarness harness(PaneWindows windows, long graceMillis) {
    return OperatorHarness.of(
            () -> spec(windows, graceMillis).create(new HandWrittenKernels()),
            HeapStateBackend::new)
        .input(ROWS)
        .eventTime(0);
  }
}
