package io.millrace.operators.table;

import io.millrace.operators.kernel.HandWrittenKernels;
import io.millrace.spi.data.RowKind;
import io.millrace.spi.types.DataType;
import io.millrace.spi.types.Field;
import io.millrace.spi.types.Schema;
import io.millrace.state.heap.HeapStateBackend;
import io.millrace.testkit.operator.OperatorHarness;
import java.util.List;
import org.junit.jupiter.api.Test;

class GatheredChangesOperatorTest {
  private static final RowKind I = RowKind.INSERT;
  private static final RowKind U = RowKind.UPDATE_AFTER;
  private static final RowKind D = RowKind.DELETE;
  private static final Schema ROWS =
      Schema.of(new Field("id", DataType.BIGINT), new Field("v", DataType.BIGINT));

  @Test
  void shouldPassOnChangesOfDifferentPositions() {
    GatheredChangesSpec spec = new GatheredChangesSpec(ROWS, List.of(0));
    OperatorHarness.of(() -> spec.create(new HandWrittenKernels()), HeapStateBackend::new)
        .input(ROWS)
        .eventTime(0)
        .change(0, I, 1, 7, 1)
        .emits(1, 7, 1)
        .change(0, D, 2, 7, null)
        .emits(D, 2, 7, null)
        .change(0, I, 3, 7, 2)
        .emits(3, 7, 2)
        .change(0, U, 3, 7, 3)
        .emits(U, 3, 7, 3)
        .checkLeavesNothing();
  }
}
