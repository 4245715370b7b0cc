package io.millrace.operators.pattern;

import static io.millrace.operators.pattern.Patterns.absence;
import static io.millrace.operators.pattern.Patterns.event;
import static io.millrace.operators.pattern.Patterns.repeat;
import static io.millrace.operators.pattern.Patterns.within;
import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.operators.graph.Distribution;
import io.millrace.operators.pattern.PatternProgram.Kind;
import io.millrace.operators.pattern.PatternSpec.Early;
import io.millrace.operators.pattern.PatternSpec.SkipMode;
import io.millrace.spi.data.RowKind;
import io.millrace.spi.error.RowException;
import java.util.List;
import org.junit.jupiter.api.Test;

class PatternOperatorTest {

  /** EVERY a -> b. */
  private static Patterns everyThen() {
    return Patterns.of(
        Patterns.of(Kind.SEQUENCE, 1, 3), Patterns.of(Kind.EVERY, 2), event(0), event(1));
  }

  /** EVERY (a -> NOT b FOR 10 ms). */
  private static Patterns everySilence() {
    return Patterns.of(
        Patterns.of(Kind.EVERY, 1), Patterns.of(Kind.SEQUENCE, 2, 3), event(0), absence(1, 10));
  }

  @Test
  void shouldMatchEveryFirstWithTheNextSecondInTheOrderOfTheFirst() {
    everyThen()
        .variable("A")
        .variable("B")
        .harness()
        .row(1, "k", "B", 9)
        .row(2, "k", "A", 1)
        .row(3, "k", "A", 2)
        .row(4, "k", "C", 3)
        .row(5, "k", "B", 4)
        .emits(5, 1, 1, 1, 4)
        .emits(5, 1, 2, 1, 4)
        .row(6, "k", "B", 5)
        .advance(1000)
        .checkLeavesNothing();
  }

  @Test
  void shouldKeepKeysApart() {
    everyThen()
        .variable("A")
        .variable("B")
        .perKey()
        .harness()
        .row(1, "k", "A", 1)
        .row(2, null, "A", 2)
        .row(3, "k", "B", 3)
        .emits(3, "k", 1, 1, 1, 3)
        .row(4, "x", "B", 4)
        .row(5, null, "B", 5)
        .emits(5, null, 1, 2, 1, 5)
        .advance(1000)
        .checkLeavesNothing();
  }

  @Test
  void shouldMatchOnceAndNoMoreWithoutEvery() {
    Patterns.of(Patterns.of(Kind.SEQUENCE, 1, 2), event(0), event(1))
        .variable("A")
        .variable("B")
        .harness()
        .row(1, "k", "A", 1)
        .row(2, "k", "A", 2)
        .row(3, "k", "B", 3)
        .emits(3, 1, 1, 1, 3)
        .row(4, "k", "A", 4)
        .row(5, "k", "B", 5)
        .check();
  }

  @Test
  void shouldFindAttemptsByWhatIsEqual() {
    everyThen()
        .variable("A")
        .variableEqualTo("B", 0)
        .harness()
        .row(1, "k", "A", 1)
        .row(2, "k", "A", 2)
        .row(3, "k", "A", 1)
        .row(4, "k", "B", 3)
        .row(5, "k", "B", null)
        .row(6, "k", "B", 1)
        .emits(6, 1, 1, 1, 1)
        .emits(6, 1, 1, 1, 1)
        .row(7, "k", "B", 2)
        .emits(7, 1, 2, 1, 2)
        .checkLeavesNothing();
  }

  @Test
  void shouldOfferAnEventToAllWhenItIsBeyondTheLeastOfThem() {
    everyThen()
        .variable("A")
        .variableAbove("B", 0)
        .perKey()
        .harness()
        .row(1, "k", "A", 7)
        .row(2, "k", "B", 7)
        .row(3, "k", "A", 4)
        .row(4, "k", "A", 9)
        .row(5, "x", "B", 8)
        .row(6, "k", "B", 4)
        .row(7, "k", "B", 8)
        .emits(7, "k", 1, 7, 1, 8)
        .emits(7, "k", 1, 4, 1, 8)
        .row(8, "k", "B", 9)
        .row(9, "k", "A", 2)
        .row(10, "k", "B", 3)
        .emits(10, "k", 1, 2, 1, 3)
        .row(11, "k", "B", 10)
        .emits(11, "k", 1, 9, 1, 10)
        .advance(1000)
        .checkLeavesNothing();
  }

