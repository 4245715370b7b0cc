package io.millrace.operators.window;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.operators.graph.TestState;
import io.millrace.operators.kernel.HandWrittenKernels;
import io.millrace.spi.types.DataType;
import io.millrace.spi.types.Field;
import io.millrace.spi.types.Schema;
import io.millrace.testkit.operator.OperatorHarness;
import java.util.List;
import org.junit.jupiter.api.Test;

class UniqueWindowOperatorTest {
  private static final Schema ROWS =
      Schema.of(
          new Field("host", DataType.STRING),
          new Field("path", DataType.STRING),
          new Field("id", DataType.STRING),
          new Field("n", DataType.BIGINT));
  private static final Field COUNT = new Field("count", DataType.BIGINT);
  private static final Field SUM = new Field("sum", DataType.BIGINT);

  @Test
  void shouldAggregateNewestRowOfEachKey() {
    harness(total(false))
        .row(1, "h", "p", "a", 1)
        .emits(1, 1, 1, "p")
        .row(2, "h", "q", null, 2)
        .emits(2, 2, 3, "q")
        .row(3, "h", "r", "a", 4)
        .emits(3, 2, 6, "r")
        .row(2, "h", "s", null, null)
        .emits(2, 2, 4, "s")
        .check();
  }

  @Test
  void shouldTakeLeavingRowOutOfItsOwnGroup() {
    harness(perHost(false))
        .row(1, "h", "p", "a", 1)
        .emits(1, "h", "p", 1, 1)
        .row(2, "h", "q", "a", 2)
        .emits(2, "h", "q", 1, 2)
        .row(3, "h", "p", "b", 4)
        .emits(3, "h", "p", 1, 4)
        .row(4, "i", "p", "b", 8)
        .emits(4, "i", "p", 1, 8)
        .row(5, "h", "q", "b", 16)
        .emits(5, "h", "q", 2, 18)
        .check();
  }

  @Test
  void shouldLeaveNoTraceWhenRowOverflows() {
    harness(perHost(false))
        .row(1, "h", "p", "a", 600)
        .emits(1, "h", "p", 1, 600)
        .row(2, "h", "p", "b", 401)
        .fails("too great")
        .row(3, "h", "q", "a", 1001)
        .fails("too great")
        .row(4, "h", "p", "c", 1)
        .emits(4, "h", "p", 2, 601)
        .row(5, "h", "p", "a", 999)
        .emits(5, "h", "p", 2, 1000)
        .row(6, "h", "p", "a", 1001)
        .fails("too great")
        .row(7, "h", "p", "c", 0)
        .emits(7, "h", "p", 2, 999)
        .check();
  }

  @Test
  void shouldLeaveNothingWhenOnlyRowOfKeyOverflows() {
    harness(perHost(false)).row(1, "h", "p", "a", 1001).fails("too great").checkLeavesNothing();
    harness(perHost(true)).row(1, "h", "p", "a", 1001).fails("too great").checkLeavesNothing();
  }

  @Test
  void shouldTakeNoFurtherRowOfKeyWhenFirstStays() {
    harness(perHost(true))
        .row(1, "h", "p", "a", 1001)
        .fails("too great")
        .row(2, "h", "p", "a", 1)
        .emits(2, "h", "p", 1, 1)
        .row(3, "h", "q", "a", 2)
        .row(4, "i", "p", "a", 4)
        .emits(4, "i", "p", 1, 4)
        .row(5, "h", "p", null, 8)
        .emits(5, "h", "p", 2, 9)
        .row(6, "h", "p", null, 16)
        .check();
  }

  @Test
  void shouldSendColumnsOfNewestRowThatStaysWhenTheNewestLeaves() {
    WindowGroups groups = total(false).groups();
    WindowGroups changing =
        new WindowGroups(
            groups.input(),
            groups.partition(),
            groups.keys(),
            groups.arguments(),
            groups.carried(),
            groups.program(),
            groups.output(),
            SlidingEmission.CHANGES,
            null);
    harness(new UniqueWindowSpec(List.of(2), false, changing))
        .row(1, "h", "p", "a", 1)
        .emits(1, 1, 1, "p")
        .row(2, "h", "q", "b", 2)
        .emits(2, 2, 3, "q")
        .row(3, "h", "r", "c", 4)
        .emits(3, 3, 7, "r")
        .row(4, "h", "s", "b", 8)
        .emits(4, 2, 5, "r")
        .emits(4, 3, 13, "s")
        .row(5, "h", "t", "b", 16)
        .emits(5, 2, 5, "r")
        .emits(5, 3, 21, "t")
        .row(6, "h", "u", "c", 1001)
        .fails("too great")
        .row(7, "h", "v", "b", 32)
        .emits(7, 2, 5, "r")
        .emits(7, 3, 37, "v")
        .row(8, "h", "w", "c", 64)
        .emits(8, 2, 33, "v")
        .emits(8, 3, 97, "w")
        .check();
  }

  @Test
  void shouldNameKeysInDescription() {
    assertThat(total(false).describe()).isEqualTo("UniqueWindow id");
    assertThat(perHost(true).describe()).isEqualTo("FirstUniqueWindow id per host by host, path");
  }

  private static UniqueWindowSpec total(boolean isFirst) {
    return new UniqueWindowSpec(
        List.of(2),
        isFirst,
        new WindowGroups(
            ROWS,
            List.of(),
            List.of(),
            List.of(3),
            List.of(1),
            HandWrittenKernels.countAndSum(),
            Schema.of(COUNT, SUM, ROWS.field(1))));
  }

  private static UniqueWindowSpec perHost(boolean isFirst) {
    return new UniqueWindowSpec(
        List.of(2),
        isFirst,
        new WindowGroups(
            ROWS,
            List.of(0),
            List.of(0, 1),
            List.of(3),
            List.of(),
            HandWrittenKernels.countAndSum(),
            Schema.of(ROWS.field(0), ROWS.field(1), COUNT, SUM)));
  }

  private static OperatorHarness harness(UniqueWindowSpec spec) {
    return TestState.harness(() -> spec.create(new HandWrittenKernels())).input(ROWS).eventTime(0);
  }
}
