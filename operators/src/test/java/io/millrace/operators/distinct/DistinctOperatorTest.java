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

  private static OperatorHarness harness() {
    DistinctSpec spec = new DistinctSpec(ROWS);
    return TestState.harness(() -> spec.create(new HandWrittenKernels())).input(ROWS).eventTime(0);
  }
}
