package io.millrace.operators.window;

import io.millrace.operators.graph.TestState;
import io.millrace.operators.kernel.HandWrittenKernels;
import io.millrace.spi.data.RowKind;
import io.millrace.spi.types.DataType;
import io.millrace.spi.types.Field;
import io.millrace.spi.types.Schema;
import io.millrace.testkit.operator.OperatorHarness;
import java.util.List;
import org.junit.jupiter.api.Test;

class LengthWindowOperatorTest {
  private static final Schema ROWS =
      Schema.of(
          new Field("host", DataType.STRING),
          new Field("path", DataType.STRING),
          new Field("n", DataType.BIGINT));
  private static final Field COUNT = new Field("count", DataType.BIGINT);
  private static final Field SUM = new Field("sum", DataType.BIGINT);

  @Test
  void shouldAggregateLastRowsWhenOlderOnesLeave() {
    harness(total(2))
        .row(1, "h", "p", 1)
        .emits(1, 1, 1, "p")
        .row(2, "h", "q", 2)
        .emits(2, 2, 3, "q")
        .row(3, "h", null, 4)
        .emits(3, 2, 6, null)
        .row(2, "h", "r", null)
        .emits(2, 2, 4, "r")
        .row(5, "h", "s", null)
        .emits(5, 2, null, "s")
        .check();
  }

  @Test
  void shouldKeepWindowPerPartition() {
    harness(perHost(2))
        .row(1, "a", "p", 1)
        .emits(1, "a", "p", 1, 1)
        .row(2, "b", "p", 10)
        .emits(2, "b", "p", 1, 10)
        .row(3, null, "p", 100)
        .emits(3, null, "p", 1, 100)
        .row(4, "a", "p", 2)
        .emits(4, "a", "p", 2, 3)
        .row(5, "a", "p", 4)
        .emits(5, "a", "p", 2, 6)
        .row(6, null, "p", 200)
        .emits(6, null, "p", 2, 300)
        .check();
  }

  @Test
  void shouldTakeLeavingRowOutOfItsOwnGroup() {
    harness(perHost(3))
        .row(1, "a", "p", 1)
        .emits(1, "a", "p", 1, 1)
        .row(2, "a", "q", 2)
        .emits(2, "a", "q", 1, 2)
        .row(3, "a", "p", 4)
        .emits(3, "a", "p", 2, 5)
        .row(4, "a", "q", 8)
        .emits(4, "a", "q", 2, 10)
        .row(5, "a", "p", 16)
        .emits(5, "a", "p", 2, 20)
        .row(6, "a", "r", 32)
        .emits(6, "a", "r", 1, 32)
        .row(7, "a", "r", 64)
        .emits(7, "a", "r", 2, 96)
        .row(8, "a", "p", 1)
        .emits(8, "a", "p", 1, 1)
        .check();
  }

  @Test
  void shouldLeaveNoTraceWhenRowOverflows() {
    harness(perHost(2))
        .row(1, "a", "p", 600)
        .emits(1, "a", "p", 1, 600)
        .row(2, "a", "p", 401)
        .fails("too great")
        .row(3, "a", "q", 5)
        .emits(3, "a", "q", 1, 5)
        .row(4, "a", "q", 996)
        .fails("too great")
        .row(5, "a", "p", 1000)
        .emits(5, "a", "p", 1, 1000)
        .row(6, "a", "p", 1)
        .fails("too great")
        .row(7, "a", "p", null)
        .emits(7, "a", "p", 2, 1000)
        .check();
  }

  @Test
  void shouldLeaveNothingWhenOnlyRowOfKeyOverflows() {
    harness(perHost(2))
        .row(1, "a", "p", 1001)
        .fails("too great")
        .row(2, "b", "p", 1001)
        .fails("too great")
        .row(3, "a", "p", 1001)
        .fails("too great")
        .checkLeavesNothing();
  }

  @Test
  void shouldKeepAllRowsOfWindowWhenTheirSumsPassTheLimitOnTheWay() {
    harness(total(3))
        .row(1, "a", "p", -10)
        .emits(1, 1, -10, "p")
        .row(2, "a", "p", 1000)
        .emits(2, 2, 990, "p")
        .row(3, "a", "p", 5)
        .emits(3, 3, 995, "p")
        .row(4, "a", "p", -20)
        .emits(4, 3, 985, "p")
        .row(5, "a", "p", 2000)
        .fails("too great")
        .row(6, "a", "p", 7)
        .emits(6, 3, -8, "p")
        .check();
  }

