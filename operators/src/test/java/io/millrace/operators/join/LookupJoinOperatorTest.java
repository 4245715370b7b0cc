package io.millrace.operators.join;

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

class LookupJoinOperatorTest {
  private static final Schema ORDERS =
      Schema.of(new Field("id", DataType.BIGINT), new Field("user", DataType.STRING));
  private static final Schema USERS =
      Schema.of(new Field("id", DataType.BIGINT), new Field("name", DataType.STRING));
  private static final Schema BOTH =
      Schema.of(
          new Field("id", DataType.BIGINT),
          new Field("user", DataType.STRING),
          new Field("user_id", DataType.BIGINT),
          new Field("name", DataType.STRING));

  @Test
  void shouldMeetTheRowsOfNowInTheOrderOfTheirTimes() {
    harness(false)
        .change(1, RowKind.INSERT, 5, 1, "ann")
        .change(1, RowKind.INSERT, 3, 2, "ann")
        .change(1, RowKind.INSERT, 6, 3, "bob")
        .rowOf(0, 10, 100, "ann")
        .emits(10, 100, "ann", 2, "ann")
        .emits(10, 100, "ann", 1, "ann")
        .change(1, RowKind.UPDATE_AFTER, 7, 2, "bob")
        .rowOf(0, 9, 101, "ann")
        .emits(9, 101, "ann", 1, "ann")
        .rowOf(0, 11, 102, "bob")
        .emits(11, 102, "bob", 3, "bob")
        .emits(11, 102, "bob", 2, "bob")
        .change(1, RowKind.DELETE, 12, 3, "bob")
        .rowOf(0, 12, 103, "bob")
        .emits(12, 103, "bob", 2, "bob")
        .change(1, RowKind.DELETE, 13, 2, "bob")
        .change(1, RowKind.DELETE, 13, 1, "ann")
        .change(1, RowKind.DELETE, 13, 9, "nobody")
        .rowOf(0, 14, 104, "bob")
        .checkLeavesNothing();
  }

  @Test
  void shouldSendAnEventAloneThatMeetsNothing() {
    harness(true)
        .rowOf(0, 10, 100, "ann")
        .emits(10, 100, "ann", null, null)
        .change(1, RowKind.INSERT, 5, 1, null)
        .rowOf(0, 10, 101, null)
        .emits(10, 101, null, null, null)
        .change(1, RowKind.INSERT, 5, 2, "ann")
        .rowOf(0, 10, 102, "ann")
        .emits(10, 102, "ann", 2, "ann")
        .change(1, RowKind.DELETE, 5, 1, null)
        .change(1, RowKind.DELETE, 5, 2, "ann")
        .checkLeavesNothing();
  }

  /** An event that changes the table, too, meets what was there before. */
  @Test
  void shouldTakeTheEventBeforeTheChangeThatItMakes() {
    harness(true)
        .sharedSource()
        .change(1, RowKind.INSERT, 1, 1, "ann")
        .rowOf(0, 2, 100, "ann")
        .emits(2, 100, "ann", 1, "ann")
        .change(1, RowKind.DELETE, 3, 1, "ann")
        .rowOf(0, 4, 101, "ann")
        .emits(4, 101, "ann", null, null)
        .checkLeavesNothing();
  }

  @Test
  void shouldHaveTheTimeOfTheStream() {
    assertThat(spec(true).countsTimeOf(0)).isTrue();
    assertThat(spec(true).countsTimeOf(1)).isFalse();
  }

  private static LookupJoinSpec spec(boolean keepsOrders) {
    return new LookupJoinSpec(
        BOTH,
        new JoinSide(ORDERS, 2, List.of(1), keepsOrders),
        new JoinSide(USERS, 2, List.of(1), false),
        1,
        List.of(0),
        null);
  }

  private static OperatorHarness harness(boolean keepsOrders) {
    LookupJoinSpec spec = spec(keepsOrders);
    return TestState.harness(() -> spec.create(new HandWrittenKernels()))
        .input(ORDERS)
        .input(USERS);
  }
}
