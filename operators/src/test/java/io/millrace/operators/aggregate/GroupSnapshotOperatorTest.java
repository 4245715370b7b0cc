package io.millrace.operators.aggregate;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.operators.graph.TestState;
import io.millrace.operators.kernel.HandWrittenKernels;
import io.millrace.spi.types.DataType;
import io.millrace.spi.types.Field;
import io.millrace.spi.types.Schema;
import io.millrace.testkit.operator.OperatorHarness;
import java.util.List;
import org.junit.jupiter.api.Test;

class GroupSnapshotOperatorTest {
  private static final Schema ROWS =
      Schema.of(new Field("name", DataType.STRING), new Field("n", DataType.BIGINT));
  private static final Schema GROUPS =
      Schema.of(
          new Field("name", DataType.STRING),
          new Field("count", DataType.BIGINT),
          new Field("sum", DataType.BIGINT));
  private static final Schema NUMBERED =
      Schema.of(
          new Field("name", DataType.STRING),
          new Field("count", DataType.BIGINT),
          new Field("sum", DataType.BIGINT),
          new Field("emission", DataType.BIGINT));

  @Test
  void shouldSendGroupsAtEachTickWithTheRowsBeforeIt() {
    harness(ticks(List.of(0), 0))
        .row(3, "b", 1)
        .row(4, "a", 2)
        .row(10, "a", 4)
        .emits(10, "b", 1, 1)
        .emits(10, "a", 1, 2)
        .row(35, null, 8)
        .emits(20, "b", 1, 1)
        .emits(20, "a", 2, 6)
        .emits(30, "b", 1, 1)
        .emits(30, "a", 2, 6)
        .advance(40)
        .emits(40, "b", 1, 1)
        .emits(40, "a", 2, 6)
        .emits(40, null, 1, 8)
        .check();
  }

  @Test
  void shouldSendLastSnapshotBehindTheLastRowWhenTheInputEnds() {
    harness(ticks(List.of(0), 0))
        .row(3, "a", 1)
        .row(12, "a", 2)
        .emits(10, "a", 1, 1)
        .end()
        .emits(20, "a", 2, 3)
        .check();
    harness(ticks(List.of(0), 0))
        .row(3, "a", 1)
        .advance(25)
        .emits(10, "a", 1, 1)
        .emits(20, "a", 1, 1)
        .end()
        .check();
  }

  @Test
  void shouldCountRowOfTheLastTickForTheNextOne() {
    harness(ticks(List.of(0), 0)).row(10, "a", 1).end().emits(20, "a", 1, 1).check();
  }

  @Test
  void shouldTakeRowsThatGoBackWhenTheyCome() {
    harness(ticks(List.of(0), 0))
        .row(12, "a", 1)
        .row(-5, "b", 2)
        .row(21, "a", 4)
        .emits(20, "b", 1, 2)
        .emits(20, "a", 1, 1)
        .check();
  }

  @Test
  void shouldSendNothingWhenAllRowsFail() {
    harness(ticks(List.of(0), 0))
        .row(1, "a", 1001)
        .fails("too great")
        .row(3, "b", 1002)
        .fails("too great")
        .advance(10)
        .checkLeavesNothing();
    harness(rows(2, List.of(), List.of(0), 0))
        .row(1, "a", 1001)
        .fails("too great")
        .checkLeavesNothing();
  }

  @Test
  void shouldForgetGroupsThatHaveExpiredBeforeATick() {
    harness(ticks(List.of(0), 15))
        .row(3, "a", 1)
        .row(12, "b", 2)
        .emits(10, "a", 1, 1)
        .advance(60)
        .emits(20, "b", 1, 2)
        .row(61, "a", 4)
        .advance(70)
        .emits(70, "a", 1, 4)
        .advance(99)
        .checkLeavesNothing();
  }

  @Test
  void shouldSendAllGroupsWithEachThirdRow() {
    harness(rows(3, List.of(), List.of(0), 0))
        .row(1, "b", 1)
        .row(2, "a", 2)
        .row(3, "b", 4)
        .emits(3, "b", 2, 5, 0)
        .emits(3, "a", 1, 2, 0)
        .row(4, "c", 8)
        .row(9, "c", 2000)
        .fails("too great")
        .row(5, "c", 16)
        .row(2, "c", 32)
        .emits(2, "b", 2, 5, 1)
        .emits(2, "a", 1, 2, 1)
        .emits(2, "c", 3, 56, 1)
        .check();
  }

  @Test
  void shouldCountRowsOfEachPartition() {
    harness(rows(2, List.of(0), List.of(0), 10))
        .row(1, "b", 1)
        .row(2, "a", 2)
        .row(3, "b", 4)
        .emits(3, "b", 2, 5, 0)
        .row(4, "a", 8)
        .emits(4, "a", 2, 10, 1)
        .row(5, "a", 16)
        .advance(19)
        .row(20, "a", 32)
        .row(21, "a", 64)
        .emits(21, "a", 2, 96, 2)
        .advance(40)
        .check();
  }

  @Test
  void shouldNameIntervalInDescription() {
    assertThat(ticks(List.of(0), 0).describe()).isEqualTo("Aggregate by name, every 10 ms");
    assertThat(rows(2, List.of(0), List.of(0), 0).describe())
        .isEqualTo("Aggregate by name, every 2 rows per name");
  }

  private static GroupSnapshotSpec ticks(List<Integer> keys, long ttlMillis) {
    return new GroupSnapshotSpec(
        10,
        0,
        ROWS,
        List.of(),
        keys,
        List.of(1),
        HandWrittenKernels.countAndSum(),
        GROUPS,
        ttlMillis);
  }

  private static GroupSnapshotSpec rows(
      long every, List<Integer> partition, List<Integer> keys, long ttlMillis) {
    return new GroupSnapshotSpec(
        0,
        every,
        ROWS,
        partition,
        keys,
        List.of(1),
        HandWrittenKernels.countAndSum(),
        NUMBERED,
        ttlMillis);
  }

  private static OperatorHarness harness(GroupSnapshotSpec spec) {
    return TestState.harness(() -> spec.create(new HandWrittenKernels())).input(ROWS).eventTime(0);
  }
}
