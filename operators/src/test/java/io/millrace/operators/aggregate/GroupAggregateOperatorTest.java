package io.millrace.operators.aggregate;

import io.millrace.operators.graph.TestState;
import io.millrace.operators.kernel.HandWrittenKernels;
import io.millrace.spi.types.DataType;
import io.millrace.spi.types.Field;
import io.millrace.spi.types.Schema;
import io.millrace.testkit.operator.OperatorHarness;
import java.util.List;
import org.junit.jupiter.api.Test;

class GroupAggregateOperatorTest {
  private static final Schema ROWS =
      Schema.of(new Field("name", DataType.STRING), new Field("n", DataType.BIGINT));
  private static final Schema GROUPS =
      Schema.of(
          new Field("name", DataType.STRING),
          new Field("count", DataType.BIGINT),
          new Field("sum", DataType.BIGINT));

  @Test
  void shouldSendGroupOfEachRow() {
    harness(false)
        .row(1, "a", 10)
        .emits(1, "a", 1, 10)
        .row(2, "b", null)
        .emits(2, "b", 1, null)
        .row(3, "a", -5)
        .emits(3, "a", 2, 5)
        .row(4, null, 1)
        .emits(4, null, 1, 1)
        .row(5, null, 2)
        .emits(5, null, 2, 3)
        .check();
  }

  @Test
  void shouldSendGroupWithItsLargestTimeWhenRowsGoBackInTime() {
    harness(false)
        .row(5, "a", 1)
        .emits(5, "a", 1, 1)
        .row(3, "a", 1)
        .emits(5, "a", 2, 2)
        .row(-7, "b", 1)
        .emits(-7, "b", 1, 1)
        .check();
  }

  @Test
  void shouldLeaveNoTraceOfRowThatFails() {
    harness(false)
        .row(1, "a", 1000)
        .emits(1, "a", 1, 1000)
        .row(9, "a", 1)
        .fails("too great")
        .row(3, "a", -1)
        .emits(3, "a", 2, 999)
        .check();
  }

  @Test
  void shouldAggregateEverythingWhenThereIsNoKey() {
    Schema totals =
        Schema.of(new Field("count", DataType.BIGINT), new Field("sum", DataType.BIGINT));
    GroupAggregateSpec spec =
        new GroupAggregateSpec(
            ROWS, List.of(), List.of(1), HandWrittenKernels.countAndSum(), totals, true, 0);
    TestState.harness(() -> spec.create(new HandWrittenKernels()))
        .input(ROWS)
        .row(1, "a", 1)
        .row(2, "b", 2)
        .end()
        .emits(2, 2, 3)
        .check();
  }

  @Test
  void shouldSendGroupsInOrderOfTheirFirstRowsWhenTheInputEnds() {
    harness(true)
        .row(4, "late", 1)
        .row(5, "b", 1)
        .row(2, "a", 1)
        .row(2, "b", 2)
        .row(1, "late", 1)
        .row(9, "a", 1)
        .end()
        .emits(4, "late", 2, 2)
        .emits(9, "a", 2, 2)
        .emits(5, "b", 2, 3)
        .checkLeavesNothing();
  }

  @Test
  void shouldNotCountRowsThatFailForTheOrderOfGroups() {
    harness(true)
        .row(1, "b", 1001)
        .fails("too great")
        .row(1, "c", 1001)
        .fails("too great")
        .row(2, "a", 1)
        .row(2, "b", 1)
        .end()
        .emits(2, "a", 1, 1)
        .emits(2, "b", 1, 1)
        .checkLeavesNothing();
  }

  @Test
  void shouldSendNothingWhenTheInputEndsWithoutRows() {
    harness(true).advance(1000).end().checkLeavesNothing();
  }

  @Test
  void shouldBeginAGroupAnewWhenItHasExpired() {
    GroupAggregateSpec spec =
        new GroupAggregateSpec(
            ROWS, List.of(0), List.of(1), HandWrittenKernels.countAndSum(), GROUPS, false, 10);
    TestState.harness(() -> spec.create(new HandWrittenKernels()))
        .input(ROWS)
        .eventTime(0)
        .row(0, "a", 1)
        .emits(0, "a", 1, 1)
        .row(9, "a", 2)
        .emits(9, "a", 2, 3)
        .row(12, "b", 5)
        .emits(12, "b", 1, 5)
        .row(18, "a", 3)
        .emits(18, "a", 3, 6)
        .row(28, "c", 7)
        .emits(28, "c", 1, 7)
        .row(29, "a", 4)
        .emits(29, "a", 1, 4)
        .row(30, "b", 6)
        .emits(30, "b", 1, 6)
        .advance(50)
        .checkLeavesNothing();
  }

  @Test
  void shouldKeepNoGroupWhoseRowsHaveAllFailed() {
    GroupAggregateSpec spec =
        new GroupAggregateSpec(
            ROWS, List.of(0), List.of(1), HandWrittenKernels.countAndSum(), GROUPS, false, 10);
    TestState.harness(() -> spec.create(new HandWrittenKernels()))
        .input(ROWS)
        .eventTime(0)
        .row(0, "a", 1001)
        .fails("too great")
        .row(1, "a", 1002)
        .fails("too great")
        .row(2, "b", 1001)
        .fails("too great")
        .row(2, "b", 1)
        .emits(2, "b", 1, 1)
        .row(3, "b", 1001)
        .fails("too great")
        .advance(50)
        .checkLeavesNothing();
  }

  private static OperatorHarness harness(boolean atEnd) {
    GroupAggregateSpec spec =
        new GroupAggregateSpec(
            ROWS, List.of(0), List.of(1), HandWrittenKernels.countAndSum(), GROUPS, atEnd, 0);
    return TestState.harness(() -> spec.create(new HandWrittenKernels())).input(ROWS).eventTime(0);
  }
}
