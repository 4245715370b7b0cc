package io.millrace.operators.rank;

import static org.assertj.core.api.Assertions.assertThat;

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

class RankOperatorTest {
  private static final RowKind U = RowKind.UPDATE_AFTER;
  private static final RowKind D = RowKind.DELETE;
  private static final Schema ROWS =
      Schema.of(new Field("k", DataType.STRING), new Field("v", DataType.BIGINT));
  private static final RankBound TWO = new RankBound(Ranking.ROW_NUMBER, 2);

  @Test
  void shouldSendThePlacesFromTheRowOnWhenChangesAreThoseOfPlaces() {
    harness(byNumber(List.of(Ranking.ROW_NUMBER), TWO))
        .row(1, "a", 5)
        .emits(1, "a", 5, 1)
        .row(2, "b", 5)
        .emits(2, "b", 5, 1)
        .row(3, "a", 7)
        .emits(U, 3, "a", 7, 1)
        .emits(3, "a", 5, 2)
        .row(2, "a", 6)
        .emits(U, 3, "a", 6, 2)
        .row(4, "a", 6)
        .row(5, "a", null)
        .emits(U, 5, "a", null, 1)
        .emits(U, 5, "a", 7, 2)
        .check();
  }

  @Test
  void shouldSendWhatDropsOutBeforeWhatEntersWhenChangesAreThoseOfRows() {
    harness(byRow(List.of(), TWO))
        .row(1, "a", 5)
        .emits(1, "a", 5, 1)
        .row(2, "a", 7)
        .emits(2, "a", 7, 2)
        .row(3, "a", 5)
        .row(4, "a", 9)
        .emits(D, 4, "a", 5, 1)
        .emits(4, "a", 9, 3)
        .check();
  }

  @Test
  void shouldLetGoOfAllPeersWhenTheirRankIsNoLongerWanted() {
    harness(byRow(List.of(Ranking.RANK), new RankBound(Ranking.RANK, 2)))
        .row(1, "a", 5)
        .emits(1, "a", 5, 1, 1)
        .row(2, "a", 5)
        .emits(2, "a", 5, 1, 2)
        .row(3, "a", 4)
        .row(4, "a", 6)
        .emits(4, "a", 6, 1, 3)
        .emits(U, 4, "a", 5, 2, 1)
        .emits(U, 4, "a", 5, 2, 2)
        .row(5, "a", 6)
        .emits(D, 5, "a", 5, 3, 1)
        .emits(D, 5, "a", 5, 3, 2)
        .emits(5, "a", 6, 1, 4)
        .check();
  }

  @Test
  void shouldSendDenseRanksOnlyWhenTheyChange() {
    harness(byRow(List.of(Ranking.DENSE_RANK), new RankBound(Ranking.DENSE_RANK, 2)))
        .row(1, "a", 5)
        .emits(1, "a", 5, 1, 1)
        .row(2, "a", 7)
        .emits(2, "a", 7, 1, 2)
        .emits(U, 2, "a", 5, 2, 1)
        .row(3, "a", 7)
        .emits(3, "a", 7, 1, 3)
        .row(4, "a", 6)
        .emits(D, 4, "a", 5, 3, 1)
        .emits(4, "a", 6, 2, 4)
        .check();
  }

  @Test
  void shouldKeepNothingWhenNothingIsWanted() {
    harness(byRow(List.of(), new RankBound(Ranking.ROW_NUMBER, 0)))
        .row(1, "a", 5)
        .checkLeavesNothing();
  }

  @Test
  void shouldTakeAPartitionBackWhenNoRowHasComeToItForSoLong() {
    RankSpec spec = spec(List.of(Ranking.ROW_NUMBER), List.of(TWO), true, 10);
    harness(spec)
        .eventTime(0)
        .row(1, "a", 5)
        .emits(1, "a", 5, 1)
        .row(2, "a", 7)
        .emits(U, 2, "a", 7, 1)
        .emits(2, "a", 5, 2)
        .advance(11)
        .advance(12)
        .emits(D, 12, "a", null, 1)
        .emits(D, 12, "a", null, 2)
        .checkLeavesNothing();
  }

  @Test
  void shouldStayInOneTaskWhenPartitionsExpireSinceSeveralMayGoAtOneAdvance() {
    RankSpec forEver = spec(List.of(), List.of(TWO), true, 0);
    RankSpec expiring = spec(List.of(), List.of(TWO), true, 10);
    assertThat(forEver.distribution()).isInstanceOf(Distribution.Keyed.class);
    assertThat(expiring.distribution()).isEqualTo(Distribution.WHOLE);
    assertThat(expiring.overPartitions()).isEqualTo(forEver.distribution());
  }

  private static RankSpec byNumber(List<Ranking> rankings, RankBound... bounds) {
    return spec(rankings, List.of(bounds), true, 0);
  }

  private static RankSpec byRow(List<Ranking> rankings, RankBound... bounds) {
    return spec(rankings, List.of(bounds), false, 0);
  }

  private static RankSpec spec(
      List<Ranking> rankings, List<RankBound> bounds, boolean isByNumber, long ttlMillis) {
    List<Field> fields = new ArrayList<>(ROWS.fields());
    rankings.forEach(ranking -> fields.add(new Field(ranking.name(), DataType.BIGINT)));
    if (!isByNumber) {
      fields.add(new Field("id", DataType.BIGINT));
    }
    return new RankSpec(
        ROWS,
        List.of(0),
        List.of(new SortKey(1, true, true)),
        rankings,
        bounds,
        isByNumber,
        List.of(),
        false,
        ttlMillis,
        new Schema(fields));
  }

  private static OperatorHarness harness(RankSpec spec) {
    return TestState.harness(() -> spec.create(new HandWrittenKernels())).input(ROWS);
  }
}
