package io.millrace.operators.sequence;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.operators.graph.DirectRun;
import io.millrace.operators.graph.TestState;
import io.millrace.operators.kernel.HandWrittenKernels;
import io.millrace.operators.sort.SortLimit;
import io.millrace.spi.data.Batch;
import io.millrace.spi.operator.Operator;
import io.millrace.spi.types.DataType;
import io.millrace.spi.types.Field;
import io.millrace.spi.types.Schema;
import io.millrace.testkit.operator.OperatorHarness;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SequenceOperatorTest {
  private static final Schema ROWS =
      Schema.of(
          new Field("name", DataType.STRING),
          new Field("n", DataType.BIGINT),
          new Field("done", DataType.BIGINT));

  @Test
  void shouldSendRowWhenItsPredecessorHasGone() {
    harness()
        .row(100, "a", 7, null)
        .emits(100, "a", 7, null)
        .row(100, "b", 8, null)
        .emits(100, "b", 8, null)
        .row(110, "d", 10, null)
        .row(105, "c", 9, null)
        .emits(105, "c", 9, null)
        .emits(110, "d", 10, null)
        .row(120, "e", 11, null)
        .emits(120, "e", 11, null)
        .check();
  }

  @Test
  void shouldGoOnWithoutRowThatDoesNotComeInTime() {
    harness()
        .row(100, "a", 7, null)
        .emits(100, "a", 7, null)
        .row(110, "d", 10, null)
        .row(120, "f", 12, null)
        .advance(139)
        .advance(140)
        .emits(110, "d", 10, null)
        .row(141, "c", 9, null)
        .isLate()
        .advance(150)
        .emits(120, "f", 12, null)
        .row(151, "e", 11, null)
        .isLate()
        .row(151, "g", 13, null)
        .emits(151, "g", 13, null)
        .check();
  }

  @Test
  void shouldSendSmallerNumbersWithOneThatHasWaitedForLongEnough() {
    harness()
        .row(100, "a", 1, null)
        .emits(100, "a", 1, null)
        .row(110, "f", 6, null)
        .row(115, "c", 3, null)
        .row(116, "d", 4, null)
        .row(117, "g", 7, null)
        .row(118, "i", 9, null)
        .row(140, "z", 20, null)
        .emits(115, "c", 3, null)
        .emits(116, "d", 4, null)
        .emits(110, "f", 6, null)
        .emits(117, "g", 7, null)
        .end()
        .emits(118, "i", 9, null)
        .emits(140, "z", 20, null)
        .check();
  }

  @Test
  void shouldFindNumbersLateThatHaveGoneOrWait() {
    harness()
        .row(100, "a", 7, null)
        .emits(100, "a", 7, null)
        .row(101, "b", 7, null)
        .isLate()
        .row(102, "c", 6, null)
        .isLate()
        .row(103, "d", 9, null)
        .row(104, "e", 9, null)
        .isLate()
        .row(105, "f", 8, null)
        .emits(105, "f", 8, null)
        .emits(103, "d", 9, null)
        .check();
  }

  @Test
  void shouldNotWaitForNumbersThatAreDone() {
    harness()
        .row(100, "a", 1, null)
        .emits(100, "a", 1, null)
        .row(101, "f", 6, null)
        .row(102, "c", 3, null)
        .row(103, "b", 8, 5)
        .emits(102, "c", 3, null)
        .emits(101, "f", 6, null)
        .row(104, "e", 5, null)
        .isLate()
        .row(105, "g", 7, null)
        .emits(105, "g", 7, null)
        .emits(103, "b", 8, 5)
        .row(106, "h", 9, 20)
        .emits(106, "h", 9, 20)
        .row(107, "i", 21, null)
        .emits(107, "i", 21, null)
        .check();
  }

  @Test
  void shouldFailRowWithoutNumber() {
    harness()
        .row(100, "a", null, null)
        .fails("'n' is NULL: no place in order")
        .row(100, "a", 1, null)
        .emits(100, "a", 1, null)
        .check();
  }

  @Test
  void shouldGiveRowsAwayAsLateWhenThereIsNoRoomForThem() {
    harness(new SortLimit(1, true))
        .row(100, "a", 1, null)
        .emits(100, "a", 1, null)
        .row(101, "c", 3, null)
        .row(102, "d", 4, null)
        .isLate()
        .row(103, "b", 2, null)
        .emits(103, "b", 2, null)
        .emits(101, "c", 3, null)
        .check();
  }

  @Test
  void shouldStopTheJobWhenThereIsNoRoomForARow() {
    assertThatThrownBy(
            () ->
                harness(new SortLimit(1, false))
                    .row(100, "a", 1, null)
                    .row(101, "c", 3, null)
                    .row(102, "d", 4, null)
                    .check())
        .hasMessageContaining("restoring the sequence of 'n' takes more than 1 rows at a time");
  }

  @Test
  void shouldSendWhatIsReleasedBeforeItStopsTheJob() {
    DirectRun run = new DirectRun();
    Operator operator = run.open(new SequenceSpec(ROWS, 1, 2, 30, new SortLimit(1, false)));
    Batch batch = run.batch(ROWS, rows(1, 3, 2, 5, 6));

    assertThatThrownBy(() -> operator.process(0, batch, run)).hasMessageContaining("raise");
    assertThat(run.sent()).containsExactly("1: [x, 1, null]", "5: [x, 2, null]", "5: [x, 3, null]");
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void shouldTakeRowThatMakesRoomForItself(boolean isLateBeyond) {
    harness(new SortLimit(2, isLateBeyond))
        .row(100, "a", 1, null)
        .emits(100, "a", 1, null)
        .row(101, "c", 3, null)
        .row(102, "e", 5, null)
        .row(103, "h", 8, 3)
        .emits(101, "c", 3, null)
        .row(104, "j", 10, 4)
        .emits(102, "e", 5, null)
        .row(105, "i", 9, 7)
        .emits(103, "h", 8, 3)
        .emits(105, "i", 9, 7)
        .emits(104, "j", 10, 4)
        .row(106, "m", 13, null)
        .row(107, "o", 15, null)
        .row(108, "n", 14, 14)
        .emits(106, "m", 13, null)
        .emits(108, "n", 14, 14)
        .emits(107, "o", 15, null)
        .check();
  }

  @Test
  void shouldTakeNothingFromRowForWhichThereIsNoRoom() {
    harness(new SortLimit(1, true))
        .row(100, "a", 1, null)
        .emits(100, "a", 1, null)
        .row(101, "f", 6, null)
        .row(102, "h", 8, 3)
        .isLate()
        .row(103, "b", 2, null)
        .emits(103, "b", 2, null)
        .check();
  }

  @Test
  void shouldForgetNumbersThatWaitNoLonger() {
    DirectRun run = new DirectRun();
    Operator operator = run.open(new SequenceSpec(ROWS, 1, 2, 1_000_000, SortLimit.NONE));
    List<Integer> numbers = new ArrayList<>(List.of(1, 3, 5));
    for (int i = 2; i < 400; i += 2) { // some wait all the time
      numbers.add(i);
      numbers.add(i + 5);
    }

    operator.process(0, run.batch(ROWS, rows(numbers.toArray(Integer[]::new))), run);

    assertThat(run.sent()).hasSize(399);
    assertThat(run.stateEntries()).isLessThan(40);
  }

  private static List<List<@Nullable Object>> rows(Integer... numbers) {
    return Stream.of(numbers)
        .map(it -> Arrays.<@Nullable Object>asList("x", it.longValue(), null))
        .toList();
  }

  /** Whatever the order of numbers within the time-out, it is restored. */
  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5})
  void shouldRestoreAnyPermutationWithinTheTimeout(long seed) {
    Random random = new Random(seed);
    List<Integer> numbers = new ArrayList<>();
    IntStream.range(1, 25).forEach(numbers::add);
    Collections.shuffle(numbers, random);
    OperatorHarness harness = harness().row(0, "0", 0, null).emits(0, "0", 0, null);
    int sent = 0;
    for (int i = 0; i < numbers.size(); i++) {
      harness.row(i, "x", numbers.get(i), null);
      while (numbers.indexOf(sent + 1) >= 0 && numbers.indexOf(sent + 1) <= i) {
        sent++;
        harness.emits(numbers.indexOf(sent), "x", sent, null);
      }
    }
    assertThat(sent).isEqualTo(24);
    harness.check();
  }

  /** Against the definition, with numbers that are missing, come again, come late, or are done. */
  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10})
  void shouldDoAsTheDefinitionSays(long seed) {
    Random random = new Random(seed);
    OperatorHarness harness = harness();
    Map<Long, Row> waiting = new TreeMap<>();
    long passed = Long.MIN_VALUE;
    long now = 100;
    for (int i = 0; i < 40; i++) {
      now += random.nextInt(9);
      long number = (i / 2L) + random.nextInt(8);
      Long done = random.nextInt(8) == 0 ? number + random.nextInt(5) - 2 : null;
      harness.row(now, "x", number, done);
      boolean isFirst = passed == Long.MIN_VALUE;
      if (!isFirst && (number <= passed || waiting.containsKey(number))) {
        harness.isLate();
      } else {
        waiting.put(number, new Row(now, done));
        passed = isFirst ? number : passed;
        passed = send(harness, waiting, done == null ? passed : Math.max(passed, done));
      }
      long expired = passed;
      for (Map.Entry<Long, Row> one : waiting.entrySet()) {
        expired = one.getValue().time + 30 <= now ? one.getKey() : expired;
      }
      passed = send(harness, waiting, expired);
    }
    harness.end();
    send(harness, waiting, Long.MAX_VALUE);
    harness.check();
  }

  private record Row(long time, @Nullable Long done) {}

  /** Sends what waits up to a number, and what follows; gives the last number that is passed. */
  private static long send(OperatorHarness harness, Map<Long, Row> waiting, long upTo) {
    long passed = upTo;
    for (Map.Entry<Long, Row> one : List.copyOf(waiting.entrySet())) {
      long number = one.getKey();
      if (number <= passed || number == passed + 1) {
        passed = Math.max(passed, number);
        harness.emits(one.getValue().time, "x", number, one.getValue().done);
        waiting.remove(number);
      }
    }
    return passed;
  }

  private static OperatorHarness harness() {
    return harness(SortLimit.NONE);
  }

  private static OperatorHarness harness(SortLimit limit) {
    SequenceSpec spec = new SequenceSpec(ROWS, 1, 2, 30, limit);
    return TestState.harness(() -> spec.create(new HandWrittenKernels()))
        .input(ROWS)
        .eventTime(0)
        .lag(30);
  }
}
