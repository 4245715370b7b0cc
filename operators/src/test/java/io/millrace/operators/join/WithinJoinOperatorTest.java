package io.millrace.operators.join;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.operators.graph.DirectRun;
import io.millrace.operators.graph.TestState;
import io.millrace.operators.join.WithinJoinSpec.Bounds;
import io.millrace.operators.kernel.HandWrittenKernels;
import io.millrace.spi.data.Batch;
import io.millrace.spi.data.RowKind;
import io.millrace.spi.operator.Operator;
import io.millrace.spi.time.TimeDomain;
import io.millrace.spi.types.DataType;
import io.millrace.spi.types.Field;
import io.millrace.spi.types.Schema;
import io.millrace.testkit.operator.OperatorHarness;
import java.util.List;
import org.junit.jupiter.api.Test;

class WithinJoinOperatorTest {
  private static final Schema ORDERS =
      Schema.of(new Field("id", DataType.BIGINT), new Field("item", DataType.STRING));
  private static final Schema PAYMENTS =
      Schema.of(new Field("order", DataType.BIGINT), new Field("sum", DataType.BIGINT));
  private static final Schema JOINED =
      Schema.of(new Field("id", DataType.BIGINT), new Field("at", DataType.TIMESTAMP));
  private static final Schema BOTH =
      Schema.of(
          new Field("id", DataType.BIGINT),
          new Field("item", DataType.STRING),
          new Field("order", DataType.BIGINT),
          new Field("sum", DataType.BIGINT));

  @Test
  void shouldJoinWhatIsNearOnBothSidesInTheOrderOfTheStoredOnes() {
    harness(spec(false, false, Bounds.of(10, 20, 0), Unmatched.WHEN_GONE))
        .rowOf(0, 100, 1, "late one")
        .rowOf(0, 90, 1, "early one")
        .rowOf(0, 100, 2, "other")
        .rowOf(1, 89, 1, 4) // had left when the early one came
        .rowOf(1, 90, 1, 5)
        .emits(90, 1, "early one", 1, 5)
        .emits(100, 1, "late one", 1, 5)
        .rowOf(1, 110, 1, 6)
        .emits(110, 1, "early one", 1, 6)
        .emits(110, 1, "late one", 1, 6)
        .rowOf(0, 120, 1, "third")
        .emits(120, 1, "third", 1, 6)
        .rowOf(0, 121, 1, "fourth")
        .advance(1000)
        .checkLeavesNothing();
  }

  @Test
  void shouldSendWhatHasNoMatchWhenItLeavesByTimeThenSide() {
    harness(spec(true, true, Bounds.of(5, 10, 2), Unmatched.WHEN_GONE))
        .rowOf(1, 105, 1, 5)
        .rowOf(0, 100, 2, "a")
        .rowOf(0, 101, 3, "b")
        .rowOf(1, 104, 3, 7)
        .emits(104, 3, "b", 3, 7)
        .rowOf(1, 105, null, 8)
        .advance(112)
        .advance(113)
        .emits(113, 2, "a", null, null)
        .emits(113, null, null, 1, 5)
        .emits(113, null, null, null, 8)
        .advance(200)
        .checkLeavesNothing();
  }

  @Test
  void shouldFindARowLateByItsOwnInputWhenItsWindowHasClosed() {
    harness(spec(true, false, Bounds.of(0, 10, 5), Unmatched.WHEN_GONE))
        .advanceOf(0, 116)
        .rowOf(0, 100, 1, "too late")
        .isLate()
        .rowOf(0, 101, 1, "just in time")
        .rowOf(1, 110, 1, 6) // it had left when the order came
        .rowOf(1, 111, 1, 7)
        .emits(111, 1, "just in time", 1, 7)
        .rowOf(1, 106, 1, 8)
        .rowOf(1, 105, 2, 9)
        .isLate()
        .advance(1000)
        .checkLeavesNothing();
  }

  /** Though it is there, since the other input has not got so far. */
  @Test
  void shouldNotMeetWhatHadLeftByItsOwnWatermark() {
    harness(spec(true, false, Bounds.of(10, 10, 0), Unmatched.WHEN_GONE))
        .rowOf(0, 100, 1, "a")
        .advanceOf(1, 111)
        .rowOf(1, 101, 1, 7)
        .rowOf(1, 110, 1, 8)
        .advance(111)
        .emits(111, 1, "a", null, null)
        .advance(1000)
        .checkLeavesNothing();
  }

