package io.millrace.spi.data;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.spi.time.LaggingTimeline;
import io.millrace.spi.time.Moments;
import io.millrace.spi.time.SourceTimeline;
import io.millrace.spi.time.Timeline;
import io.millrace.spi.types.DataType;
import io.millrace.spi.types.Field;
import io.millrace.spi.types.Schema;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class RowBufferTest {
  private static final Schema NUMBERS = Schema.of(new Field("n", DataType.BIGINT));
  private static final int SOME = 5;
  private static final int MANY = 100;
  private final Timeline timeline = new SourceTimeline();
  private final RowBuffer rows = buffer();

  @Test
  void shouldHaveRoomForRanksOfAllRowsWhenThoseThatHaveNoneMakeItGrow() {
    ranked(rows, SOME);
    plain(rows, MANY);
    ranked(rows, 1);

    assertThat(ranks(rows)).isEqualTo(firsts(SOME, -MANY, 1));
  }

  @Test
  void shouldKeepLanesWhenRowsAreAddedInWhateverWay() {
    RowBuffer source = buffer();
    for (int row = 0; row < MANY; row++) {
      source.lane(source.append(row, 1), row % 3);
    }
    Batch batch = source.batch(timeline, timeline);
    plain(rows, SOME);
    rows.appendAll(batch);
    rows.append(batch, 2);
    rows.appendRowOf(source, 1);
    plain(rows, 1);
    rows.appendFor(batch, 4, 0, RowKind.INSERT);

    Batch all = rows.batch(timeline, timeline);
    int[] expected = new int[all.size()];
    for (int row = 0; row < MANY; row++) {
      expected[SOME + row] = row % 3;
    }
    expected[SOME + MANY] = 2;
    expected[SOME + MANY + 1] = 1;
    assertThat(IntStream.range(0, all.size()).map(all::lane)).containsExactly(box(expected));
    rows.clear();
    plain(rows, MANY);
    assertThat(rows.batch(timeline, timeline).lanes()).isNull();
  }

  @Test
  void shouldOrderCausesOfOneTimeByLaneThenByPosition() {
    SourceTimeline turn = new SourceTimeline();
    turn.beginAdvance(1L << 40, 5);
    rows.lane(rows.append(1, 9), 1);
    rows.append(1, 11);
    rows.lane(rows.append(1, 3), 1);
    rows.lane(rows.append(1, 1), Batch.MAX_LANE);
    Batch batch = rows.batch(turn, turn);

    assertThat(batch.cause(1)).isEqualTo((1L << 40) + 11);
    assertThat(
            IntStream.range(0, 4).boxed().sorted(Comparator.comparingLong(batch::cause)).toList())
        .containsExactly(1, 2, 0, 3);
  }

  /** What is due at a time comes before the rows of then, and these before what is due later. */
  @Test
  void shouldOrderMomentsByTimeAndThenDeadlinesBeforeRows() {
    rows.dueAt(rows.append(7, 0), 7);
    rows.inPlace(rows.append(7, 0), true);
    rows.append(7, 0);
    rows.dueAt(rows.append(3, 0), 9);
    rows.append(7, 1);
    rows.append(Timeline.END, 0);
    Batch batch = rows.batch(timeline, timeline);

    assertThat(IntStream.range(0, 6).mapToLong(batch::moment).toArray())
        .containsExactly(
            Moments.ofDeadline(7),
            Moments.ofRow(7),
            Moments.ofDeadline(8),
            Moments.ofDeadline(9),
            Timeline.END,
            Timeline.END)
        .isSorted();
    assertThat(batch.moment(0)).isLessThan(batch.moment(1));
    assertThat(batch.moment(1)).isLessThan(batch.moment(2));
    assertThat(batch.momentFor(1, 7)).isEqualTo(batch.moment(0));
    assertThat(batch.momentFor(1, 8)).isEqualTo(batch.moment(1));
  }

  /** One step to 100: of rows at its advance each has reached what is due before its moment. */
  @Test
  void shouldReachTheLastDeadlineBeforeTheMomentOfARow() {
    SourceTimeline turn = new SourceTimeline();
    turn.beginAdvance(1, 10);
    turn.beginAdvance(2, 100);
    Timeline lagging = new LaggingTimeline(turn, 20);
    RowBuffer late = new RowBuffer(NUMBERS, 4, lagging);
    for (RowBuffer buffer : List.of(rows, late)) {
      buffer.dueAt(buffer.append(7, 0), 40);
      buffer.inPlace(buffer.append(50, 0), true);
      buffer.dueAt(buffer.append(9, 0), 500);
      buffer.append(Timeline.END, 0);
    }

    Batch batch = rows.batch(turn, turn);
    assertThat(batch.reached(0)).isEqualTo(39);
    assertThat(batch.reached(1)).isEqualTo(50);
    assertThat(batch.reached(2)).isEqualTo(100);
    assertThat(batch.reached(3)).isEqualTo(Timeline.NEVER);
    assertThat(batch.reached(1, lagging)).isEqualTo(30);
    assertThat(batch.reached(2, lagging)).isEqualTo(80);

    Batch behind = late.batch(lagging, lagging);
    assertThat(behind.moment(0)).isEqualTo(Moments.ofDeadline(60));
    assertThat(behind.moment(1)).isEqualTo(Moments.ofRow(70));
    assertThat(behind.reached(0)).isEqualTo(39);
    assertThat(behind.reached(1)).isEqualTo(50);
    assertThat(behind.reached(2)).isEqualTo(80);
    long[] together = new long[4];
    behind.reached(1, 3, together);
    assertThat(together).containsExactly(0, 50, 80, 0);
  }

  @Test
  void shouldGiveTheLastDeadlineBeforeAMoment() {
    for (long time : new long[] {-5, -1, 0, 1, 1_700_000_000_000L}) {
      assertThat(Moments.lastDeadlineBefore(Moments.ofDeadline(time))).isEqualTo(time - 1);
      assertThat(Moments.lastDeadlineBefore(Moments.ofRow(time))).isEqualTo(time);
    }
    assertThat(Moments.lastDeadlineBefore(Timeline.NEVER)).isEqualTo(Timeline.NEVER);
  }

  @Test
  void shouldKeepTimesThatAreTooGreatForMomentsBetweenTheEnds() {
    assertThat(Moments.ofDeadline(Timeline.END)).isEqualTo(Timeline.END);
    assertThat(Moments.ofRow(Timeline.END)).isEqualTo(Timeline.END);
    assertThat(Moments.ofDeadline(Timeline.END - 1))
        .isEqualTo(Moments.ofDeadline(Timeline.END >> 1))
        .isLessThan(Timeline.END);
    assertThat(Moments.isFollowing(Moments.ofRow(Timeline.END - 1))).isFalse();
    assertThat(Moments.ofRow(Timeline.END >> 1)).isLessThan(Timeline.END);
    assertThat(Moments.ofDeadline(Timeline.NEVER)).isEqualTo(Timeline.NEVER);
    assertThat(Moments.ofDeadline(Timeline.NEVER + 1)).isEqualTo(Timeline.NEVER);
  }

  private static Integer[] box(int[] values) {
    return Arrays.stream(values).boxed().toArray(Integer[]::new);
  }

  @Test
  void shouldGiveRowsThatHaveNoRankZerosWhenAnotherOneHasARank() {
    ranked(rows, MANY);
    rows.clear();
    plain(rows, SOME);
    ranked(rows, 1);
    plain(rows, SOME);

    assertThat(ranks(rows)).isEqualTo(firsts(-SOME, 1, -SOME));
  }

  @Test
  void shouldForgetTheRankOfARowThatWasTakenOff() {
    ranked(rows, 2);
    rows.removeLast();
    plain(rows, 1);

    assertThat(ranks(rows)).isEqualTo(firsts(1, -1));
  }

  @Test
  void shouldHaveNoRanksAfterItWasEmptied() {
    ranked(rows, SOME);
    rows.clear();
    plain(rows, SOME);

    assertThat(batch(rows).ranks()).isNull();
  }

  @Test
  void shouldCopyRowsOfBatchesWithAndWithoutRanks() {
    RowBuffer ranked = buffer();
    ranked(ranked, SOME);
    RowBuffer plain = buffer();
    plain(plain, MANY);
    ranked(rows, MANY);
    rows.clear();

    rows.appendAll(batch(plain));
    rows.appendAll(batch(ranked));
    rows.appendAll(batch(plain));
    rows.append(batch(ranked), 1);
    rows.append(batch(plain), 1);

    List<Long> expected = new ArrayList<>(firsts(-MANY));
    expected.addAll(firsts(SOME, -MANY));
    expected.addAll(List.of(102L, 0L));
    assertThat(ranks(rows)).isEqualTo(expected);
  }

  @Test
  void shouldCopyRowsOfABufferWhoseFirstRowsHaveRanks() {
    RowBuffer mixed = buffer();
    ranked(mixed, SOME);
    plain(mixed, MANY);

    IntStream.range(0, mixed.size()).forEach(row -> rows.appendRowOf(mixed, row));

    assertThat(ranks(rows)).isEqualTo(firsts(SOME, -MANY));
  }

  @Test
  void shouldNotCopyRanksThatAnEmptiedBufferHad() {
    RowBuffer source = buffer();
    ranked(source, SOME);
    source.clear();
    plain(source, SOME);

    IntStream.range(0, SOME).forEach(row -> rows.appendRowOf(source, row));

    assertThat(batch(rows).ranks()).isNull();
  }

  @Test
  void shouldCompareRowsWithoutARankAsZeros() {
    RowBuffer ranked = buffer();
    ranked(ranked, 1);
    plain(ranked, 1);
    plain(rows, 1);

    assertThat(rows.isBefore(0, ranked, 0)).isTrue();
    assertThat(ranked.isBefore(0, rows, 0)).isFalse();
    assertThat(rows.isBefore(0, ranked, 1)).isFalse();
    assertThat(ranked.isBefore(1, rows, 0)).isFalse();
  }

  private RowBuffer buffer() {
    return new RowBuffer(NUMBERS, 2, timeline);
  }

  private static void plain(RowBuffer to, int count) {
    for (int i = 0; i < count; i++) {
      to.append(0, 0);
    }
  }

  /** Rows whose ranks begin with 101, 102, …, by where they are. */
  private static void ranked(RowBuffer to, int count) {
    for (int i = 0; i < count; i++) {
      int row = to.append(0, 0);
      to.rank(row, 101L + row, 1, 2, 3);
    }
  }

  /**
   * With what the ranks begin.
   *
   * @param runs how many rows have ranks, or if it is negative, have none, one run after the other
   */
  private static List<Long> firsts(int... runs) {
    List<Long> firsts = new ArrayList<>();
    for (int run : runs) {
      for (int i = 0; i < Math.abs(run); i++) {
        firsts.add(run < 0 ? 0L : 101L + firsts.size());
      }
    }
    return firsts;
  }

  /** With what the ranks of the rows begin; the other numbers are zeros where that is. */
  private List<Long> ranks(RowBuffer of) {
    long[] ranks = Objects.requireNonNull(batch(of).ranks());
    List<Long> firsts = new ArrayList<>();
    for (int row = 0; row < of.size(); row++) {
      int at = row * Batch.RANK;
      firsts.add(ranks[at]);
      assertThat(Arrays.copyOfRange(ranks, at + 1, at + Batch.RANK))
          .isEqualTo(ranks[at] == 0 ? new long[] {0, 0, 0} : new long[] {1, 2, 3});
    }
    return firsts;
  }

  private Batch batch(RowBuffer of) {
    return of.batch(timeline, timeline);
  }
}
