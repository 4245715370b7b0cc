package io.millrace.operators.distinct;

import io.millrace.operators.graph.TestState;
import io.millrace.operators.kernel.HandWrittenKernels;
import io.millrace.spi.types.DataType;
import io.millrace.spi.types.Field;
import io.millrace.spi.types.Schema;
import io.millrace.testkit.operator.OperatorHarness;
import org.junit.jupiter.api.Test;

class DistinctOperatorTest {
  private static final Schema ROWS =
      Schema.of(new Field("name", DataType.STRING), new Field("x", DataType.DOUBLE));

  @Test
  void shouldPassFirstRowOfEachCombinationOnly() {
    harness()
        .row(1, "a", 1.0)
        .emits(1, "a", 1.0)
        .row(2, "a", 2.0)
        .emits(2, "a", 2.0)
        .row(3, "a", 1.0)
        .row(4, "b", 1.0)
        .emits(4, "b", 1.0)
        .row(1, "a", 2.0)
        .check();
  }

  @Test
  void shouldTakeNullAndNaNForValuesLikeOthers() {
    harness()
        .row(1, null, Double.NaN)
        .emits(1, null, Double.NaN)
        .row(2, null, Double.NaN)
        .row(3, null, null)
        .emits(3, null, null)
        .row(4, null, null)
        .row(5, "", null)
        .emits(5, "", null)
        .row(6, "z", 0.0)
        .emits(6, "z", 0.0)
        .row(7, "z", -0.0)
        .check();
  }

  @Test
  void shouldSendACombinationAgainWhenItHasExpired() {
    DistinctSpec spec = new DistinctSpec(ROWS, 10);
    TestState.harness(() -> spec.create(new HandWrittenKernels()))
        .input(ROWS)
        .eventTime(0)
        .row(0, "a", 1.0)
        .emits(0, "a", 1.0)
        .row(5, "a", 1.0)
        .row(6, "b", 1.0)
        .emits(6, "b", 1.0)
        .row(14, "a", 1.0)
        .row(16, "c", 1.0)
        .emits(16, "c", 1.0)
        .row(17, "b", 1.0)
        .emits(17, "b", 1.0)
        .advance(40)
        .row(40, "a", 1.0)
        .emits(40, "a", 1.0)
        .advance(50)
        .checkLeavesNothing();
  }

  private static OperatorHarness harness() {
    DistinctSpec spec = new DistinctSpec(ROWS, 0);
    return TestState.harness(() -> spec.create(new HandWrittenKernels())).input(ROWS).eventTime(0);
  }
}