  @Test
  void shouldSendWhatHasNoMatchAtOnceAndTakeItBackOnce() {
    harness(spec(true, false, Bounds.of(10, 10, 0), Unmatched.AT_ONCE_AND_RETRACTED))
        .rowOf(0, 100, 1, "a")
        .emits(100, 1, "a", null, null)
        .rowOf(1, 105, 1, 7)
        .emits(RowKind.DELETE, 105, 1, "a", null, null)
        .emits(105, 1, "a", 1, 7)
        .rowOf(1, 106, 1, 8)
        .emits(106, 1, "a", 1, 8)
        .rowOf(0, 107, 1, "b")
        .emits(107, 1, "b", 1, 7)
        .emits(107, 1, "b", 1, 8)
        .rowOf(0, 107, null, "c")
        .emits(107, null, "c", null, null)
        .advance(1000)
        .checkLeavesNothing();
  }

  @Test
  void shouldSendWhatHasNoMatchAtOnceAndNotTakeItBack() {
    harness(spec(true, false, Bounds.of(10, 10, 0), Unmatched.AT_ONCE))
        .rowOf(0, 100, 1, "a")
        .emits(100, 1, "a", null, null)
        .rowOf(1, 105, 1, 7)
        .emits(105, 1, "a", 1, 7)
        .advance(1000)
        .checkLeavesNothing();
  }

  @Test
  void shouldKeepWhatHasNoBoundUntilTheEnd() {
    Bounds unbounded = Bounds.of(WithinJoinSpec.UNBOUNDED, WithinJoinSpec.UNBOUNDED, 0);
    harness(spec(true, false, unbounded, Unmatched.WHEN_GONE))
        .rowOf(0, 100, 1, "a")
        .rowOf(0, 100, 2, "b")
        .advance(1_000_000)
        .rowOf(1, 1_000_000, 1, 7)
        .emits(1_000_000, 1, "a", 1, 7)
        .rowOf(1, 90, 1, 8)
        .emits(100, 1, "a", 1, 8)
        .end()
        .emits(100, 2, "b", null, null)
        .check();
  }

  @Test
  void shouldPutRowsOfOneSourceTogetherInItsOrder() {
    harness(spec(false, false, Bounds.of(10, 10, 0), Unmatched.WHEN_GONE))
        .sharedSource()
        .rowOf(1, 100, 1, 1)
        .rowOf(0, 101, 1, "a")
        .emits(101, 1, "a", 1, 1)
        .rowOf(0, 102, 1, "b")
        .emits(102, 1, "b", 1, 1)
        .rowOf(1, 103, 1, 2)
        .emits(103, 1, "a", 1, 2)
        .emits(103, 1, "b", 1, 2)
        .advance(1000)
        .checkLeavesNothing();
  }

  /** Counted from a column: such rows come whenever they do, and right ones wait for them. */
  @Test
  void shouldCountFromTheTimeOfAnEventThatHasBeenJoinedBefore() {
    harness(countingFromColumn(Unmatched.WHEN_GONE, false), JOINED)
        .rowOf(1, 105, 1, 7)
        .advanceOf(1, 140)
        .rowOf(0, 130, 1, 100)
        .emits(130, 1, 100, 1, 7)
        .rowOf(0, 130, 2, 100)
        .emits(130, 2, 100, null, null)
        .rowOf(0, 131, 3, null)
        .emits(131, 3, null, null, null)
        .advance(1000)
        .checkLeavesNothing();
  }

  private static WithinJoinSpec countingFromColumn(Unmatched unmatched, boolean isTakenBack) {
    Schema output =
        Schema.of(
            new Field("id", DataType.BIGINT),
            new Field("at", DataType.TIMESTAMP),
            new Field("order", DataType.BIGINT),
            new Field("sum", DataType.BIGINT));
    return new WithinJoinSpec(
        output,
        new JoinSide(JOINED, 2, List.of(0), true, isTakenBack),
        new JoinSide(PAYMENTS, 2, List.of(0), false),
        new Bounds(0, 10, 0, 1, 50),
        null,
        unmatched,
        false,
        false,
        JoinLimit.NONE);
  }

