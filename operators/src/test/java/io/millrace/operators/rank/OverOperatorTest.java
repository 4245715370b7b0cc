package io.millrace.operators.rank;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.operators.analytic.FrameBounds;
import io.millrace.operators.analytic.FramedAggregates;
import io.millrace.operators.analytic.Ranking;
import io.millrace.operators.graph.Distribution;
import io.millrace.operators.graph.TestState;
import io.millrace.operators.kernel.HandWrittenKernels;
import io.millrace.operators.order.SortKey;
import io.millrace.spi.data.RowKind;
import io.millrace.spi.types.DataType;
import io.millrace.spi.types.Field;
import io.millrace.spi.types.Schema;
import io.millrace.testkit.operator.OperatorHarness;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class OverOperatorTest {
  private static final RowKind I = RowKind.INSERT;
  private static final RowKind U = RowKind.UPDATE_AFTER;
  private static final RowKind D = RowKind.DELETE;
  private static final Schema ROWS =
      Schema.of(
          new Field("id", DataType.BIGINT),
          new Field("k", DataType.STRING),
          new Field("v", DataType.BIGINT));
  private static final List<SortKey> BY_V = List.of(new SortKey(2, false, false));
  private static final FrameBounds BEFORE = new FrameBounds(true, -1, -1);
  private static final FrameBounds UP_TO_PEERS = new FrameBounds(false, FrameBounds.UNBOUNDED, 0);
  private static final FrameBounds ALL =
      new FrameBounds(false, FrameBounds.UNBOUNDED, FrameBounds.UNBOUNDED_END);

  @Test
  void shouldSendOnlyTheNeighbourWhenARowComesBetweenOthers() {
    harness(true, perKey(BEFORE))
        .change(0, I, 1, 1, "a", 10)
        .emits(1, 1, "a", 10, 0, null)
        .change(0, I, 2, 2, "a", 20)
        .emits(2, 2, "a", 20, 1, 10)
        .change(0, I, 3, 3, "a", 30)
        .emits(3, 3, "a", 30, 1, 20)
        .change(0, I, 4, 4, "a", 15)
        .emits(4, 4, "a", 15, 1, 10)
        .emits(U, 4, 2, "a", 20, 1, 15)
        .change(0, D, 5, 4, null, null)
        .emits(D, 5, 4, "a", 15, 1, 10)
        .emits(U, 5, 2, "a", 20, 1, 10)
        .change(0, D, 6, 3, null, null)
        .emits(D, 6, 3, "a", 30, 1, 20)
        .change(0, D, 7, 3, null, null)
        .change(0, D, 8, 1, null, null)
        .emits(D, 8, 1, "a", 10, 0, null)
        .emits(U, 8, 2, "a", 20, 0, null)
        .change(0, D, 9, 2, null, null)
        .emits(D, 9, 2, "a", 20, 0, null)
        .checkLeavesNothing();
  }

  @Test
  void shouldSendBothEndsWhenARowMovesWithinItsPartition() {
    harness(true, perKey(BEFORE))
        .change(0, I, 1, 1, "a", 10)
        .emits(1, 1, "a", 10, 0, null)
        .change(0, I, 2, 2, "a", 20)
        .emits(2, 2, "a", 20, 1, 10)
        .change(0, I, 3, 3, "a", 30)
        .emits(3, 3, "a", 30, 1, 20)
        .change(0, U, 4, 1, "a", 40)
        .emits(U, 4, 2, "a", 20, 0, null)
        .emits(U, 4, 1, "a", 40, 1, 30)
        .change(0, U, 5, 1, "a", 25)
        .emits(U, 5, 1, "a", 25, 1, 20)
        .emits(U, 5, 3, "a", 30, 1, 25)
        .check();
  }

  @Test
  void shouldSendThePartitionThatIsLeftFirstWhenARowGoesToAnother() {
    harness(true, perKey(ALL))
        .change(0, I, 1, 1, "a", 1)
        .emits(1, 1, "a", 1, 1, 1)
        .change(0, I, 9, 2, "a", 2)
        .emits(U, 9, 1, "a", 1, 2, 3)
        .emits(9, 2, "a", 2, 2, 3)
        .change(0, U, 3, 2, "b", 2)
        .emits(U, 9, 1, "a", 1, 1, 1)
        .emits(U, 3, 2, "b", 2, 1, 2)
        .check();
  }

  @Test
  void shouldTakePeersTogetherWhenAFrameEndsWithTheValueOfTheRow() {
    harness(true, perKey(UP_TO_PEERS))
        .change(0, I, 1, 1, "a", 5)
        .emits(1, 1, "a", 5, 1, 5)
        .change(0, I, 2, 2, "a", 5)
        .emits(U, 2, 1, "a", 5, 2, 10)
        .emits(2, 2, "a", 5, 2, 10)
        .change(0, I, 3, 3, "a", 6)
        .emits(3, 3, "a", 6, 3, 16)
        .change(0, U, 4, 1, "a", 7)
        .emits(U, 4, 2, "a", 5, 1, 5)
        .emits(U, 4, 3, "a", 6, 2, 11)
        .emits(U, 4, 1, "a", 7, 3, 18)
        .check();
  }

  @Test
  void shouldLeaveNullsOutWhenAFrameIsOfDistances() {
    harness(true, perKey(new FrameBounds(false, -2, 1)))
        .change(0, I, 1, 1, "a", 5)
        .emits(1, 1, "a", 5, 1, 5)
        .change(0, I, 2, 2, "a", null)
        .emits(2, 2, "a", null, 1, null)
        .change(0, I, 3, 3, "a", 7)
        .emits(3, 3, "a", 7, 2, 12)
        .change(0, I, 4, 4, "a", 6)
        .emits(U, 4, 1, "a", 5, 2, 11)
        .emits(4, 4, "a", 6, 3, 18)
        .emits(U, 4, 3, "a", 7, 3, 18)
        .check();
  }

  @Test
  void shouldSendARowOnceWhenSeveralPartsChangeIt() {
    OverSpec.Part ranks =
        new OverSpec.Part(
            List.of(),
            List.of(new SortKey(2, true, true)),
            List.of(Ranking.ROW_NUMBER, Ranking.RANK, Ranking.DENSE_RANK),
            List.of());
    harness(true, ranks, perKey(ALL))
        .change(0, I, 1, 1, "a", 5)
        .emits(1, 1, "a", 5, 1, 1, 1, 1, 5)
        .change(0, I, 2, 2, "b", 7)
        .emits(2, 2, "b", 7, 1, 1, 1, 1, 7)
        .emits(U, 2, 1, "a", 5, 2, 2, 2, 1, 5)
        .change(0, I, 3, 3, "a", 7)
        .emits(3, 3, "a", 7, 2, 1, 1, 2, 12)
        .emits(U, 3, 1, "a", 5, 3, 3, 2, 2, 12)
        .change(0, U, 4, 2, "b", 7)
        .emits(U, 4, 2, "b", 7, 1, 1, 1, 1, 7)
        .check();
  }

  @Test
  void shouldNumberRowsWhenTheyHaveNoKey() {
    harness(false, perKey(ALL))
        .row(1, 1, "a", 5)
        .emits(1, 1, "a", 5, 1, 5, 1)
        .row(2, 1, "a", 5)
        .emits(U, 2, 1, "a", 5, 2, 10, 1)
        .emits(2, 1, "a", 5, 2, 10, 2)
        .row(3, 1, "b", 5)
        .emits(3, 1, "b", 5, 1, 5, 1)
        .check();
  }

  /** More than are in memory where state is in files. */
  @Test
  void shouldSendNeighboursOfManyPartitions() {
    OperatorHarness harness = harness(true, perKey(BEFORE));
    for (int i = 0; i < 30; i++) {
      Object before = i < 6 ? null : i - 6;
      harness.change(0, I, i, i, "k" + i % 6, i).emits(i, i, "k" + i % 6, i, i < 6 ? 0 : 1, before);
    }
    for (int i = 0; i < 30; i++) {
      int time = 30 + i;
      harness.change(0, D, time, i, null, null).emits(D, time, i, "k" + i % 6, i, 0, null);
      if (i + 6 < 30) {
        harness.emits(U, time, i + 6, "k" + i % 6, i + 6, 0, null);
      }
    }
    harness.checkLeavesNothing();
  }

  /** While a row expires, so many others are asked for that it lies elsewhere then. */
  @Test
  void shouldSendNeighboursWhenRowsOfManyPartitionsExpire() {
    OverSpec spec = spec(false, 100, perKey(BEFORE));
    OperatorHarness harness = harness(spec);
    for (int i = 0; i < 24; i++) {
      Object before = i < 2 ? null : i - 2;
      harness
          .row(i, i, "k" + i % 2, i)
          .emits(i, i, "k" + i % 2, i, i < 2 ? 0 : 1, before, i / 2 + 1);
    }
    harness.advance(200);
    for (int i = 0; i < 24; i++) {
      int time = 100 + i;
      harness.emits(D, time, i, "k" + i % 2, i, 0, null, i / 2 + 1);
      if (i + 2 < 24) {
        harness.emits(U, time, i + 2, "k" + i % 2, i + 2, 0, null, i / 2 + 2);
      }
    }
    harness.checkLeavesNothing();
  }

  @Test
  void shouldBeSpreadByWhatAllPartitionsHaveInCommon() {
    OverSpec.Part whole = new OverSpec.Part(List.of(), BY_V, List.of(), List.of(frame(ALL)));
    assertThat(spec(false, perKey(ALL)).distribution())
        .isEqualTo(new Distribution.Keyed(List.of(1), List.of(-1, 1, -1, -1, -1, -1), false));
    assertThat(spec(false, perKey(ALL), whole).distribution()).isEqualTo(Distribution.WHOLE);
    assertThat(spec(true, perKey(ALL)).distribution()).isEqualTo(Distribution.WHOLE);
  }

  private static OverSpec.Part perKey(FrameBounds bounds) {
    return new OverSpec.Part(List.of(1), BY_V, List.of(), List.of(frame(bounds)));
  }

  private static FramedAggregates frame(FrameBounds bounds) {
    return new FramedAggregates(bounds, List.of(2), HandWrittenKernels.countAndSum());
  }

  private static OverSpec spec(boolean isOfChanges, OverSpec.Part... parts) {
    return spec(isOfChanges, 0, parts);
  }

  private static OverSpec spec(boolean isOfChanges, long ttlMillis, OverSpec.Part... parts) {
    List<Field> fields = new ArrayList<>(ROWS.fields());
    for (OverSpec.Part part : parts) {
      part.results().forEach(type -> fields.add(new Field("r" + fields.size(), type)));
    }
    if (!isOfChanges) {
      fields.add(new Field("row_id", DataType.BIGINT));
    }
    List<Integer> keys = isOfChanges ? List.of(0) : List.of();
    return new OverSpec(ROWS, List.of(parts), keys, isOfChanges, ttlMillis, new Schema(fields));
  }

  private static OperatorHarness harness(boolean isOfChanges, OverSpec.Part... parts) {
    return harness(spec(isOfChanges, parts));
  }

  private static OperatorHarness harness(OverSpec spec) {
    return TestState.harness(() -> spec.create(new HandWrittenKernels())).input(ROWS);
  }
}
