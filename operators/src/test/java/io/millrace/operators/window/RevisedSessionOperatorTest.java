package io.millrace.operators.window;

import static io.millrace.operators.window.RevisedWindowOperatorTest.REVISIONS;

import io.millrace.operators.kernel.HandWrittenKernels;
import io.millrace.operators.sort.SortLimit;
import io.millrace.operators.window.RevisionSpec.Results;
import io.millrace.spi.data.RowKind;
import io.millrace.spi.types.DataType;
import io.millrace.spi.types.Field;
import io.millrace.spi.types.Schema;
import io.millrace.state.heap.HeapStateBackend;
import io.millrace.testkit.operator.OperatorHarness;
import java.util.List;
import org.junit.jupiter.api.Test;

class RevisedSessionOperatorTest {
  private static final Schema ROWS =
      Schema.of(new Field("name", DataType.STRING), new Field("n", DataType.BIGINT));

  @Test
  void shouldCorrectSessionInsideOfItsBoundsAndBeginAnewWhenTheyMove() {
    harness(Results.ON_CLOSE, 0, 5000, false)
        .row(1000, "a", 1)
        .row(1400, "a", 2)
        .row(2401, "b", 4)
        .emits(2399, "a", 2, 3, 1000, 2400, "ON_TIME", 0)
        .row(1200, "a", 8)
        .emits(2399, "a", 3, 11, 1000, 2400, "LATE", 1)
        .row(900, "a", 16)
        .emits(2399, "a", 4, 27, 900, 2400, "LATE", 0)
        .row(2300, "a", 32)
        .advance(3301)
        .emits(3299, "a", 5, 59, 900, 3300, "ON_TIME", 0)
        .end()
        .emits(3400, "b", 1, 4, 2401, 3401, "ON_TIME", 0)
        .checkLeavesNothing();
  }

  @Test
  void shouldDeleteSessionsThatBecomeOneBeforeWhatTheyBecome() {
    harness(Results.CHANGES, 0, 9000, true)
        .row(3000, "a", 1)
        .emits(3999, "a", 1, 1, 3000, 4000, "EARLY", 0)
        .row(1200, "a", 2)
        .emits(2199, "a", 1, 2, 1200, 2200, "LATE", 0)
        .row(1200, "a", 4)
        .emits(2199, "a", 2, 6, 1200, 2200, "LATE", 1)
        .row(2100, "a", 8)
        .emits(RowKind.DELETE, 2199, "a", 2, 6, 1200, 2200, "LATE", 1)
        .emits(RowKind.DELETE, 3999, "a", 1, 1, 3000, 4000, "EARLY", 0)
        .emits(3999, "a", 4, 15, 1200, 4000, "EARLY", 0)
        .end()
        .checkLeavesNothing();
  }

  @Test
  void shouldDeleteNothingWhenNothingHasBeenSent() {
    harness(Results.ON_CLOSE, 0, 0, true)
        .row(1000, "a", 1)
        .row(1500, "a", 2)
        .end()
        .emits(2499, "a", 2, 3, 1000, 2500, "ON_TIME", 0)
        .checkLeavesNothing();
  }

  @Test
  void shouldMoveEstimatesWithTheStartOfTheSession() {
    harness(Results.FINAL, 700, 0, false)
        .eventTime(1000)
        .row(1000, "a", 1)
        .row(700, "a", 2)
        .row(2399, "b", 4)
        .row(2400, "b", 8)
        .emits(1999, "a", 2, 3, 700, 2000, "EARLY", 0)
        .row(3101, "b", 16)
        .emits(1999, "a", 2, 3, 700, 2000, "ON_TIME", 1)
        .end()
        .emits(4100, "b", 3, 28, 2399, 4101, "EARLY", 0)
        .emits(4100, "b", 3, 28, 2399, 4101, "ON_TIME", 1)
        .checkLeavesNothing();
  }

  private static OperatorHarness harness(
      Results results, long earlyMillis, long graceMillis, boolean isChangelog) {
    SessionWindowSpec sessions =
        new SessionWindowSpec(
            1000,
            graceMillis,
            ROWS,
            List.of(0),
            List.of(1),
            HandWrittenKernels.mergingCountAndSum(),
            REVISIONS,
            SortLimit.NONE);
    RevisedSessionSpec spec =
        new RevisedSessionSpec(
            sessions, new RevisionSpec(results, earlyMillis, false, isChangelog));
    return OperatorHarness.of(() -> spec.create(new HandWrittenKernels()), HeapStateBackend::new)
        .input(ROWS)
        .lag(graceMillis + 1)
        .eventTime(0);
  }
}