  @Test
  void shouldTakeBackWhatARowHasBecomeAndSendAloneWhatHadMetOnlyThat() {
    harness(takingBack(JoinLimit.NONE))
        .rowOf(1, 100, 1, 7)
        .emits(100, null, null, 1, 7)
        .rowOf(0, 101, 1, "a")
        .emits(RowKind.DELETE, 101, null, null, 1, 7)
        .emits(101, 1, "a", 1, 7)
        .rowOf(0, 101, 1, "b")
        .emits(101, 1, "b", 1, 7)
        .change(0, RowKind.DELETE, 103, 1, "a")
        .emits(RowKind.DELETE, 103, 1, "a", 1, 7)
        .change(0, RowKind.DELETE, 104, 1, "b")
        .emits(RowKind.DELETE, 104, 1, "b", 1, 7)
        .emits(104, null, null, 1, 7)
        .rowOf(1, 105, 1, 8) // meets none that has been taken back
        .emits(105, null, null, 1, 8)
        .rowOf(0, 106, 1, "c")
        .emits(RowKind.DELETE, 106, null, null, 1, 7)
        .emits(106, 1, "c", 1, 7)
        .emits(RowKind.DELETE, 106, null, null, 1, 8)
        .emits(106, 1, "c", 1, 8)
        .advance(1000)
        .checkLeavesNothing();
  }

  /** It is replaced, as a change of what is in front replaces a row by another. */
  @Test
  void shouldNotSendAloneWhatMeetsAnotherRowWhereItsMatchIsTakenBack() {
    DirectRun run = new DirectRun();
    Operator join = run.open(takingBack(JoinLimit.NONE));
    Batch payments = run.batch(PAYMENTS, List.of(List.of(1L, 7L)));
    Batch orders = run.batch(ORDERS, List.of(List.of(1L, "a"), List.of(1L, "a"), List.of(1L, "b")));
    byte added = RowKind.INSERT.code();
    orders.rows(
        3,
        new long[] {1, 2, 2},
        new int[] {3, 5, 5},
        new byte[] {added, RowKind.DELETE.code(), added});

    join.process(1, payments, run);
    join.process(0, orders, run);
    join.onTime(TimeDomain.EVENT, orders.timeline(), run);

    assertThat(run.sent())
        .containsExactly(
            "1: [null, null, 1, 7]",
            "3: [null, null, 1, 7]", // taken back
            "3: [1, a, 1, 7]",
            "5: [1, a, 1, 7]", // taken back
            "5: [1, b, 1, 7]");
  }

  @Test
  void shouldTakeBackWhatHasMetNone() {
    harness(takingBack(JoinLimit.NONE))
        .rowOf(0, 100, 1, "a")
        .emits(100, 1, "a", null, null)
        .change(0, RowKind.DELETE, 102, 1, "a")
        .emits(RowKind.DELETE, 102, 1, "a", null, null)
        .rowOf(0, 103, null, "b")
        .emits(103, null, "b", null, null)
        .change(0, RowKind.DELETE, 104, null, "b")
        .emits(RowKind.DELETE, 104, null, "b", null, null)
        .advance(1000)
        .checkLeavesNothing();
  }

  @Test
  void shouldHaveRoomForOthersWhereRowsHaveBeenTakenBack() {
    harness(takingBack(new JoinLimit(1, true)))
        .rowOf(0, 100, 1, "a")
        .emits(100, 1, "a", null, null)
        .change(0, RowKind.DELETE, 101, 1, "a")
        .emits(RowKind.DELETE, 101, 1, "a", null, null)
        .rowOf(0, 102, 1, "b")
        .emits(102, 1, "b", null, null)
        .rowOf(1, 103, 1, 7)
        .emits(RowKind.DELETE, 103, 1, "b", null, null)
        .emits(103, 1, "b", 1, 7)
        .advance(1000)
        .checkLeavesNothing();
  }

  @Test
  void shouldStopTheJobWhenThereIsNoRoomForARowThatMayBeTakenBack() {
    assertThat(takingBack(new JoinLimit(1, true)).describe())
        .endsWith("at most 1 rows of a side, others late but for those that may be taken back");
    assertThatThrownBy(
            () ->
                harness(takingBack(new JoinLimit(1, true)))
                    .rowOf(0, 100, 1, "a")
                    .rowOf(0, 101, 2, "b")
                    .check())
        .hasMessageContaining("a join holds more than 1 rows of a side that may be taken back");
  }

