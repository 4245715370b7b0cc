package io.millrace.testkit.operator;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.spi.data.Batch;
import io.millrace.spi.data.LongColumn;
import io.millrace.spi.data.RowKind;
import io.millrace.spi.operator.Operator;
import io.millrace.spi.operator.Output;
import io.millrace.spi.time.TimeDomain;
import io.millrace.spi.time.Timeline;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;

class OperatorHarnessTest {

  @Test
  void shouldPassWhenRowsComeAsExpectedOnEventTime() {
    assertThatCode(
            () ->
                harness(SecondSums::new)
                    .row(100, 1)
                    .row(900, 2)
                    .filteredRow(0, 1000)
                    .emits(999, 3)
                    .row(999, 5)
                    .isLate()
                    .row(1500, -1)
                    .fails("negative")
                    .row(1500, 4)
                    .advance(2000)
                    .emits(1999, 4)
                    .checkLeavesNothing())
        .doesNotThrowAnyException();
  }

  @Test
  void shouldMoveTimeBeforeTheRowWhenOnArrivalTime() {
    harness(SecondSums::new)
        .arrivalTime()
        .row(100, 1)
        .row(1000, 2)
        .emits(999, 1)
        .row(3000, 4)
        .emits(1999, 2)
        .end()
        .emits(3999, 4)
        .checkLeavesNothing();
  }

  @Test
  void shouldHoldTimeBackWhenThereIsSlack() {
    harness(SecondSums::new)
        .eventTime(500)
        .row(900, 1)
        .row(1499, 2)
        .row(1500, 4)
        .emits(999, 7)
        .checkLeavesNothing();
  }

  @Test
  void shouldTakeTheSmallestWatermarkWhenInputsHaveSourcesOfTheirOwn() {
    harness(SecondSums::new)
        .input(SecondSums.SCHEMA)
        .row(500, 1)
        .row(1200, 0)
        .rowOf(1, 700, 2)
        .rowOf(1, 1100, 0)
        .emits(999, 3)
        .row(1200, 4)
        .advanceOf(0, 3000)
        .advanceOf(1, 3000)
        .emits(1999, 4)
        .checkLeavesNothing();
  }

  @Test
  void shouldGiveOneTurnToBothInputsWhenTheyShareASource() {
    harness(SecondSums::new)
        .input(SecondSums.SCHEMA)
        .sharedSource()
        .row(100, 1)
        .rowOf(1, 200, 2)
        .filteredRow(1, 1000)
        .emits(999, 3)
        .checkLeavesNothing();
  }

  @Test
  void shouldShowBothWhenRowsDiffer() {
    assertFails(
        harness(SecondSums::new).row(100, 1).advance(1000).emits(999, 2),
        "rows sent differ from row 0",
        "expected, 1 rows:\n> +I @999 (2) at 4",
        "actual, 1 rows:\n> +I @999 (1) at 4");
    assertFails(
        harness(SecondSums::new).row(100, 1).emits(999, 1).advance(1000),
        "+I @999 (1) at 1 or 2",
        "+I @999 (1) at 4");
    assertFails(
        harness(SecondSums::new).row(100, 1).advance(1000).emits(RowKind.DELETE, 999, 1),
        "-D @999 (1)");
    assertFails(harness(SecondSums::new).row(100, -1), "failed rows differ", "(no more rows)");
  }

  @Test
  void shouldSaySoWhenSomethingIsLeft() {
    assertThatThrownBy(() -> harness(SecondSums::new).row(100, 1).checkLeavesNothing())
        .isInstanceOf(AssertionError.class)
        .hasMessageContaining("left 2 entries");
  }

  @Test
  void shouldFailWhenResultsDependOnBatches() {
    Supplier<Operator> operator =
        () ->
            new SecondSums() {
              @Override
              public void process(int input, Batch batch, Output output) {
                send(0, batch.position(0), batch.size(), output);
              }
            };
    assertFails(
        harness(operator).row(1, 1).row(2, 2), "rows sent in turns of 1", "and in turns of 7");
  }

  @Test
  void shouldFailWhenSomethingIsKeptOutsideState() {
    Supplier<Operator> operator =
        () ->
            new SecondSums() {
              private long count;

              @Override
              public void process(int input, Batch batch, Output output) {
                for (int row = 0; row < batch.size(); row++) {
                  send(0, batch.position(row), ++count, output);
                }
              }
            };
    assertFails(harness(operator).row(1, 1).row(2, 2), "restored after each turn");
  }

  @Test
  void shouldFailWhenALentBatchIsKept() {
    Supplier<Operator> operator =
        () ->
            new SecondSums() {
              private long[] kept = new long[1];

              @Override
              public void process(int input, Batch batch, Output output) {
                kept = ((LongColumn) batch.column(0)).values();
              }

              @Override
              public boolean onTime(TimeDomain domain, Timeline timeline, Output output) {
                send(0, 2 * timeline.length(), kept[0], output);
                return false;
              }
            };
    assertFails(harness(operator).row(1, 1).emits(0, 1), "expected", "actual");
  }

  @Test
  void shouldFailWhenALentBatchIsChanged() {
    Supplier<Operator> operator =
        () ->
            new SecondSums() {
              @Override
              public void process(int input, Batch batch, Output output) {
                ((LongColumn) batch.column(0)).values()[0]++;
              }
            };
    assertFails(harness(operator).row(1, 1), "the operator changed row 0");
  }

  @Test
  void shouldFailWhenPositionsFall() {
    Supplier<Operator> operator =
        () ->
            new SecondSums() {
              @Override
              public void process(int input, Batch batch, Output output) {
                send(0, 1, 1, output);
                send(0, 0, 2, output);
              }
            };
    assertFails(harness(operator).row(1, 1), "position 0", "position 1 was sent before");
  }

  private static OperatorHarness harness(Supplier<Operator> operator) {
    return OperatorHarness.of(operator, LongValuesBackend::new).input(SecondSums.SCHEMA);
  }

  private static void assertFails(OperatorHarness harness, String... parts) {
    assertThatThrownBy(harness::check)
        .isInstanceOf(AssertionError.class)
        .hasMessageContainingAll(parts);
  }
}