  @Test
  void shouldSayThatNothingHasComeWhenTimeIsOverBeforeWhatComesThen() {
    everySilence()
        .variable("A")
        .variable("B")
        .harness()
        .row(1, "k", "A", 1)
        .row(9, "k", "B", 9)
        .row(20, "k", "A", 2)
        .row(30, "k", "B", 3)
        .emits(30, 1, 2, 0, null)
        .row(31, "k", "A", 4)
        .advance(40)
        .advance(41)
        .emits(41, 1, 4, 0, null)
        .checkLeavesNothing();
  }

  @Test
  void shouldSayWhatOnlyTimeCanBreakAtOnceAndTakeItBack() {
    everySilence()
        .variable("A")
        .variable("B")
        .sent(Early.SENT_AND_RETRACTED)
        .harness()
        .row(1, "k", "A", 1)
        .emits(1, 1, 1, 0, null)
        .row(9, "k", "B", 9)
        .emits(RowKind.DELETE, 9, 1, 1, 0, null)
        .row(20, "k", "A", 2)
        .emits(20, 1, 2, 0, null)
        .advance(30)
        .row(31, "k", "B", 2)
        .checkLeavesNothing();
  }

  @Test
  void shouldGiveUpWhatTakesTooLong() {
    Patterns.of(
            within(1, 10),
            Patterns.of(Kind.SEQUENCE, 2, 4),
            Patterns.of(Kind.EVERY, 3),
            event(0),
            event(1))
        .variable("A")
        .variable("B")
        .harness()
        .row(1, "k", "A", 1)
        .row(5, "k", "A", 2)
        .row(11, "k", "B", 3)
        .emits(11, 1, 2, 1, 3)
        .row(12, "k", "A", 4)
        .advance(22)
        .checkLeavesNothing();
  }

  @Test
  void shouldBeginAgainWithWhatWasNotTheVeryNext() {
    Patterns.of(
            Patterns.of(Kind.EVERY, 1),
            Patterns.of(Kind.SEQUENCE, 2, 3),
            event(0),
            event(1).asNext())
        .variable("A")
        .variable("B")
        .harness()
        .row(1, "k", "A", 1)
        .row(2, "k", "A", 2)
        .row(3, "k", "B", 3)
        .emits(3, 1, 2, 1, 3)
        .row(4, "k", "A", 4)
        .row(5, "k", "C", 5)
        .row(6, "k", "B", 6)
        .checkLeavesNothing();
  }

  /** EVERY a{2,3} -> b. */
  @Test
  void shouldCollectWhatARepeatTakesAndBeginNoOtherWithIt() {
    Patterns.of(
            Patterns.of(Kind.SEQUENCE, 1, 4),
            Patterns.of(Kind.EVERY, 2),
            repeat(3, 2, 3),
            event(0),
            event(1))
        .variable("A")
        .variable("B")
        .harness()
        .row(1, "k", "A", 1)
        .row(2, "k", "B", 9)
        .row(3, "k", "A", 2)
        .row(4, "k", "A", 4)
        .row(5, "k", "A", 8)
        .row(6, "k", "A", 16)
        .row(7, "k", "B", 5)
        .emits(7, 3, 7, 1, 5)
        .emits(7, 2, 24, 1, 5)
        .checkLeavesNothing();
  }

  /** EVERY ((a AND b) -> (c OR d)). */
  @Test
  void shouldTakeSidesInAnyOrder() {
    Patterns.of(
            Patterns.of(Kind.EVERY, 1),
            Patterns.of(Kind.SEQUENCE, 2, 5),
            Patterns.of(Kind.ALL_OF, 3, 4),
            event(0),
            event(1),
            Patterns.of(Kind.ANY_OF, 6, 7),
            event(2),
            event(3))
        .variable("A")
        .variable("B")
        .variable("C")
        .variable("D")
        .harness()
        .row(1, "k", "B", 1)
        .row(2, "k", "C", 2)
        .row(3, "k", "B", 3)
        .row(4, "k", "A", 4)
        .row(5, "k", "D", 5)
        .emits(5, 1, 4, 1, 1, 0, null, 1, 5)
        .checkLeavesNothing();
  }

  @Test
  void shouldCompareWithWhatIsKeptAndChangeNothingWhenThatFails() {
    everyThen()
        .variable("A")
        .variable(
            "B",
            (batch, row) -> {
              if (Patterns.sum(batch, row, 0) == 0) {
                throw new RowException("division by zero");
              }
              return Patterns.number(batch, row) % Patterns.sum(batch, row, 0) == 0;
            })
        .harness()
        .row(1, "k", "A", 3)
        .row(2, "k", "B", 4)
        .row(3, "k", "A", 0)
        .row(4, "k", "B", 6)
        .fails("division by zero")
        .check();
  }

