package io.millrace.operators.union;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.operators.graph.DirectRun;
import io.millrace.operators.graph.TestState;
import io.millrace.operators.kernel.HandWrittenKernels;
import io.millrace.spi.data.Batch;
import io.millrace.spi.data.RowKind;
import io.millrace.spi.operator.Operator;
import io.millrace.spi.time.LaggingTimeline;
import io.millrace.spi.time.TimeDomain;
import io.millrace.spi.time.Timeline;
import io.millrace.spi.types.DataType;
import io.millrace.spi.types.Field;
import io.millrace.spi.types.Schema;
import io.millrace.testkit.operator.OperatorHarness;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class UnionOperatorTest {
  private static final Schema LEFT = Schema.of(new Field("name", DataType.STRING));
  private static final Schema RIGHT = Schema.of(new Field("title", DataType.STRING));

  @Test
  void shouldPassRowsOfAllInputsUnderTheNamesOfTheResult() {
    harness(new UnionSpec(LEFT, List.of(0, 0), false))
        .rowOf(0, 1, "a")
        .emits(1, "a")
        .rowOf(1, 7, "b")
        .emits(7, "b")
        .change(1, RowKind.DELETE, 3, new Object[] {null})
        .emits(RowKind.DELETE, 3, new Object[] {null})
        .rowOf(0, 2, "c")
        .emits(2, "c")
        .checkLeavesNothing();
  }

  @Test
  void shouldSendRowsOfOneSourceInItsOrderWhenTheyComeByTwoWays() {
    harness(new UnionSpec(LEFT, List.of(1, 2), true))
        .sharedSource()
        .rowOf(1, 1, "a")
        .emits(1, "a")
        .rowOf(0, 2, "b")
        .emits(2, "b")
        .change(1, RowKind.UPDATE_AFTER, 3, "c")
        .emits(RowKind.UPDATE_AFTER, 3, "c")
        .filteredRow(0, 3)
        .rowOf(0, 4, "d")
        .emits(4, "d")
        .rowOf(0, 5, "e")
        .emits(5, "e")
        .rowOf(1, 6, "f")
        .emits(6, "f")
        .checkLeavesNothing();
  }

  @Test
  void shouldOrderRowsOfOnePositionByPlaceOfTheirQuery() {
    DirectRun run = new DirectRun();
    Batch batch = run.batch(LEFT, List.of(List.of("a"), List.of("b")));
    Operator merge = run.open(new UnionSpec(LEFT, List.of(5, 3, 5), true));

    merge.process(0, batch, run);
    merge.process(1, batch, run);
    merge.process(2, batch, run);
    boolean more = merge.onTime(TimeDomain.EVENT, batch.timeline(), run);

    assertThat(more).isFalse();
    assertThat(run.sent())
        .containsExactly("1/3: [a]", "1/5: [a]", "1/5: [a]", "3/3: [b]", "3/5: [b]", "3/5: [b]");
  }

  @Test
  void shouldKeepPlacesAndOwnWatermarksOfRowsWhenTheyWereMergedBefore() {
    DirectRun run = new DirectRun();
    Batch batch = run.batch(LEFT, List.of(List.of("a"), List.of("b")));
    Operator merge = run.open(new UnionSpec(LEFT, List.of(2, 0), true));
    Timeline all = batch.timeline();
    Timeline own = new LaggingTimeline(all, 5);

    merge.process(0, batch, run);
    batch.rows(1, batch.rowtimes(), new int[] {1}, null).places(new int[] {9});
    merge.process(1, batch.timelines(all, own), run);
    batch.rows(1, batch.rowtimes(), new int[] {3}, null).places(new int[] {1});
    merge.process(1, batch.timelines(all, all), run);
    merge.onTime(TimeDomain.EVENT, all, run);

    assertThat(run.sent()).containsExactly("1/2: [a]", "1/9: [a]", "3/1: [a]", "3/2: [b]");
    assertThat(run.lateness()).containsExactly(all, own, all);
  }

  @Test
  void shouldSendRowsThatAreLateByTheSameTogether() {
    DirectRun run = new DirectRun();
    Batch batch = run.batch(LEFT, List.of(List.of("a"), List.of("b")));
    Operator merge = run.open(new UnionSpec(LEFT, List.of(1, 2), true, true));

    merge.process(0, batch, run);
    merge.process(1, batch, run);
    merge.onTime(TimeDomain.EVENT, batch.timeline(), run);

    assertThat(run.sent()).containsExactly("1/1: [a]", "1/2: [a]", "3/1: [b]", "3/2: [b]");
    assertThat(run.lateness()).hasSize(1);
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void shouldGiveRowsTheLanesThatTheyHaveAmongThoseOfAllInputs(boolean mayMeet) {
    DirectRun run = new DirectRun().lanes(new int[][] {{1, 2}, {0}, {0, 1, 2}});
    Batch batch = run.batch(LEFT, List.of(List.of("a"), List.of("b"), List.of("c")));
    Operator union = run.open(new UnionSpec(LEFT, List.of(0, 0, 0), mayMeet));
    List<List<Integer>> lanes = new ArrayList<>();
    run.onBatch(sent -> lanes.add(IntStream.range(0, sent.size()).mapToObj(sent::lane).toList()));

    union.process(0, batch.lanes(new int[] {1, 0, 1}), run);
    union.onTime(TimeDomain.EVENT, batch.timeline(), run);
    union.process(0, batch.lanes(null), run);
    union.onTime(TimeDomain.EVENT, batch.timeline(), run);
    union.process(1, batch, run);
    union.onTime(TimeDomain.EVENT, batch.timeline(), run);
    union.process(2, batch.lanes(new int[] {2, 0, 1}), run);
    union.onTime(TimeDomain.EVENT, batch.timeline(), run);

    assertThat(lanes)
        .containsExactly(List.of(2, 1, 2), List.of(1, 1, 1), List.of(0, 0, 0), List.of(2, 0, 1));
  }

  private static OperatorHarness harness(UnionSpec spec) {
    return TestState.harness(() -> spec.create(new HandWrittenKernels()))
        .input(LEFT)
        .input(RIGHT)
        .eventTime(0);
  }
}
