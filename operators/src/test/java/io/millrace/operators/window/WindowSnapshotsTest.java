package io.millrace.operators.window;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.operators.graph.Distribution;
import io.millrace.operators.graph.OperatorSpec;
import io.millrace.operators.graph.TestState;
import io.millrace.operators.kernel.HandWrittenKernels;
import io.millrace.spi.types.DataType;
import io.millrace.spi.types.Field;
import io.millrace.spi.types.Schema;
import io.millrace.state.heap.HeapStateBackend;
import io.millrace.testkit.operator.OperatorHarness;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Snapshots of what sliding windows hold, of each kind of window. */
class WindowSnapshotsTest {
  private static final Schema ROWS =
      Schema.of(
          new Field("host", DataType.STRING),
          new Field("path", DataType.STRING),
          new Field("n", DataType.BIGINT));
  private static final Field COUNT = new Field("count", DataType.BIGINT);
  private static final Field SUM = new Field("sum", DataType.BIGINT);
  private static final Field EMISSION = new Field("emission", DataType.BIGINT);

  @Test
  void shouldLetRowsOfTimeGoBeforeTicks() {
    onHeap(new TimeLengthWindowSpec(20, TimeLengthWindowSpec.ALL, byPath(ticks())))
        .row(5, "h", "p", 1)
        .row(8, "h", "q", 2)
        .row(12, "h", "p", 4)
        .emits(10, "p", 1, 1)
        .emits(10, "q", 1, 2)
        .row(28, "h", "r", 8)
        .emits(20, "p", 2, 5)
        .emits(20, "q", 1, 2)
        .advance(75)
        .emits(30, "p", 1, 4)
        .emits(30, "r", 1, 8)
        .emits(40, "r", 1, 8)
        .checkLeavesNothing();
  }

  @Test
  void shouldOrderGroupsByFirstRowsThatAreLeft() {
    harness(new LengthWindowSpec(3, 0, byPath(ticks())))
        .row(5, "h", "p", 1)
        .row(6, "h", "q", 2)
        .row(7, "h", "p", 4)
        .row(11, "h", "r", 8)
        .emits(10, "p", 2, 5)
        .emits(10, "q", 1, 2)
        .row(21, "h", "q", 16)
        .emits(20, "q", 1, 2)
        .emits(20, "p", 1, 4)
        .emits(20, "r", 1, 8)
        .end()
        .emits(30, "p", 1, 4)
        .emits(30, "r", 1, 8)
        .emits(30, "q", 1, 16)
        .check();
  }

  @Test
  void shouldOrderGroupsByTimeWhenRowsGoBack() {
    harness(new LengthWindowSpec(3, 0, byPath(ticks())))
        .row(9, "h", "p", 1)
        .row(8, "h", "p", 2)
        .row(7, "h", "q", 4)
        .row(9, "h", "p", 8)
        .row(11, "h", "p", 16)
        .emits(10, "q", 1, 4)
        .emits(10, "p", 2, 10)
        .check();
  }

  @Test
  void shouldSendGroupsOfThePartitionWhoseRowsAreCounted() {
    harness(new UniqueWindowSpec(List.of(2), false, perHost(new SnapshotSpec(0, 2, 0))))
        .row(1, "h", "p", 1)
        .row(2, "i", "p", 1)
        .row(3, "h", "q", 2)
        .emits(3, "h", "p", 1, 1, 0)
        .emits(3, "h", "q", 1, 2, 0)
        .row(4, "h", "r", 1)
        .row(5, "i", "q", 1001)
        .fails("too great")
        .row(6, "i", "q", 1)
        .emits(6, "i", "q", 1, 1, 1)
        .row(7, "h", "r", 2)
        .emits(7, "h", "r", 2, 3, 2)
        .check();
  }

  @Test
  void shouldCountRowsThatDoNotEnter() {
    harness(new UniqueWindowSpec(List.of(1), true, perHost(new SnapshotSpec(0, 2, 0))))
        .row(1, "h", "p", 1)
        .row(2, "h", "p", 2)
        .emits(2, "h", "p", 1, 1, 0)
        .row(3, "h", "p", 4)
        .row(4, "h", "q", 8)
        .emits(4, "h", "p", 1, 1, 1)
        .emits(4, "h", "q", 1, 8, 1)
        .check();
  }

  @Test
  void shouldGoOnCountingWhenWindowIsEmpty() {
    onHeap(
            new TimeLengthWindowSpec(
                10, TimeLengthWindowSpec.ALL, perHost(new SnapshotSpec(0, 3, 0))))
        .row(1, "h", "p", 1)
        .row(30, "h", "p", 2)
        .advance(100)
        .row(100, "h", "q", 4)
        .emits(100, "h", "q", 1, 4, 0)
        .advance(200)
        .checkLeavesNothing();
  }

  @Test
  void shouldForgetCountsThatHaveExpired() {
    onHeap(
            new TimeLengthWindowSpec(
                10, TimeLengthWindowSpec.ALL, perHost(new SnapshotSpec(0, 2, 50))))
        .row(1, "h", "p", 1)
        .advance(51)
        .row(60, "h", "p", 2)
        .row(61, "h", "p", 4)
        .emits(61, "h", "p", 2, 6, 0)
        .row(62, "h", "p", 8)
        .advance(200)
        .checkLeavesNothing();
  }

  @Test
  void shouldNameIntervalInDescription() {
    OperatorSpec ticking = new LengthWindowSpec(3, 0, byPath(ticks()));
    assertThat(ticking.describe()).isEqualTo("LengthWindow 3 by path, every 10 ms");
    assertThat(ticking.isTimeDriven()).isTrue();
    assertThat(ticking.distribution()).isEqualTo(Distribution.WHOLE);
    OperatorSpec counting =
        new TimeLengthWindowSpec(20, TimeLengthWindowSpec.ALL, perHost(new SnapshotSpec(0, 3, 50)));
    assertThat(counting.describe())
        .isEqualTo("TimeWindow 20 ms per host by host, path, every 3 rows, expires after 50 ms");
    assertThat(counting.overPartitions()).isInstanceOf(Distribution.Keyed.class);
  }

  private static SnapshotSpec ticks() {
    return new SnapshotSpec(10, 0, 0);
  }

  private static WindowGroups byPath(SnapshotSpec snapshots) {
    return new WindowGroups(
        ROWS,
        List.of(),
        List.of(1),
        List.of(2),
        List.of(),
        HandWrittenKernels.countAndSum(),
        Schema.of(ROWS.field(1), COUNT, SUM),
        SlidingEmission.ARRIVAL,
        snapshots);
  }

  private static WindowGroups perHost(SnapshotSpec snapshots) {
    return new WindowGroups(
        ROWS,
        List.of(0),
        List.of(0, 1),
        List.of(2),
        List.of(),
        HandWrittenKernels.countAndSum(),
        Schema.of(ROWS.field(0), ROWS.field(1), COUNT, SUM, EMISSION),
        SlidingEmission.ARRIVAL,
        snapshots);
  }

  private static OperatorHarness harness(OperatorSpec spec) {
    return TestState.harness(() -> spec.create(new HandWrittenKernels())).input(ROWS).eventTime(0);
  }

  private static OperatorHarness onHeap(OperatorSpec spec) {
    return OperatorHarness.of(() -> spec.create(new HandWrittenKernels()), HeapStateBackend::new)
        .input(ROWS)
        .eventTime(0);
  }
}
