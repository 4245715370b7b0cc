package io.millrace.operators.join;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.operators.graph.TestState;
import io.millrace.operators.join.ContentsJoinSpec.Contents;
import io.millrace.operators.join.ContentsJoinSpec.Stay;
import io.millrace.operators.kernel.HandWrittenKernels;
import io.millrace.spi.data.RowKind;
import io.millrace.spi.types.DataType;
import io.millrace.spi.types.Field;
import io.millrace.spi.types.Schema;
import io.millrace.testkit.operator.OperatorHarness;
import java.util.List;
import org.junit.jupiter.api.Test;

class ContentsJoinOperatorTest {
  private static final Contents WINDOW = new Contents(true, true, List.of());
  private static final Contents LAST_TEN =
      new Contents(true, true, List.of(new Stay(Stay.ROWTIME, 10, true)));

  /** The second column says from when ten milliseconds are counted. */
  private static final Contents TEN_AT_MOST =
      new Contents(true, true, List.of(new Stay(1, 10, false)));

  private static final Contents EVENTS = new Contents(false, true, List.of());
  private static final Contents MET = new Contents(true, false, List.of());
  private static final Schema LEFT =
      Schema.of(new Field("k", DataType.STRING), new Field("a", DataType.BIGINT));
  private static final Schema RIGHT =
      Schema.of(new Field("k", DataType.STRING), new Field("b", DataType.BIGINT));
  private static final Schema BOTH =
      Schema.of(
          new Field("k", DataType.STRING),
          new Field("a", DataType.BIGINT),
          new Field("rk", DataType.STRING),
          new Field("b", DataType.BIGINT));

  @Test
  void shouldMeetWhatHasEnteredAndNotLeft() {
    harness(WINDOW, WINDOW, false, false, Unmatched.WHEN_GONE)
        .rowOf(0, 1, "x", 1)
        .rowOf(1, 2, "x", 7)
        .emits(2, "x", 1, "x", 7)
        .rowOf(0, 3, "x", 2)
        .emits(3, "x", 2, "x", 7)
        .change(0, RowKind.DELETE, 4, "x", 1)
        .rowOf(1, 5, "x", 8)
        .emits(5, "x", 2, "x", 8)
        .change(1, RowKind.DELETE, 6, "x", 7)
        .change(1, RowKind.DELETE, 6, "x", 8)
        .change(0, RowKind.DELETE, 6, "x", 2)
        .check();
  }

  @Test
  void shouldSendWhatLeavesWithoutAMatch() {
    harness(WINDOW, WINDOW, false, true, Unmatched.WHEN_GONE)
        .rowOf(0, 1, "x", 1)
        .rowOf(0, 2, "y", 2)
        .rowOf(0, 2, null, 3)
        .rowOf(1, 3, "x", 7)
        .emits(3, "x", 1, "x", 7)
        .change(0, RowKind.DELETE, 4, "x", 1)
        .change(0, RowKind.DELETE, 5, "y", 2)
        .emits(5, "y", 2, null, null)
        .change(0, RowKind.DELETE, 6, null, 3)
        .emits(6, null, 3, null, null)
        .check();
  }

  /** What time takes away goes first, then the left side's events with what leaves for them. */
  @Test
  void shouldPutBothSidesInTheOrderOfTheirTimes() {
    harness(WINDOW, LAST_TEN, true, true, Unmatched.WHEN_GONE)
        .rowOf(1, 5, "x", 7)
        .rowOf(1, 14, "x", 8)
        .change(1, RowKind.DELETE, 15, "x", 7)
        .rowOf(1, 15, "x", 9)
        .advanceOf(1, 16)
        .rowOf(0, 14, "x", 1)
        .change(0, RowKind.DELETE, 15, "x", 1)
        .emits(14, "x", 1, "x", 7)
        .emits(14, "x", 1, "x", 8)
        .rowOf(0, 15, "x", 2)
        .advanceOf(0, 16)
        .emits(15, "x", 2, "x", 8)
        .emits(15, "x", 2, "x", 9)
        .check();
  }

  /** What is over goes before the left side's events, what is pushed out behind them. */
  @Test
  void shouldTellWhatIsPushedOutFromWhatLeavesByItself() {
    harness(WINDOW, TEN_AT_MOST, true, true, Unmatched.WHEN_GONE)
        .rowOf(1, 5, "x", 5)
        .rowOf(1, 7, "x", 7)
        .change(1, RowKind.DELETE, 14, "x", 7)
        .rowOf(1, 14, "x", 14)
        .change(1, RowKind.DELETE, 15, "x", 5)
        .advanceOf(1, 16)
        .rowOf(0, 14, "x", 1)
        .change(0, RowKind.DELETE, 15, "x", 1)
        .emits(14, "x", 1, "x", 5)
        .emits(14, "x", 1, "x", 7)
        .emits(14, "x", 1, "x", 14)
        .rowOf(0, 15, "x", 2)
        .advanceOf(0, 16)
        .emits(15, "x", 2, "x", 14)
        .check();
  }

