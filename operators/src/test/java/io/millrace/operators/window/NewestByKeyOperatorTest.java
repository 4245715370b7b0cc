package io.millrace.operators.window;

import io.millrace.operators.graph.TestState;
import io.millrace.operators.kernel.HandWrittenKernels;
import io.millrace.operators.window.NewestByKeySpec.Newest;
import io.millrace.spi.data.RowKind;
import io.millrace.spi.types.DataType;
import io.millrace.spi.types.Field;
import io.millrace.spi.types.Schema;
import io.millrace.testkit.operator.OperatorHarness;
import java.util.List;
import org.junit.jupiter.api.Test;

class NewestByKeyOperatorTest {
  private static final RowKind I = RowKind.INSERT;
  private static final RowKind U = RowKind.UPDATE_AFTER;
  private static final RowKind D = RowKind.DELETE;
  private static final Schema ROWS =
      Schema.of(new Field("id", DataType.BIGINT), new Field("v", DataType.BIGINT));

  @Test
  void shouldSendTheRowBeforeAgainWhenTheNewestOfItsKeyLeaves() {
    harness(true)
        .change(0, I, 1, 7, 1)
        .emits(1, 7, 1)
        .change(0, I, 2, 7, 2)
        .emits(U, 2, 7, 2)
        .change(0, I, 3, 7, 3)
        .emits(U, 3, 7, 3)
        .change(0, D, 4, 7, 2)
        .change(0, D, 5, 7, 3)
        .emits(U, 5, 7, 1)
        .change(0, D, 6, 7, 1)
        .emits(D, 6, 7, null)
        .check();
  }

  @Test
  void shouldTakeTheFirstOfEqualRowsWhenOneLeaves() {
    harness(true)
        .change(0, I, 1, 7, 1)
        .emits(1, 7, 1)
        .change(0, I, 2, 7, 1)
        .emits(U, 2, 7, 1)
        .change(0, D, 3, 7, 1)
        .change(0, D, 4, 7, 1)
        .emits(D, 4, 7, null)
        .check();
  }

  @Test
  void shouldIgnoreWhatIsNotThere() {
    harness(false)
        .change(0, D, 1, 7, 1)
        .change(0, I, 2, 7, null)
        .emits(2, 7, null)
        .change(0, D, 3, 7, 1)
        .check();
  }

  @Test
  void shouldKeepTheRowOfTheGreatestTimeWhenThatCounts() {
    harness(false, Newest.BY_TIME)
        .change(0, I, 10, 7, 1)
        .emits(10, 7, 1)
        .change(0, I, 20, 7, 2)
        .emits(U, 20, 7, 2)
        .change(0, I, 10, 7, 3)
        .change(0, D, 20, 7, 2)
        .emits(U, 20, 7, 3)
        .change(0, D, 10, 7, 3)
        .emits(U, 10, 7, 1)
        .change(0, I, 10, 7, 4)
        .emits(U, 10, 7, 4)
        .change(0, D, 10, 7, 1)
        .change(0, D, 10, 7, 4)
        .emits(D, 10, 7, null)
        .check();
  }

  /** More than are in memory where state is in files. */
  @Test
  void shouldSendTheRowsBeforeAgainWhenThoseOfManyKeysLeave() {
    OperatorHarness harness = harness(true);
    for (int i = 0; i < 30; i++) {
      harness.change(0, I, i, i % 12, i).emits(i < 12 ? I : U, i, i % 12, i);
    }
    for (int i = 29; i >= 0; i--) {
      int time = 60 - i;
      harness.change(0, D, time, i % 12, i);
      if (i < 12) {
        harness.emits(D, time, i, null);
      } else {
        harness.emits(U, time, i % 12, i - 12);
      }
    }
    harness.checkLeavesNothing();
  }

  private static OperatorHarness harness(boolean isByTime) {
    return harness(isByTime, Newest.BY_ARRIVAL);
  }

  private static OperatorHarness harness(boolean isByTime, Newest newest) {
    NewestByKeySpec spec = new NewestByKeySpec(ROWS, List.of(0), isByTime, newest);
    return TestState.harness(() -> spec.create(new HandWrittenKernels())).input(ROWS).eventTime(0);
  }
}
