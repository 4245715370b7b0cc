package io.millrace.operators.align;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.operators.graph.TestState;
import io.millrace.operators.kernel.HandWrittenKernels;
import io.millrace.operators.sort.SortLimit;
import io.millrace.spi.types.DataType;
import io.millrace.spi.types.Field;
import io.millrace.spi.types.Schema;
import io.millrace.testkit.operator.OperatorHarness;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Random;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class AlignOperatorTest {
  private static final Schema OUT = Schema.of(new Field("name", DataType.STRING));
  private static final Schema ROWS =
      Schema.of(new Field("name", DataType.STRING), new Field("MARK", DataType.BIGINT));
  private static final Schema MARKS = Schema.of(new Field("MARK", DataType.BIGINT));

  @Test
  void shouldHoldRowsBehindMarkUntilOthersHaveGivenIt() {
    harness(SortLimit.NONE)
        .row(100, "a", null)
        .emits(100, "a")
        .row(110, "mark 6", 6)
        .row(120, "b", null)
        .rowOf(1, 90, 6)
        .row(115, "c", null)
        .rowOf(2, 400, 6)
        .emits(110, "mark 6")
        .emits(120, "b")
        .emits(115, "c")
        .row(130, "d", null)
        .emits(130, "d")
        .check();
  }

  @Test
  void shouldGoOnToNextMarkWhenOneHasBeenGiven() {
    harness(SortLimit.NONE)
        .row(100, "mark 1", 1)
        .row(101, "a", null)
        .row(102, "mark 2", 2)
        .row(103, "b", null)
        .row(104, "mark 5", 5)
        .row(105, "c", null)
        .rowOf(2, 100, 4)
        .rowOf(1, 100, 1)
        .emits(100, "mark 1")
        .emits(101, "a")
        .rowOf(1, 100, 3)
        .emits(102, "mark 2")
        .emits(103, "b")
        .rowOf(1, 100, 9)
        .rowOf(2, 100, 7)
        .emits(104, "mark 5")
        .emits(105, "c")
        .row(106, "mark 7", 7)
        .emits(106, "mark 7")
        .check();
  }

  @Test
  void shouldPassMarksThatOthersHaveGivenAlready() {
    harness(SortLimit.NONE)
        .rowOf(1, 100, 6)
        .rowOf(2, 100, 7)
        .rowOf(2, 100, 3)
        .row(100, "mark 6", 6)
        .emits(100, "mark 6")
        .row(100, "mark 6 again", 6)
        .emits(100, "mark 6 again")
        .row(100, "mark 7", 7)
        .check();
  }

  @Test
  void shouldNotWaitForInputsThatHaveEnded() {
    harness(SortLimit.NONE)
        .row(100, "mark 1", 1)
        .row(101, "a", null)
        .advanceOf(1, Long.MAX_VALUE)
        .advanceOf(2, Long.MAX_VALUE)
        .emits(100, "mark 1")
        .emits(101, "a")
        .row(102, "mark 2", 2)
        .emits(102, "mark 2")
        .check();
  }

  @Test
  void shouldGiveOutWhatIsHeldWhenAllEnd() {
    harness(SortLimit.NONE)
        .row(100, "mark 1", 1)
        .row(101, "a", null)
        .row(102, "mark 2", 2)
        .row(103, "b", null)
        .end()
        .emits(100, "mark 1")
        .emits(101, "a")
        .emits(102, "mark 2")
        .emits(103, "b")
        .check();
  }

  @Test
  void shouldStopAtMarksForWhichThereIsNoRoom() {
    harness(new SortLimit(2, true))
        .rowOf(2, 100, 100)
        .row(100, "mark 1", 1)
        .row(101, "a", null)
        .row(102, "mark 2", 2)
        .isLate()
        .row(103, "b", null)
        .isLate()
        .rowOf(1, 100, 1)
        .emits(100, "mark 1")
        .emits(101, "a")
        .row(104, "c", null)
        .row(105, "d", null)
        .row(106, "e", null)
        .isLate()
        .rowOf(1, 100, 2)
        .emits(104, "c")
        .emits(105, "d")
        .row(107, "f", null)
        .emits(107, "f")
        .check();
  }

  @Test
  void shouldStopTheJobWhenThereIsNoRoomForARow() {
    assertThatThrownBy(
            () ->
                harness(new SortLimit(1, false)).row(100, "mark 1", 1).row(101, "a", null).check())
        .hasMessageContaining("aligning 'A' with other inputs takes more than 1 rows at a time");
  }

  /** Against the definition, with marks that skip numbers, come again and go back. */
  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
  void shouldDoAsTheDefinitionSays(long seed) {
    checkAgainstNaive(new Random(seed), false);
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4})
  void shouldCountMarksWithoutNumbers(long seed) {
    checkAgainstNaive(new Random(seed), true);
  }

  /** A row of the first input. */
  private record Row(long time, String name, @Nullable Long mark) {}

  private static void checkAgainstNaive(Random random, boolean isCounted) {
    OperatorHarness harness = harness(SortLimit.NONE, isCounted);
    Deque<Row> queue = new ArrayDeque<>();
    long none = isCounted ? 0 : Long.MIN_VALUE;
    long[] greatest = {none, none, none};
    long count = 0;
    for (int i = 0; i < 120; i++) {
      int input = random.nextInt(3);
      long number = (long) i / 12 + random.nextInt(4);
      long time = 100L + i + random.nextInt(20);
      if (input == 0) {
        boolean isMark = random.nextInt(3) == 0;
        String name = "row " + i;
        harness.row(time, name, isMark ? number : null);
        count += isMark ? 1 : 0;
        queue.add(new Row(time, name, isMark ? Long.valueOf(isCounted ? count : number) : null));
      } else {
        harness.rowOf(input, time, number);
        greatest[input] = isCounted ? greatest[input] + 1 : Math.max(greatest[input], number);
      }
      send(harness, queue, Math.min(greatest[1], greatest[2]));
    }
    harness.end();
    send(harness, queue, Long.MAX_VALUE);
    harness.check();
  }

  private static void send(OperatorHarness harness, Deque<Row> queue, long reached) {
    for (Row next = queue.peek(); next != null; next = queue.peek()) {
      Long mark = next.mark;
      if (mark != null && mark > reached) {
        return;
      }
      harness.emits(next.time, next.name);
      queue.remove();
    }
  }

  private static OperatorHarness harness(SortLimit limit) {
    return harness(limit, false);
  }

  private static OperatorHarness harness(SortLimit limit, boolean isCounted) {
    AlignSpec spec = new AlignSpec(OUT, List.of("A", "B", "C"), isCounted, limit);
    return TestState.harness(() -> spec.create(new HandWrittenKernels()))
        .input(ROWS)
        .input(MARKS)
        .input(MARKS)
        .eventTime(0)
        .holdsTime();
  }
}
