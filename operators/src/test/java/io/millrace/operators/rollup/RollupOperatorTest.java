package io.millrace.operators.rollup;

import io.millrace.operators.functions.CalendarUnit;
import io.millrace.operators.graph.TestState;
import io.millrace.operators.kernel.HandWrittenKernels;
import io.millrace.spi.types.DataType;
import io.millrace.spi.types.Field;
import io.millrace.spi.types.Schema;
import io.millrace.testkit.operator.OperatorHarness;
import java.time.ZoneOffset;
import java.util.List;
import org.junit.jupiter.api.Test;

class RollupOperatorTest {
  private static final long MINUTE = 60_000;
  private static final Schema ROWS =
      Schema.of(new Field("name", DataType.STRING), new Field("n", DataType.BIGINT));
  private static final Schema BUCKETS =
      Schema.of(
          new Field("name", DataType.STRING),
          new Field("count", DataType.BIGINT),
          new Field("sum", DataType.BIGINT),
          new Field("window_start", DataType.TIMESTAMP),
          new Field("window_end", DataType.TIMESTAMP));

  private static OperatorHarness harness(
      boolean refusesRows, long secondMillis, long minuteMillis) {
    return harness(refusesRows, secondMillis, minuteMillis, false);
  }

  /**
   * @param failsFirst whether each read follows one that failed
   */
  private static OperatorHarness harness(
      boolean refusesRows, long secondMillis, long minuteMillis, boolean failsFirst) {
    RollupSpec spec =
        new RollupSpec(
            List.of(
                new RollupGranularity(CalendarUnit.SECOND, secondMillis),
                new RollupGranularity(CalendarUnit.MINUTE, minuteMillis)),
            ZoneOffset.UTC,
            ROWS,
            List.of(0),
            List.of(1),
            HandWrittenKernels.checkingCountAndSum(refusesRows),
            BUCKETS);
    return TestState.harness(
            () -> new ReadBuckets(spec, spec.create(new HandWrittenKernels()), failsFirst))
        .input(ROWS)
        .eventTime(0);
  }

  @Test
  void shouldPutRowIntoItsBucketOfEachGranularity() {
    harness(false, RollupGranularity.FOREVER, RollupGranularity.FOREVER)
        .row(100, "a", 1)
        .row(999, "b", 2)
        .row(1000, "a", 4)
        .row(59_999, null, null)
        .row(MINUTE, "a", 8)
        .advance(MINUTE)
        .emits(999, "a", 1, 1, 0, 1000)
        .emits(999, "b", 1, 2, 0, 1000)
        .emits(1999, "a", 1, 4, 1000, 2000)
        .emits(59_999, null, 1, null, 59_000, MINUTE)
        .emits(60_999, "a", 1, 8, MINUTE, 61_000)
        .emits(59_999, "a", 2, 5, 0, MINUTE)
        .emits(59_999, "b", 1, 2, 0, MINUTE)
        .emits(59_999, null, 1, null, 0, MINUTE)
        .emits(119_999, "a", 1, 8, MINUTE, 2 * MINUTE)
        .check();
  }

  @Test
  void shouldForgetBucketWhenTheWatermarkReachesItsEndAndRetention() {
    harness(true, 500, MINUTE)
        .row(100, "a", 1)
        .row(1200, "b", 2)
        .advance(1499)
        .emits(999, "a", 1, 1, 0, 1000)
        .emits(1999, "b", 1, 2, 1000, 2000)
        .emits(59_999, "a", 1, 1, 0, MINUTE)
        .emits(59_999, "b", 1, 2, 0, MINUTE)
        .advance(1500)
        .emits(1999, "b", 1, 2, 1000, 2000)
        .emits(59_999, "a", 1, 1, 0, MINUTE)
        .emits(59_999, "b", 1, 2, 0, MINUTE)
        .row(2 * MINUTE - 1, "c", 4)
        .advance(2 * MINUTE)
        .emits(2 * MINUTE - 1, "c", 1, 4, 2 * MINUTE - 1000, 2 * MINUTE)
        .emits(2 * MINUTE - 1, "c", 1, 4, MINUTE, 2 * MINUTE)
        .advance(3 * MINUTE)
        .checkLeavesNothing();
  }