  @Test
  void shouldRefuseAnEventWithWhichWhatIsKeptOverflows() {
    Patterns.of(
            Patterns.of(Kind.EVERY, 1),
            Patterns.of(Kind.SEQUENCE, 2, 4),
            repeat(3, 1, PatternProgram.UNLIMITED),
            event(0),
            event(1))
        .refusing()
        .variable("A")
        .variable("B")
        .harness()
        .row(1, "k", "A", 1_000L)
        .row(2, "k", "A", 1)
        .fails("sum is too great")
        .row(3, "k", "B", 7)
        .emits(3, 1, 1_000L, 1, 7)
        .checkLeavesNothing();
  }

  @Test
  void shouldDropAttemptsThatBeganBeforeTheEndOfAMatch() {
    everyThen()
        .variable("A")
        .variable("B")
        .skipping(SkipMode.PAST_LAST_ROW, 0)
        .harness()
        .row(1, "k", "A", 1)
        .row(2, "k", "A", 2)
        .row(3, "k", "B", 3)
        .emits(3, 1, 1, 1, 3)
        .row(4, "k", "B", 4)
        .checkLeavesNothing();
  }

  /** EVERY a -> NOT b FOR 10 ms: what comes late is dealt with by its own time, all the same. */
  @Test
  void shouldTakeTheGreatestTimeForTheClockWhereEventsAreNotSorted() {
    Patterns.of(
            Patterns.of(Kind.SEQUENCE, 1, 3), Patterns.of(Kind.EVERY, 2), event(0), absence(1, 10))
        .variable("A")
        .variable("B")
        .asTheyCome()
        .harness()
        .eventTime(1000)
        .row(10, "k", "A", 1)
        .row(15, "k", "C", 2)
        .row(12, "k", "A", 3)
        .row(21, "k", "B", 4)
        .emits(20, 1, 1, 0, null)
        .row(50, "k", "A", 5)
        .row(5, "k", "A", 6)
        .emits(15, 1, 6, 0, null)
        .row(6, "k", "B", 7)
        .row(70, "k", "A", 8)
        .end()
        .emits(80, 1, 8, 0, null)
        .checkLeavesNothing();
  }

  @Test
  void shouldForgetKeyThatHasMatchedWhenNoEventTouchesIt() {
    Patterns.of(Patterns.of(Kind.SEQUENCE, 1, 2), event(0), event(1))
        .variable("A")
        .variable("B")
        .perKey()
        .remembered(10)
        .harness()
        .row(1, "k", "A", 1)
        .row(2, "k", "B", 2)
        .emits(2, "k", 1, 1, 1, 2)
        .row(3, "k", "A", 3)
        .row(4, "k", "C", 4)
        .row(13, "k", "B", 4)
        .advance(23)
        .row(24, "k", "A", 5)
        .row(25, "k", "B", 6)
        .emits(25, "k", 1, 5, 1, 6)
        .advance(1000)
        .checkLeavesNothing();
  }

  @Test
  void shouldKeepKeyWhileAnAttemptIsOnItsWay() {
    Patterns.of(Patterns.of(Kind.SEQUENCE, 1, 2), event(0), Patterns.of(Kind.EVERY, 3), event(1))
        .variable("A")
        .variable("B")
        .perKey()
        .remembered(10)
        .harness()
        .row(1, "k", "A", 1)
        .row(2, "k", "B", 2)
        .emits(2, "k", 1, 1, 1, 2)
        .advance(50)
        .row(51, "k", "B", 3)
        .emits(51, "k", 1, 1, 1, 3)
        .check();
  }

  @Test
  void shouldBeSpreadByKeysWhereTheWatermarkIsTheClock() {
    Patterns keyed = everyThen().variable("A").variable("B").perKey();

    assertThat(keyed.spec().distribution())
        .isEqualTo(new Distribution.Keyed(List.of(0), List.of(0, -1, -1, -1, -1), true));
    assertThat(keyed.asTheyCome().spec().distribution()).isEqualTo(Distribution.WHOLE);
  }

  @Test
  void shouldPrintItsProgram() {
    assertThat(everySilence().variable("A").variable("B").spec().program())
        .hasToString(
            """
            0 EVERY 1
            1 SEQUENCE 2 3
            2 EVENT v0
            3 ABSENCE v1 10 ms""");
  }
}