  @Test
  void shouldNotMeetWhatIsOverThoughItHasNotLeft() {
    harness(WINDOW, TEN_AT_MOST, false, false, Unmatched.WHEN_GONE)
        .rowOf(1, 5, "x", 5)
        .rowOf(0, 14, "x", 1)
        .emits(14, "x", 1, "x", 5)
        .rowOf(0, 15, "x", 2)
        .check();
  }

  @Test
  void shouldLetEventsWithoutAWindowLeaveAtOnce() {
    harness(EVENTS, WINDOW, false, true, Unmatched.WHEN_GONE)
        .rowOf(0, 1, "x", 1)
        .emits(1, "x", 1, null, null)
        .rowOf(1, 2, "x", 7)
        .rowOf(0, 3, "x", 2)
        .emits(3, "x", 2, "x", 7)
        .check();
  }

  @Test
  void shouldOnlyBeMetByTheOtherSide() {
    harness(WINDOW, MET, false, false, Unmatched.WHEN_GONE)
        .rowOf(0, 1, "x", 1)
        .rowOf(1, 2, "x", 7)
        .rowOf(0, 3, "x", 2)
        .emits(3, "x", 2, "x", 7)
        .check();
  }

  @Test
  void shouldTakeBackWhatWasSentWithoutAMatch() {
    harness(WINDOW, WINDOW, false, true, Unmatched.AT_ONCE_AND_RETRACTED)
        .rowOf(0, 1, "x", 1)
        .emits(1, "x", 1, null, null)
        .rowOf(1, 2, "x", 7)
        .emits(RowKind.DELETE, 2, "x", 1, null, null)
        .emits(2, "x", 1, "x", 7)
        .rowOf(1, 3, "x", 8)
        .emits(3, "x", 1, "x", 8)
        .change(0, RowKind.DELETE, 4, "x", 1)
        .check();
  }

  /** A pair leaves with the first of its rows. */
  @Test
  void shouldSendPairsOnceMoreWhenTheyLeave() {
    ContentsJoinSpec spec = spec(WINDOW, WINDOW, false, false, Unmatched.WHEN_GONE, true);
    harness(spec)
        .rowOf(0, 1, "x", 1)
        .rowOf(1, 2, "x", 7)
        .emits(2, "x", 1, "x", 7)
        .rowOf(1, 3, "x", 8)
        .emits(3, "x", 1, "x", 8)
        .change(1, RowKind.DELETE, 4, "x", 7)
        .emits(RowKind.DELETE, 4, "x", 1, "x", 7)
        .change(0, RowKind.DELETE, 5, "x", 1)
        .emits(RowKind.DELETE, 5, "x", 1, "x", 8)
        .check();
  }

  @Test
  void shouldStopTheJobWhenTooMuchWaitsForTheOtherSide() {
    assertThatThrownBy(
            () ->
                limited(2, false)
                    .rowOf(0, 1, "x", 1)
                    .rowOf(0, 2, "x", 2)
                    .rowOf(0, 3, "x", 3)
                    .check())
        .hasMessageContaining("a join of windows holds back more than 2 rows of a side at a time")
        .hasMessageContaining("SET 'join.overflow' = 'late'");
  }

  @Test
  void shouldSayHowManyRowsMayWait() {
    JoinLimit late = new JoinLimit(2, true);
    assertThat(spec(WINDOW, WINDOW, true, false, Unmatched.WHEN_GONE, false, late).describe())
        .endsWith(", by event time, at most 2 rows of a side, others late");
    assertThat(spec(WINDOW, WINDOW, false, false, Unmatched.WHEN_GONE, false, late).describe())
        .endsWith(", as they come");
  }

  /** Which has a key, which has none; what leaves by itself needs no room. */
  @Test
  void shouldGiveRowsAwayAsLateWhenThereIsNoRoomAndSayNothingWhenTheyLeave() {
    limited(2, true)
        .rowOf(0, 1, "x", 1)
        .rowOf(0, 2, null, 2)
        .rowOf(0, 3, "x", 3)
        .isLate()
        .rowOf(0, 3, null, 4)
        .isLate()
        .change(0, RowKind.DELETE, 5, "x", 1)
        .change(0, RowKind.DELETE, 6, null, 2)
        .change(0, RowKind.DELETE, 7, "x", 3)
        .change(0, RowKind.DELETE, 8, null, 4)
        .rowOf(0, 9, "x", 5)
        .isLate()
        .rowOf(1, 4, "x", 7)
        .advanceOf(1, 8)
        .emits(4, "x", 1, "x", 7)
        .emits(6, null, 2, null, null)
        .change(1, RowKind.DELETE, 9, "x", 7)
        .rowOf(0, 10, "x", 6)
        .change(0, RowKind.DELETE, 11, "x", 5)
        .advance(12)
        .change(0, RowKind.DELETE, 13, "x", 6)
        .advance(14)
        .emits(13, "x", 6, null, null)
        .checkLeavesNothing();
  }

