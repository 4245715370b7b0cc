package io.millrace.operators.distinct;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.operators.graph.TestState;
import io.millrace.operators.kernel.HandWrittenKernels;
import io.millrace.spi.data.RowKind;
import io.millrace.spi.types.DataType;
import io.millrace.spi.types.Field;
import io.millrace.spi.types.Schema;
import io.millrace.testkit.operator.OperatorHarness;
import java.util.List;
import org.junit.jupiter.api.Test;

class BegunRowsOperatorTest {
  private static final Schema ROWS =
      Schema.of(
          new Field("x", DataType.BIGINT),
          new Field("k", DataType.STRING),
          new Field("is_of_entering", DataType.BOOLEAN));

  @Test
  void shouldSendValuesAgainWhenNoKeyHasHadThemMeanwhile() {
    harness(BegunRowsSpec.Cause.ANY)
        .row(1, 5, "a", true)
        .emits(1, 5, "a", true)
        .row(2, 5, "b", true)
        .change(0, RowKind.DELETE, 3, null, "a", null)
        .change(0, RowKind.UPDATE_AFTER, 4, 6, "b", true)
        .emits(4, 6, "b", true)
        .change(0, RowKind.UPDATE_AFTER, 5, 5, "b", false)
        .emits(5, 5, "b", false)
        .change(0, RowKind.DELETE, 6, null, "b", null)
        .checkLeavesNothing();
  }

  @Test
  void shouldSendOnceWhatTheRightChangesGive() {
    harness(BegunRowsSpec.Cause.ENTERING)
        .row(1, 5, "a", false)
        .row(2, 5, "b", true)
        .emits(2, 5, "b", true)
        .change(0, RowKind.UPDATE_AFTER, 3, 5, "a", true)
        .change(0, RowKind.DELETE, 4, null, "a", null)
        .change(0, RowKind.DELETE, 5, null, "b", null)
        .row(6, 5, "a", true)
        .emits(6, 5, "a", true)
        .check();
    harness(BegunRowsSpec.Cause.LEAVING)
        .row(1, 5, "a", true)
        .change(0, RowKind.UPDATE_AFTER, 2, 4, "a", false)
        .emits(2, 4, "a", false)
        .change(0, RowKind.UPDATE_AFTER, 3, 4, "a", false)
        .check();
  }

  @Test
  void shouldCountRowsThatComeAndGoByThemselves() {
    BegunRowsSpec spec =
        new BegunRowsSpec(ROWS, 1, false, List.of(), List.of(1), BegunRowsSpec.Cause.ANY);
    TestState.harness(() -> spec.create(new HandWrittenKernels()))
        .input(ROWS)
        .eventTime(0)
        .row(1, 5, "a", true)
        .emits(1, 5, "a", true)
        .row(2, 5, "b", true)
        .emits(2, 5, "b", true)
        .row(3, 5, "a", true)
        .change(0, RowKind.DELETE, 4, 5, "a", true)
        .row(5, 5, "a", true)
        .change(0, RowKind.DELETE, 6, 5, "a", true)
        .change(0, RowKind.DELETE, 7, 5, "a", true)
        .row(8, 5, "a", true)
        .emits(8, 5, "a", true)
        .change(0, RowKind.DELETE, 9, 5, "a", true)
        .change(0, RowKind.DELETE, 10, 5, "b", true)
        .checkLeavesNothing();
  }

  @Test
  void shouldNameColumnsInDescription() {
    BegunRowsSpec spec =
        new BegunRowsSpec(ROWS, 1, true, List.of(1), List.of(1), BegunRowsSpec.Cause.LEAVING);
    assertThat(spec.describe()).isEqualTo("BegunRows x per k by what leaves");
  }

  private static OperatorHarness harness(BegunRowsSpec.Cause cause) {
    BegunRowsSpec spec = new BegunRowsSpec(ROWS, 1, true, List.of(1), List.of(), cause);
    return TestState.harness(() -> spec.create(new HandWrittenKernels())).input(ROWS).eventTime(0);
  }
}
