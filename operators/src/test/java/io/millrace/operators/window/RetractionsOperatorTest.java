package io.millrace.operators.window;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.operators.graph.DirectRun;
import io.millrace.operators.graph.TestState;
import io.millrace.operators.kernel.HandWrittenKernels;
import io.millrace.spi.data.RowKind;
import io.millrace.spi.operator.Operator;
import io.millrace.spi.types.DataType;
import io.millrace.spi.types.Field;
import io.millrace.spi.types.Schema;
import io.millrace.testkit.operator.OperatorHarness;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class RetractionsOperatorTest {
  private static final RowKind I = RowKind.INSERT;
  private static final RowKind U = RowKind.UPDATE_AFTER;
  private static final RowKind D = RowKind.DELETE;
  private static final Schema ROWS =
      Schema.of(new Field("region", DataType.STRING), new Field("n", DataType.BIGINT));
  private static final WindowGroups GROUPS =
      new WindowGroups(
          ROWS,
          List.of(),
          List.of(0),
          List.of(1),
          List.of(),
          HandWrittenKernels.countAndSum(),
          Schema.of(
              ROWS.field(0),
              new Field("count", DataType.BIGINT),
              new Field("sum", DataType.BIGINT)));

  @Test
  void shouldTakeRowsOutOfTheirGroupsAsChanges() {
    harness()
        .change(0, I, 1, "n", 1)
        .emits(1, "n", 1, 1)
        .change(0, I, 3, "n", 2)
        .emits(U, 3, "n", 2, 3)
        .change(0, D, 1, "n", 1)
        .emits(U, 3, "n", 1, 2)
        .change(0, D, 3, "n", 2)
        .emits(D, 3, "n", null, null)
        .checkLeavesNothing();
  }

  @Test
  void shouldTakeNothingOutWhenARowIsNotThere() {
    harness().change(0, D, 1, "n", 1).checkLeavesNothing();
  }

  @Test
  void shouldNotTakeOutWhatItsGroupCouldNotTake() {
    harness()
        .change(0, I, 1, "n", 600)
        .emits(1, "n", 1, 600)
        .change(0, I, 2, "n", 500)
        .fails("too great")
        .change(0, I, 3, "n", 1)
        .emits(U, 3, "n", 2, 601)
        .change(0, D, 2, "n", 500)
        .change(0, D, 1, "n", 600)
        .emits(U, 3, "n", 1, 1)
        .change(0, D, 3, "n", 1)
        .emits(D, 3, "n", null, null)
        .checkLeavesNothing();
  }

  @Test
  void shouldForgetWhatItsGroupCouldNotTakeWhenItIsTakenBackAtOnce() {
    harness()
        .change(0, I, 1, "n", 600)
        .emits(1, "n", 1, 600)
        .change(0, I, 1, "n", 1)
        .emits(U, 1, "n", 2, 601)
        .change(0, I, 1, "n", 500)
        .fails("too great")
        .change(0, D, 1, "n", 500)
        .change(0, D, 1, "n", 600)
        .emits(U, 1, "n", 1, 1)
        .change(0, D, 1, "n", 1)
        .emits(D, 1, "n", null, null)
        .checkLeavesNothing();
  }

  @Test
  void shouldChangeAGroupOnceWhenItsRowIsReplaced() {
    DirectRun run = new DirectRun();
    Operator operator = run.open(new RetractionsSpec(GROUPS));
    byte[] kinds = {I.code(), RowKind.UPDATE_BEFORE.code(), U.code(), I.code()};
    operator.process(
        0,
        run.batch(ROWS, List.of(row("n", 1), row("n", 1), row("n", 5), row("s", 2))).kinds(kinds),
        run);
    assertThat(run.sent()).containsExactly("1: [n, 1, 1]", "5: [n, 1, 5]", "7: [s, 1, 2]");
  }

  @Test
  void shouldSendTheGroupThatHasBecomeLessFirstAlsoWhenAPairIsCut() {
    DirectRun run = new DirectRun();
    Operator operator = run.open(new RetractionsSpec(GROUPS));
    byte[] kinds = {I.code(), I.code(), RowKind.UPDATE_BEFORE.code()};
    operator.process(
        0, run.batch(ROWS, List.of(row("n", 1), row("n", 7), row("n", 1))).kinds(kinds), run);
    assertThat(run.sent()).containsExactly("1: [n, 1, 1]", "3: [n, 2, 8]");
    operator.process(0, run.batch(ROWS, List.of(row("s", 4))).kinds(new byte[] {U.code()}), run);
    assertThat(run.sent().subList(2, 4).stream().map(it -> it.substring(it.indexOf('['))))
        .containsExactly("[n, 1, 7]", "[s, 1, 4]");
  }

  @Test
  void shouldDeleteTheGroupThatHasBecomeEmptyAlsoWhenAPairIsCut() {
    DirectRun run = new DirectRun();
    Operator operator = run.open(new RetractionsSpec(GROUPS));
    byte[] kinds = {I.code(), RowKind.UPDATE_BEFORE.code()};
    operator.process(0, run.batch(ROWS, List.of(row("n", 1), row("n", 1))).kinds(kinds), run);
    operator.process(0, run.batch(ROWS, List.of(row("s", 4))).kinds(new byte[] {U.code()}), run);
    assertThat(run.sent().stream().map(it -> it.substring(it.indexOf('['))))
        .containsExactly("[n, 1, 1]", "[n, null, null]", "[s, 1, 4]");
    operator.process(0, run.batch(ROWS, List.of(row("s", 4))).kinds(new byte[] {D.code()}), run);
    assertThat(run.stateEntries()).isZero();
  }

  @Test
  void shouldDeleteTheGroupOfACutPairAlsoWhenTheOtherOneIsThere() {
    DirectRun run = new DirectRun();
    Operator operator = run.open(new RetractionsSpec(GROUPS));
    byte[] kinds = {I.code(), I.code(), RowKind.UPDATE_BEFORE.code()};
    operator.process(
        0, run.batch(ROWS, List.of(row("s", 2), row("n", 1), row("n", 1))).kinds(kinds), run);
    operator.process(0, run.batch(ROWS, List.of(row("s", 4))).kinds(new byte[] {U.code()}), run);
    assertThat(run.sent().stream().map(it -> it.substring(it.indexOf('['))))
        .containsExactly("[s, 1, 2]", "[n, 1, 1]", "[n, null, null]", "[s, 2, 6]");
  }

  private static List<@Nullable Object> row(String region, long n) {
    return List.of(region, n);
  }

  private static OperatorHarness harness() {
    RetractionsSpec spec = new RetractionsSpec(GROUPS);
    return TestState.harness(() -> spec.create(new HandWrittenKernels())).input(ROWS).eventTime(0);
  }
}