  /** Each stays as long as an equal one is in the window. */
  @Test
  void shouldTakeTheFirstToLeaveForTheRefusedOneWhenSeveralAreEqual() {
    limited(2, true)
        .rowOf(0, 1, "x", 1)
        .rowOf(0, 1, "x", 1)
        .rowOf(0, 1, "x", 1)
        .isLate()
        .change(0, RowKind.DELETE, 3, "x", 1)
        .rowOf(1, 4, "x", 7)
        .advanceOf(1, 5)
        .advanceOf(0, 5)
        .emits(4, "x", 1, "x", 7)
        .emits(4, "x", 1, "x", 7)
        .change(0, RowKind.DELETE, 6, "x", 1)
        .change(0, RowKind.DELETE, 7, "x", 1)
        .change(1, RowKind.DELETE, 7, "x", 7)
        .advance(9)
        .checkLeavesNothing();
  }

  @Test
  void shouldSayNothingOfRowsThatWereLateWhenTheyLeave() {
    harness(WINDOW, WINDOW, true, true, Unmatched.WHEN_GONE)
        .rowOf(0, 10, "x", 1)
        .rowOf(0, 9, "x", 2)
        .isLate()
        .rowOf(0, 9, null, 3)
        .isLate()
        .rowOf(0, 10, null, 4)
        .change(0, RowKind.DELETE, 12, "x", 1)
        .change(0, RowKind.DELETE, 12, "x", 2)
        .change(0, RowKind.DELETE, 12, null, 3)
        .change(0, RowKind.DELETE, 12, null, 4)
        .advance(14)
        .emits(12, "x", 1, null, null)
        .emits(12, null, 4, null, null)
        .checkLeavesNothing();
  }

  @Test
  void shouldNotRememberLateRowsOfASideWithoutAWindow() {
    harness(EVENTS, WINDOW, true, true, Unmatched.WHEN_GONE)
        .rowOf(0, 10, "x", 1)
        .rowOf(0, 9, "x", 2)
        .isLate()
        .advance(11)
        .emits(10, "x", 1, null, null)
        .checkLeavesNothing();
  }

  @Test
  void shouldNotCountWhatIsInTheWindows() {
    limited(2, false)
        .rowOf(0, 1, "x", 1)
        .rowOf(0, 2, "x", 2)
        .advance(3)
        .rowOf(0, 4, "x", 3)
        .rowOf(0, 5, "x", 4)
        .advance(6)
        .rowOf(0, 7, "x", 5)
        .advance(8)
        .check();
  }

  private static OperatorHarness limited(int rows, boolean isLateBeyond) {
    JoinLimit limit = new JoinLimit(rows, isLateBeyond);
    return harness(spec(WINDOW, WINDOW, true, isLateBeyond, Unmatched.WHEN_GONE, false, limit));
  }

  private static ContentsJoinSpec spec(
      Contents ofLeft,
      Contents ofRight,
      boolean isSorted,
      boolean keepsLeft,
      Unmatched unmatched,
      boolean sendsContents) {
    return spec(ofLeft, ofRight, isSorted, keepsLeft, unmatched, sendsContents, JoinLimit.NONE);
  }

  private static ContentsJoinSpec spec(
      Contents ofLeft,
      Contents ofRight,
      boolean isSorted,
      boolean keepsLeft,
      Unmatched unmatched,
      boolean sendsContents,
      JoinLimit limit) {
    return new ContentsJoinSpec(
        BOTH,
        new JoinSide(LEFT, 2, List.of(0), keepsLeft),
        new JoinSide(RIGHT, 2, List.of(0), false),
        ofLeft,
        ofRight,
        isSorted,
        sendsContents,
        null,
        unmatched,
        false,
        limit);
  }

  private static OperatorHarness harness(
      Contents ofLeft, Contents ofRight, boolean isSorted, boolean keepsLeft, Unmatched unmatched) {
    return harness(spec(ofLeft, ofRight, isSorted, keepsLeft, unmatched, false));
  }

  private static OperatorHarness harness(ContentsJoinSpec spec) {
    return TestState.harness(() -> spec.create(new HandWrittenKernels())).input(LEFT).input(RIGHT);
  }
}
