package io.millrace.operators.rank;

import io.millrace.operators.analytic.Ranking;
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

class RankContentsOperatorTest {
  private static final RowKind I = RowKind.INSERT;
  private static final RowKind U = RowKind.UPDATE_AFTER;
  private static final RowKind D = RowKind.DELETE;
  private static final Schema ROWS =
      Schema.of(
          new Field("id", DataType.BIGINT),
          new Field("k", DataType.STRING),
          new Field("v", DataType.BIGINT));
  private static final RankBound TWO = new RankBound(Ranking.ROW_NUMBER, 2);

  @Test
  void shouldLetTheNextRowInWhenOneLeaves() {
    harness(false, List.of(), TWO)
        .change(0, I, 1, 1, "a", 9)
        .emits(1, 1, "a", 9)
        .change(0, I, 2, 2, "a", 8)
        .emits(2, 2, "a", 8)
        .change(0, I, 3, 3, "a", 7)
        .change(0, U, 4, 1, "a", 1)
        .emits(D, 4, 1, "a", 9)
        .emits(4, 3, "a", 7)
        .change(0, D, 5, 2, null, null)
        .emits(D, 5, 2, "a", 8)
        .emits(5, 1, "a", 1)
        .change(0, D, 6, 3, null, null)
        .emits(D, 6, 3, "a", 7)
        .change(0, D, 7, 3, null, null)
        .change(0, D, 8, 1, null, null)
        .emits(D, 8, 1, "a", 1)
        .checkLeavesNothing();
  }

  @Test
  void shouldSendAMovedRowOnceWhenItGoesFromOnePartitionToAnother() {
    harness(false, List.of(), TWO)
        .change(0, I, 1, 1, "a", 9)
        .emits(1, 1, "a", 9)
        .change(0, I, 2, 2, "a", 8)
        .emits(2, 2, "a", 8)
        .change(0, I, 3, 3, "a", 7)
        .change(0, U, 4, 1, "b", 9)
        .emits(U, 4, 1, "b", 9)
        .emits(4, 3, "a", 7)
        .check();
  }

  @Test
  void shouldSendWhatARowFromAnotherPartitionPushesOutBeforeWhatTakesItsPlaceThere() {
    harness(false, List.of(), TWO)
        .change(0, I, 1, 1, "a", 9)
        .emits(1, 1, "a", 9)
        .change(0, I, 2, 2, "a", 8)
        .emits(2, 2, "a", 8)
        .change(0, I, 3, 3, "a", 7)
        .change(0, I, 4, 4, "b", 9)
        .emits(4, 4, "b", 9)
        .change(0, I, 5, 5, "b", 8)
        .emits(5, 5, "b", 8)
        .change(0, U, 6, 1, "b", 10)
        .emits(D, 6, 5, "b", 8)
        .emits(U, 6, 1, "b", 10)
        .emits(6, 3, "a", 7)
        .change(0, U, 7, 2, "b", 1)
        .emits(D, 7, 2, "a", 8)
        .check();
  }

  @Test
  void shouldSendThePlaceThatIsEmptyFirstWhenARowGoesFromOnePartitionToAnother() {
    harness(true, List.of(Ranking.ROW_NUMBER), TWO)
        .change(0, I, 1, 1, "a", 9)
        .emits(1, 1, "a", 9, 1)
        .change(0, I, 2, 2, "a", 8)
        .emits(2, 2, "a", 8, 2)
        .change(0, U, 3, 1, "b", 9)
        .emits(D, 3, null, "a", null, 2)
        .emits(U, 3, 2, "a", 8, 1)
        .emits(3, 1, "b", 9, 1)
        .check();
  }

  @Test
  void shouldSendThePlacesBetweenWhenARowMoves() {
    harness(true, List.of(Ranking.ROW_NUMBER, Ranking.RANK, Ranking.DENSE_RANK))
        .change(0, I, 1, 1, "a", 9)
        .emits(1, 1, "a", 9, 1, 1, 1)
        .change(0, I, 2, 2, "a", 8)
        .emits(2, 2, "a", 8, 2, 2, 2)
        .change(0, I, 3, 3, "a", 7)
        .emits(3, 3, "a", 7, 3, 3, 3)
        .change(0, I, 4, 4, "a", 6)
        .emits(4, 4, "a", 6, 4, 4, 4)
        .change(0, U, 5, 1, "a", 7)
        .emits(U, 5, 2, "a", 8, 1, 1, 1)
        .emits(U, 5, 3, "a", 7, 2, 2, 2)
        .emits(U, 5, 1, "a", 7, 3, 2, 2)
        .emits(U, 5, 4, "a", 6, 4, 4, 3)
        .change(0, U, 6, 3, "a", 7)
        .emits(U, 6, 3, "a", 7, 2, 2, 2)
        .change(0, D, 7, 2, null, null)
        .emits(D, 7, null, "a", null, 4, null, null)
        .emits(U, 7, 3, "a", 7, 1, 1, 1)
        .emits(U, 7, 1, "a", 7, 2, 1, 1)
        .emits(U, 7, 4, "a", 6, 3, 3, 2)
        .check();
  }

  /** More than are in memory where state is in files. */
  @Test
  void shouldSendWhatFollowsInManyPartitionsWhenTheFirstOnesGo() {
    OperatorHarness harness = harness(false, List.of(), new RankBound(Ranking.ROW_NUMBER, 1));
    for (int i = 0; i < 30; i++) {
      harness.change(0, I, i, i, "k" + i % 6, 100 - i);
      if (i < 6) {
        harness.emits(i, i, "k" + i, 100 - i);
      }
    }
    for (int i = 0; i < 30; i++) {
      int time = 30 + i;
      harness.change(0, D, time, i, null, null).emits(D, time, i, "k" + i % 6, 100 - i);
      if (i + 6 < 30) {
        harness.emits(time, i + 6, "k" + i % 6, 100 - i - 6);
      }
    }
    harness.checkLeavesNothing();
  }

  private static OperatorHarness harness(
      boolean isByNumber, List<Ranking> rankings, RankBound... bounds) {
    List<Field> fields = new ArrayList<>(ROWS.fields());
    rankings.forEach(ranking -> fields.add(new Field(ranking.name(), DataType.BIGINT)));
    RankSpec spec =
        new RankSpec(
            ROWS,
            List.of(1),
            List.of(new SortKey(2, true, true)),
            rankings,
            List.of(bounds),
            isByNumber,
            List.of(0),
            true,
            0,
            new Schema(fields));
    return TestState.harness(() -> spec.create(new HandWrittenKernels())).input(ROWS);
  }
}