  /** What takes it back may come as much later as the row itself. */
  @Test
  void shouldFindWhatIsTakenBackWhenItHadComeLaterThanItMayMeetOthers() {
    harness(countingFromColumn(Unmatched.AT_ONCE_AND_RETRACTED, true), JOINED)
        .rowOf(1, 105, 1, 7)
        .advanceOf(1, 140)
        .rowOf(0, 130, 1, 100)
        .emits(130, 1, 100, 1, 7)
        .change(0, RowKind.DELETE, 140, 1, 100)
        .emits(RowKind.DELETE, 140, 1, 100, 1, 7)
        .advance(1000)
        .checkLeavesNothing();
  }

  private static WithinJoinSpec takingBack(JoinLimit limit) {
    return new WithinJoinSpec(
        BOTH,
        new JoinSide(ORDERS, 2, List.of(0), true, true),
        new JoinSide(PAYMENTS, 2, List.of(0), true),
        Bounds.of(10, 10, 0),
        null,
        Unmatched.AT_ONCE_AND_RETRACTED,
        false,
        false,
        limit);
  }

  @Test
  void shouldSayHowFarBehindItsRowsMayBe() {
    assertThat(spec(true, true, Bounds.of(10, 20, 5), Unmatched.WHEN_GONE).lagMillis())
        .isEqualTo(15);
    Bounds unbounded = Bounds.of(WithinJoinSpec.UNBOUNDED, WithinJoinSpec.UNBOUNDED, 5);
    assertThat(spec(true, false, unbounded, Unmatched.WHEN_GONE).lagMillis())
        .isEqualTo(Long.MAX_VALUE);
  }

  @Test
  void shouldGiveRowsAwayAsLateWhenThereIsNoRoomForThem() {
    harness(limited(new JoinLimit(2, true)))
        .rowOf(0, 100, 1, "a")
        .rowOf(0, 101, 2, "b")
        .rowOf(1, 100, 1, 5) // the other side has room of its own
        .emits(100, 1, "a", 1, 5)
        .rowOf(0, 102, 1, "c")
        .isLate()
        .rowOf(1, 101, 3, 6)
        .rowOf(1, 102, 1, 7)
        .isLate()
        .advance(111)
        .rowOf(0, 103, 3, "d")
        .emits(103, 3, "d", 3, 6)
        .advance(112)
        .emits(112, 2, "b", null, null)
        .advance(1000)
        .checkLeavesNothing();
  }

  @Test
  void shouldStopTheJobWhenThereIsNoRoomForARow() {
    assertThatThrownBy(
            () ->
                harness(limited(new JoinLimit(2, false)))
                    .rowOf(0, 100, 1, "a")
                    .rowOf(0, 101, 2, "b")
                    .rowOf(0, 102, 1, "c")
                    .check())
        .hasMessageContaining("a join holds more than 2 rows of a side at a time")
        .hasMessageContaining("SET 'join.overflow' = 'late'");
  }

  @Test
  void shouldNeedNoRoomForWhatDoesNotWait() {
    harness(limited(new JoinLimit(1, false)))
        .rowOf(0, 100, 1, "a")
        .rowOf(1, 100, null, 5) // meets none, and is not sent alone
        .rowOf(1, 100, null, 6)
        .advance(1000)
        .emits(111, 1, "a", null, null)
        .checkLeavesNothing();
  }

  private static WithinJoinSpec limited(JoinLimit limit) {
    return spec(true, false, Bounds.of(10, 10, 0), Unmatched.WHEN_GONE, limit);
  }

  private static WithinJoinSpec spec(
      boolean keepsLeft, boolean keepsRight, Bounds bounds, Unmatched unmatched) {
    return spec(keepsLeft, keepsRight, bounds, unmatched, JoinLimit.NONE);
  }

  private static WithinJoinSpec spec(
      boolean keepsLeft, boolean keepsRight, Bounds bounds, Unmatched unmatched, JoinLimit limit) {
    return new WithinJoinSpec(
        BOTH,
        new JoinSide(ORDERS, 2, List.of(0), keepsLeft),
        new JoinSide(PAYMENTS, 2, List.of(0), keepsRight),
        bounds,
        null,
        unmatched,
        false,
        false,
        limit);
  }

  private static OperatorHarness harness(WithinJoinSpec spec) {
    return harness(spec, ORDERS);
  }

  private static OperatorHarness harness(WithinJoinSpec spec, Schema left) {
    return TestState.harness(() -> spec.create(new HandWrittenKernels()))
        .input(left)
        .input(PAYMENTS)
        .lag(spec.lagMillis());
  }
}