  @Test
  void shouldSendAllGroupsOfWindowWhenSoManyRowsHaveCome() {
    harness(perHost(4, 3))
        .row(1, "a", "p", 1)
        .row(2, "a", "q", 2)
        .row(3, "b", "p", 100)
        .row(4, "a", "r", 4)
        .emits(4, "a", "p", 1, 1)
        .emits(4, "a", "q", 1, 2)
        .emits(4, "a", "r", 1, 4)
        .row(5, "a", "q", 8)
        .row(6, "a", "s", 2000)
        .fails("too great")
        .row(7, "a", "s", 16)
        .row(8, "b", "p", 200)
        .row(9, "a", "p", 32)
        .emits(9, "a", "r", 1, 4)
        .emits(9, "a", "q", 1, 8)
        .emits(9, "a", "s", 1, 16)
        .emits(9, "a", "p", 1, 32)
        .row(10, "b", "q", 300)
        .emits(10, "b", "p", 2, 300)
        .emits(10, "b", "q", 1, 300)
        .check();
  }

  @Test
  void shouldOrderGroupsByTimeOfTheirFirstRowsWhenTimesGoBack() {
    harness(perHost(3, 3))
        .row(5, "a", "p", 1)
        .row(3, "a", "q", 2)
        .row(4, "a", "p", 4)
        .emits(4, "a", "q", 1, 2)
        .emits(4, "a", "p", 2, 5)
        .row(6, "a", "p", 8)
        .row(7, "a", "r", 16)
        .row(8, "a", "q", 32)
        .emits(8, "a", "p", 1, 8)
        .emits(8, "a", "r", 1, 16)
        .emits(8, "a", "q", 1, 32)
        .check();
  }

  @Test
  void shouldSendCarriedColumnsOfRowWhenWindowIsOneGroup() {
    harness(total(2, 2))
        .row(1, "h", "p", 1)
        .row(2, "h", "q", 2)
        .emits(2, 2, 3, "q")
        .row(3, "h", "r", 4)
        .row(4, "h", "s", 8)
        .emits(4, 2, 12, "s")
        .check();
  }

  @Test
  void shouldChangeGroupOnceWhenRowLeavesForOneOfIt() {
    WindowGroups groups = perHost(2).groups();
    WindowGroups changing =
        new WindowGroups(
            groups.input(),
            groups.partition(),
            groups.keys(),
            groups.arguments(),
            groups.carried(),
            groups.program(),
            groups.output(),
            SlidingEmission.GROUPS,
            null);
    harness(new LengthWindowSpec(2, 0, changing))
        .row(1, "a", "p", 1)
        .emits(RowKind.INSERT, 1, "a", "p", 1, 1)
        .row(2, "a", "q", 2)
        .emits(RowKind.INSERT, 2, "a", "q", 1, 2)
        .row(3, "a", "p", 4)
        .emits(RowKind.UPDATE_AFTER, 3, "a", "p", 1, 4)
        .row(4, "a", "p", 1001)
        .fails("too great")
        .row(5, "a", "p", 8)
        .emits(RowKind.DELETE, 5, "a", "q", null, null)
        .emits(RowKind.UPDATE_AFTER, 5, "a", "p", 2, 12)
        .row(6, "b", "p", 1)
        .emits(RowKind.INSERT, 6, "b", "p", 1, 1)
        .check();
  }

  private static LengthWindowSpec total(long rows) {
    return total(rows, 0);
  }

  private static LengthWindowSpec total(long rows, long looksAfter) {
    return new LengthWindowSpec(
        rows,
        looksAfter,
        new WindowGroups(
            ROWS,
            List.of(),
            List.of(),
            List.of(2),
            List.of(1),
            HandWrittenKernels.countAndSum(),
            Schema.of(COUNT, SUM, ROWS.field(1))));
  }

  private static LengthWindowSpec perHost(long rows) {
    return perHost(rows, 0);
  }

  private static LengthWindowSpec perHost(long rows, long looksAfter) {
    return new LengthWindowSpec(
        rows,
        looksAfter,
        new WindowGroups(
            ROWS,
            List.of(0),
            List.of(0, 1),
            List.of(2),
            List.of(),
            HandWrittenKernels.countAndSum(),
            Schema.of(ROWS.field(0), ROWS.field(1), COUNT, SUM)));
  }

  private static OperatorHarness harness(LengthWindowSpec spec) {
    return TestState.harness(() -> spec.create(new HandWrittenKernels())).input(ROWS).eventTime(0);
  }
}
