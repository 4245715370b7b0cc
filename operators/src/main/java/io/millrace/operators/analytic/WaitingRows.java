package io.millrace.operators.analytic;

import io.millrace.operators.window.Deadlines;
import io.millrace.spi.data.Batch;
import io.millrace.spi.data.Column;
import io.millrace.spi.operator.OperatorContext;
import io.millrace.spi.operator.Output;
import io.millrace.spi.state.LongValue;
import io.millrace.spi.state.RowLog;
import io.millrace.spi.time.Timeline;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * The rows that are not sent yet: each waits until so many rows have come behind it, and until the
 * watermark has passed the time at which its frames end. A partition's rows are sent in their
 * order; those of several that are due at one moment in that of their times, then as they came.
 *
 * <p>A row that waits for time only keeps its own. One that waits for rows is sent with the time of
 * the row or of the watermark for which it is sent; at the end of the input, when nothing more can
 * come, with the last time that there was.
 */
final class WaitingRows {
  private final LogColumns columns;
  private final Partitions partitions;
  private final AnalyticOutput out;
  private final Deadlines deadlines;
  private final boolean waitsForTime;
  private final long followingRows;
  private final long followingMillis;

  /** The last watermark, turned around at {@link Long#MIN_VALUE} so that it is unsigned. */
  private final LongValue watermark;

  WaitingRows(
      AnalyticSpec spec,
      LogColumns columns,
      Partitions partitions,
      AnalyticOutput out,
      OperatorContext context) {
    this.columns = columns;
    this.partitions = partitions;
    this.out = out;
    followingRows = spec.followingRows();
    followingMillis = spec.followingMillis();
    waitsForTime = followingMillis >= 0;
    deadlines =
        new Deadlines(context.state(), "waiting", Partitions.TABLE, context.outputTimeline());
    watermark = context.state().longValue("watermark");
  }

  /**
   * Notes that a row waits.
   *
   * @param partition the number of its partition
   * @param arrival its own number
   */
  void add(int partition, long arrival, long time) {
    if (waitsForTime) {
      deadlines.add(deadline(time), partition, arrival);
    }
  }

  /** The watermark at which no frame of a row of a time waits for time any more. */
  private long deadline(long time) {
    return FrameBounds.moved(FrameBounds.moved(time, followingMillis), 1);
  }

  /** Sends the rows of a partition that waited for one that has come. */
  void sendBehind(Batch batch, int row, int slot, int number, long reached, Output output) {
    if (followingRows == 0) {
      return;
    }
    RowLog log = partitions.log();
    while (log.end(number) - partitions.next(slot, number) > followingRows
        && (!waitsForTime
            || deadline(log.time(number, partitions.next(slot, number))) <= reached)) {
      long time = partitions.time(slot);
      out.sendNext(slot, number, time, batch.position(row), batch.moment(row), output);
    }
  }

  /** Sends the rows for which a watermark is far enough. */
  void sendUpTo(long reached, Timeline timeline, Output output) {
    while (!deadlines.isEmpty() && deadlines.firstTime() <= reached) {
      long moment = deadlines.firstTime();
      int advance = timeline.firstReaching(moment, 0);
      int code = Timeline.ofAdvance(advance);
      deadlines.take(reached);
      int number = deadlines.number();
      int slot = partitions.table().slot(number);
      if (followingRows == 0) {
        partitions.table().touch(slot);
        long time = rowtime(slot, number);
        out.sendNext(slot, number, time, code, moment, output);
        partitions.trim(slot, number);
      } else if (isDue(slot, number, timeline.before(advance))) {
        partitions.table().touch(slot);
        out.sendNext(slot, number, timeline.before(advance), code, moment, output);
        partitions.trim(slot, number);
      }
    }
  }

  private long rowtime(int slot, int number) {
    RowLog log = partitions.log();
    long next = partitions.next(slot, number);
    return columns.rowtime(log.columns(number, next), log.index(number, next));
  }

  /** Whether the row whose deadline has come is the next of its partition, and waits for no row. */
  private boolean isDue(int slot, int number, long reached) {
    RowLog log = partitions.log();
    long next = partitions.next(slot, number);
    return reached != Timeline.END
        && log.end(number) - next > followingRows
        && columns.number(log.columns(number, next), log.index(number, next)) == deadlines.id();
  }

  /** Sends, when the input has ended, the rows that wait for others which will not come. */
  void sendAtEnd(Timeline timeline, Output output) {
    if (followingRows == 0) {
      return;
    }
    int end = timeline.firstReaching(Timeline.END, 0);
    if (end > 0) {
      long last = timeline.before(Math.min(end - 1, timeline.length()));
      watermark.set(Math.max(watermark.get() ^ Long.MIN_VALUE, last) ^ Long.MIN_VALUE);
    }
    if (end > timeline.length()) {
      return;
    }
    for (Left left : left()) {
      int slot = partitions.table().slot(left.partition());
      partitions.table().touch(slot);
      long time = Math.max(watermark.get() ^ Long.MIN_VALUE, partitions.time(slot));
      out.sendNext(slot, left.partition(), time, Timeline.ofAdvance(end), Timeline.END, output);
      partitions.trim(slot, left.partition());
    }
  }

  /** A row that waits when the input has ended. */
  private record Left(int partition, long time, long number) {}

  private List<Left> left() {
    List<Left> rows = new ArrayList<>();
    RowLog log = partitions.log();
    for (int number = 0; number < partitions.table().limit(); number++) {
      if (partitions.table().isUsed(number)) {
        long next = partitions.next(partitions.table().slot(number), number);
        for (long ordinal = next; ordinal < log.end(number); ordinal++) {
          Column[] row = log.columns(number, ordinal);
          long came = columns.number(row, log.index(number, ordinal));
          rows.add(new Left(number, log.time(number, ordinal), came));
        }
      }
    }
    rows.sort(Comparator.comparingLong(Left::time).thenComparingLong(Left::number));
    return rows;
  }
}
