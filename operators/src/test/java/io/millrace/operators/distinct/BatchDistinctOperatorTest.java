package io.millrace.operators.distinct;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.operators.graph.TestState;
import io.millrace.operators.kernel.HandWrittenKernels;
import io.millrace.spi.types.DataType;
import io.millrace.spi.types.Field;
import io.millrace.spi.types.Schema;
import java.util.List;
import org.junit.jupiter.api.Test;

class BatchDistinctOperatorTest {
  private static final Schema ROWS =
      Schema.of(
          new Field("x", DataType.BIGINT),
          new Field("p", DataType.STRING),
          new Field("batch", DataType.BIGINT));
  private static final BatchDistinctSpec SPEC = new BatchDistinctSpec(ROWS, 2, List.of(1));

  @Test
  void shouldPassEachCombinationOnceInEachBatchOfAPartition() {
    TestState.harness(() -> SPEC.create(new HandWrittenKernels()))
        .input(ROWS)
        .eventTime(0)
        .row(1, 5, "a", 0)
        .emits(1, 5, "a", 0)
        .row(2, 5, "a", 0)
        .row(3, 5, "b", 1)
        .emits(3, 5, "b", 1)
        .row(4, null, "a", 0)
        .emits(4, null, "a", 0)
        .row(5, 5, "a", 2)
        .emits(5, 5, "a", 2)
        .row(6, 5, "b", 1)
        .row(7, null, "a", 2)
        .emits(7, null, "a", 2)
        .row(8, null, "a", 2)
        .row(9, 5, "b", 3)
        .emits(9, 5, "b", 3)
        .check();
  }

  @Test
  void shouldNameColumnsInDescription() {
    assertThat(SPEC.describe()).isEqualTo("Distinct x, p in a batch per p");
  }
}