  @Test
  void shouldPutLateRowWhereItsBucketStillIs() {
    harness(true, 0, MINUTE)
        .row(100, "a", 1)
        .row(61_000, "a", 2)
        .row(200, "b", 4)
        .row(50, "a", 8)
        .row(2 * MINUTE, "a", 16)
        .row(300, "a", 32)
        .isLate()
        .row(61_001, "c", 64)
        .advance(2 * MINUTE)
        .emits(120_999, "a", 1, 16, 2 * MINUTE, 121_000)
        .emits(119_999, "a", 1, 2, MINUTE, 2 * MINUTE)
        .emits(119_999, "c", 1, 64, MINUTE, 2 * MINUTE)
        .emits(179_999, "a", 1, 16, 2 * MINUTE, 3 * MINUTE)
        .check();
  }

  @Test
  void shouldTakeRowEverywhereOrNowhere() {
    harness(true, MINUTE, MINUTE)
        .row(100, "a", 1000)
        .row(1100, "a", 1)
        .fails("sum is too great")
        .row(1100, "b", 1001)
        .fails("sum is too great")
        .row(1200, "c", 5)
        .row(1300, "a", -3)
        .row(1400, "a", 2)
        .row(1400, "a", 2)
        .fails("sum is too great")
        .advance(2000)
        .emits(999, "a", 1, 1000, 0, 1000)
        .emits(1999, "c", 1, 5, 1000, 2000)
        .emits(1999, "a", 2, -1, 1000, 2000)
        .emits(59_999, "a", 3, 999, 0, MINUTE)
        .emits(59_999, "c", 1, 5, 0, MINUTE)
        .check();
  }

  @Test
  void shouldGiveNothingOfFailedReadToTheNext() {
    harness(true, RollupGranularity.FOREVER, RollupGranularity.FOREVER, true)
        .row(100, "a", 1)
        .row(1000, "b", 2)
        .advance(1000)
        .emits(999, "a", 1, 1, 0, 1000)
        .emits(1999, "b", 1, 2, 1000, 2000)
        .emits(59_999, "a", 1, 1, 0, MINUTE)
        .emits(59_999, "b", 1, 2, 0, MINUTE)
        .check();
  }

  @Test
  void shouldKeepRowsOfTheFirstAndTheLastMoment() {
    long lastSecond = Long.MAX_VALUE - 807;
    long lastMinute = Long.MAX_VALUE - 55_807;
    harness(true, RollupGranularity.FOREVER, RollupGranularity.FOREVER)
        .row(Long.MIN_VALUE, "a", 1)
        .row(Long.MAX_VALUE - 1, "a", 2)
        .row(Long.MAX_VALUE, "a", 4)
        .advance(Long.MAX_VALUE)
        .emits(Long.MIN_VALUE + 807, "a", 1, 1, Long.MIN_VALUE, Long.MIN_VALUE + 808)
        .emits(Long.MAX_VALUE - 1, "a", 2, 6, lastSecond, Long.MAX_VALUE)
        .emits(Long.MIN_VALUE + 55_807, "a", 1, 1, Long.MIN_VALUE, Long.MIN_VALUE + 55_808)
        .emits(Long.MAX_VALUE - 1, "a", 2, 6, lastMinute, Long.MAX_VALUE)
        .check();
  }

  @Test
  void shouldForgetNothingAtTheEndOfTheInput() {
    harness(true, 0, 0)
        .row(100, "a", 1)
        .end()
        .emits(999, "a", 1, 1, 0, 1000)
        .emits(59_999, "a", 1, 1, 0, MINUTE)
        .check();
  }
}
