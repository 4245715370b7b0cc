package io.millrace.operators.window;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.operators.kernel.AggregateProgram;
import io.millrace.operators.kernel.HandWrittenKernels;
import io.millrace.operators.sort.SortLimit;
import io.millrace.operators.window.RevisionSpec.Results;
import io.millrace.spi.data.RowKind;
import io.millrace.spi.time.CronSchedule;
import io.millrace.spi.types.DataType;
import io.millrace.spi.types.Field;
import io.millrace.spi.types.Schema;
import io.millrace.state.heap.HeapStateBackend;
import io.millrace.testkit.operator.OperatorHarness;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class RevisedWindowOperatorTest {
  private static final PaneWindows TUMBLING = new PaneWindows.Hopping(1000, 1000, 0);
  private static final PaneWindows HOPPING = new PaneWindows.Hopping(2000, 1000, 0);
  private static final Schema ROWS =
      Schema.of(new Field("name", DataType.STRING), new Field("n", DataType.BIGINT));
  static final Schema REVISIONS =
      Schema.of(
          new Field("name", DataType.STRING),
          new Field("count", DataType.BIGINT),
          new Field("sum", DataType.BIGINT),
          new Field("window_start", DataType.TIMESTAMP),
          new Field("window_end", DataType.TIMESTAMP),
          new Field("pane", DataType.STRING),
          new Field("revision", DataType.BIGINT));

  private static final Schema RETRACTIONS =
      new Schema(
          Stream.concat(
                  REVISIONS.fields().stream(), Stream.of(new Field("row_kind", DataType.STRING)))
              .toList());

  @Test
  void shouldCorrectWindowForEachLateRowUntilTheGraceHasPassed() {
    harness(TUMBLING, Results.ON_CLOSE, 0, 500)
        .row(100, "a", 1)
        .row(1000, "b", 2)
        .emits(999, "a", 1, 1, 0, 1000, "ON_TIME", 0)
        .row(200, "a", 4)
        .emits(999, "a", 2, 5, 0, 1000, "LATE", 1)
        .row(1499, "b", 8)
        .row(300, "b", 16)
        .emits(999, "b", 1, 16, 0, 1000, "LATE", 0)
        .row(1500, "b", 32)
        .row(400, "a", 64)
        .isLate()
        .end()
        .emits(1999, "b", 3, 42, 1000, 2000, "ON_TIME", 0)
        .checkLeavesNothing();
  }

  @Test
  void shouldSendLateRowsOfWindowThatWasEmptyWhenItEnded() {
    harness(TUMBLING, Results.ON_CLOSE, 0, 2000)
        .row(2900, "a", 1)
        .row(900, "a", 2)
        .emits(999, "a", 1, 2, 0, 1000, "LATE", 0)
        .row(1900, "b", 4)
        .emits(1999, "b", 1, 4, 1000, 2000, "LATE", 0)
        .row(901, "a", 8)
        .emits(999, "a", 2, 10, 0, 1000, "LATE", 1)
        .end()
        .emits(2999, "a", 1, 1, 2000, 3000, "ON_TIME", 0)
        .checkLeavesNothing();
  }

  @Test
  void shouldEnterWindowsThatAreOpenAndCorrectThoseThatAreSent() {
    harness(HOPPING, Results.ON_CLOSE, 0, 1000)
        .row(1500, "a", 1)
        .row(2100, "a", 2)
        .emits(1999, "a", 1, 1, 0, 2000, "ON_TIME", 0)
        .row(1600, "a", 4)
        .emits(1999, "a", 2, 5, 0, 2000, "LATE", 1)
        .row(3000, "a", 8)
        .emits(2999, "a", 3, 7, 1000, 3000, "ON_TIME", 0)
        .row(1700, "a", 16)
        .emits(2999, "a", 4, 23, 1000, 3000, "LATE", 1)
        .end()
        .emits(3999, "a", 2, 10, 2000, 4000, "ON_TIME", 0)
        .emits(4999, "a", 1, 8, 3000, 5000, "ON_TIME", 0)
        .checkLeavesNothing();
  }

  @Test
  void shouldEstimateGroupsThatHaveChangedAtMultiplesOfTheInterval() {
    harness(TUMBLING, Results.FINAL, 400, 0)
        .row(100, "a", 1)
        .row(150, "b", 2)
        .advance(400)
        .emits(999, "a", 1, 1, 0, 1000, "EARLY", 0)
        .emits(999, "b", 1, 2, 0, 1000, "EARLY", 0)
        .row(500, "b", 4)
        .advance(799)
        .advance(800)
        .emits(999, "b", 2, 6, 0, 1000, "EARLY", 1)
        .advance(1000)
        .emits(999, "a", 1, 1, 0, 1000, "ON_TIME", 1)
        .emits(999, "b", 2, 6, 0, 1000, "ON_TIME", 2)
        .checkLeavesNothing();
  }

  @Test
  void shouldDealWithMomentsInTheirOrderWhenOneAdvancePassesSeveral() {
    harness(HOPPING, Results.ON_CLOSE, 1500, 100)
        .row(1100, "a", 1)
        .row(1200, "b", 1)
        .advance(9000)
        .emits(1999, "a", 1, 1, 0, 2000, "EARLY", 0)
        .emits(1999, "b", 1, 1, 0, 2000, "EARLY", 0)
        .emits(1999, "a", 1, 1, 0, 2000, "ON_TIME", 1)
        .emits(1999, "b", 1, 1, 0, 2000, "ON_TIME", 1)
        .emits(2999, "a", 1, 1, 1000, 3000, "EARLY", 0)
        .emits(2999, "b", 1, 1, 1000, 3000, "EARLY", 0)
        .emits(2999, "a", 1, 1, 1000, 3000, "ON_TIME", 1)
        .emits(2999, "b", 1, 1, 1000, 3000, "ON_TIME", 1)
        .checkLeavesNothing();
  }

  @Test
  void shouldSendNothingOfAnyWindowForRowThatFailsInAll() {
    RevisionSpec changes = new RevisionSpec(Results.CHANGES, 0, false, false);
    harness(HOPPING, changes, 0, REVISIONS, HandWrittenKernels.countAndSum())
        .row(1500, "a", 600)
        .emits(1999, "a", 1, 600, 0, 2000, "EARLY", 0)
        .emits(2999, "a", 1, 600, 1000, 3000, "EARLY", 0)
        .row(1600, "a", 1001)
        .fails("too great")
        .row(1700, "a", 1)
        .emits(1999, "a", 2, 601, 0, 2000, "EARLY", 1)
        .emits(2999, "a", 2, 601, 1000, 3000, "EARLY", 1)
        .check();
  }

  @Test
  void shouldSendRowForEachThatEntersWhenChangesAreAskedFor() {
    harness(TUMBLING, Results.CHANGES, 0, 500)
        .row(100, "a", 1)
        .emits(999, "a", 1, 1, 0, 1000, "EARLY", 0)
        .row(200, "a", null)
        .emits(999, "a", 2, 1, 0, 1000, "EARLY", 1)
        .row(1100, "b", 2)
        .emits(1999, "b", 1, 2, 1000, 2000, "EARLY", 0)
        .row(300, "a", 4)
        .emits(999, "a", 3, 5, 0, 1000, "LATE", 2)
        .row(1500, "b", 8)
        .emits(1999, "b", 2, 10, 1000, 2000, "EARLY", 1)
        .row(300, "a", 16)
        .isLate()
        .end()
        .checkLeavesNothing();
  }

  @Test
  void shouldSendWhatIsReplacedFirstWhenRetractionsAreAskedFor() {
    harness(TUMBLING, new RevisionSpec(Results.ON_CLOSE, 600, true, false), 500, RETRACTIONS)
        .row(100, "a", 1)
        .row(200, "b", 2)
        .advance(600)
        .emits(999, "a", 1, 1, 0, 1000, "EARLY", 0, "+I")
        .emits(999, "b", 1, 2, 0, 1000, "EARLY", 0, "+I")
        .row(1000, "b", 4)
        .emits(RowKind.UPDATE_BEFORE, 999, "a", 1, 1, 0, 1000, "EARLY", 0, "-U")
        .emits(RowKind.UPDATE_AFTER, 999, "a", 1, 1, 0, 1000, "ON_TIME", 1, "+U")
        .emits(RowKind.UPDATE_BEFORE, 999, "b", 1, 2, 0, 1000, "EARLY", 0, "-U")
        .emits(RowKind.UPDATE_AFTER, 999, "b", 1, 2, 0, 1000, "ON_TIME", 1, "+U")
        .row(700, "b", 8)
        .emits(RowKind.UPDATE_BEFORE, 999, "b", 1, 2, 0, 1000, "ON_TIME", 1, "-U")
        .emits(RowKind.UPDATE_AFTER, 999, "b", 2, 10, 0, 1000, "LATE", 2, "+U")
        .row(800, "c", 16)
        .emits(999, "c", 1, 16, 0, 1000, "LATE", 0, "+I")
        .advance(1500)
        .row(900, "c", 32)
        .isLate()
        .end()
        .emits(1999, "b", 1, 4, 1000, 2000, "EARLY", 0, "+I")
        .emits(RowKind.UPDATE_BEFORE, 1999, "b", 1, 4, 1000, 2000, "EARLY", 0, "-U")
        .emits(RowKind.UPDATE_AFTER, 1999, "b", 1, 4, 1000, 2000, "ON_TIME", 1, "+U")
        .checkLeavesNothing();
  }

  /** Its grids stay for ever. */
  @Test
  void shouldCountWindowsFromTheFirstRowOfEachPartition() {
    harness(batches(List.of(0)), new RevisionSpec(Results.CHANGES, 0, false, false))
        .row(300, "a", 1)
        .emits(1299, "a", 1, 1, 300, 1300, "EARLY", 0)
        .row(700, "b", 2)
        .emits(1699, "b", 1, 2, 700, 1700, "EARLY", 0)
        .row(1299, "a", 4)
        .emits(1299, "a", 2, 5, 300, 1300, "EARLY", 1)
        .row(1300, "a", 8)
        .emits(2299, "a", 1, 8, 1300, 2300, "EARLY", 0)
        .row(1200, "a", 16)
        .isLate()
        .row(1200, "b", 32)
        .emits(1699, "b", 2, 34, 700, 1700, "EARLY", 1)
        .row(300, "c", 64)
        .isLate()
        .row(1400, "c", 128)
        .emits(2399, "c", 1, 128, 1400, 2400, "EARLY", 0)
        .check();
  }

  @Test
  void shouldEstimateWindowsOfPartitionsMomentByMoment() {
    harness(batches(List.of(0)), new RevisionSpec(Results.FINAL, 600, false, false))
        .row(300, "a", 1)
        .row(500, "b", 2)
        .advance(1000)
        .emits(1299, "a", 1, 1, 300, 1300, "EARLY", 0)
        .row(1100, "a", 4)
        .emits(1499, "b", 1, 2, 500, 1500, "EARLY", 0)
        .advance(2000)
        .emits(1299, "a", 2, 5, 300, 1300, "ON_TIME", 1)
        .emits(1499, "b", 1, 2, 500, 1500, "ON_TIME", 1)
        .check();
  }

  @Test
  void shouldSendColumnsOfTheRowThatEntersWhateverItsTime() {
    List<Field> fields = new ArrayList<>(REVISIONS.fields());
    fields.add(new Field("entered", DataType.BIGINT));
    RevisionSpec changes =
        new RevisionSpec(Results.CHANGES, 0, false, false, List.of(1), SortLimit.NONE);
    harness(HOPPING, changes, 500, new Schema(fields))
        .row(1500, "a", 1)
        .emits(1999, "a", 1, 1, 0, 2000, "EARLY", 0, 1)
        .emits(2999, "a", 1, 1, 1000, 3000, "EARLY", 0, 1)
        .row(2100, "a", 2)
        .emits(2999, "a", 2, 3, 1000, 3000, "EARLY", 1, 2)
        .emits(3999, "a", 1, 2, 2000, 4000, "EARLY", 0, 2)
        .row(1400, "a", 4)
        .emits(1999, "a", 2, 5, 0, 2000, "LATE", 1, 4)
        .emits(2999, "a", 3, 7, 1000, 3000, "EARLY", 2, 4)
        .end()
        .checkLeavesNothing();
  }

  @Test
  void shouldFollowASchedule() {
    WindowGrid grid = new CronWindows(CronSchedule.parse("0/2 * * * * ?"));
    harness(
            new ClosingWindows.Successive(grid, null),
            new RevisionSpec(Results.ON_CLOSE, 1500, false, false))
        .row(500, "a", 1)
        .row(1700, "a", 2)
        .emits(1999, "a", 2, 3, 0, 2000, "EARLY", 0)
        .row(2000, "a", 4)
        .emits(1999, "a", 2, 3, 0, 2000, "ON_TIME", 1)
        .row(1900, "a", 8)
        .isLate()
        .end()
        .emits(3999, "a", 1, 4, 2000, 4000, "EARLY", 0)
        .emits(3999, "a", 1, 4, 2000, 4000, "ON_TIME", 1)
        .checkLeavesNothing();
  }

  @Test
  void shouldNameItsWindowsInDescription() {
    RevisionSpec changes = new RevisionSpec(Results.CHANGES, 0, false, false);
    assertThat(spec(batches(List.of(0)), changes).describe())
        .isEqualTo("TimeBatch 1000 ms, each row by name");
    assertThat(spec(new ClosingWindows.OfPanes(TUMBLING), changes).describe())
        .isEqualTo("TumblingWindow 1000 ms, each row by name");
  }

  private static ClosingWindows batches(List<Integer> partition) {
    return new ClosingWindows.Successive(new WindowAssigner(1000, 0), partition);
  }

  private static OperatorHarness harness(ClosingWindows windows, RevisionSpec revisions) {
    RevisedWindowSpec spec = spec(windows, revisions);
    return OperatorHarness.of(() -> spec.create(new HandWrittenKernels()), HeapStateBackend::new)
        .input(ROWS)
        .eventTime(0);
  }

  private static RevisedWindowSpec spec(ClosingWindows windows, RevisionSpec revisions) {
    return new RevisedWindowSpec(
        windows,
        revisions,
        0,
        ROWS,
        List.of(0),
        List.of(1),
        HandWrittenKernels.mergingCountAndSum(),
        REVISIONS);
  }

  private static OperatorHarness harness(
      PaneWindows windows, Results results, long earlyMillis, long graceMillis) {
    RevisionSpec revisions = new RevisionSpec(results, earlyMillis, false, false);
    return harness(windows, revisions, graceMillis, REVISIONS);
  }

  private static OperatorHarness harness(
      PaneWindows windows, RevisionSpec revisions, long graceMillis, Schema output) {
    return harness(
        windows, revisions, graceMillis, output, HandWrittenKernels.mergingCountAndSum());
  }

  private static OperatorHarness harness(
      PaneWindows windows,
      RevisionSpec revisions,
      long graceMillis,
      Schema output,
      AggregateProgram program) {
    RevisedWindowSpec spec =
        new RevisedWindowSpec(
            new ClosingWindows.OfPanes(windows),
            revisions,
            graceMillis,
            ROWS,
            List.of(0),
            List.of(1),
            program,
            output);
    return OperatorHarness.of(() -> spec.create(new HandWrittenKernels()), HeapStateBackend::new)
        .input(ROWS)
        .lag(graceMillis)
        .eventTime(0);
  }
}
