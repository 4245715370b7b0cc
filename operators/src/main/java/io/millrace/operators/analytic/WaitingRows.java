package io.millrace.operators.analytic;

import io.millrace.operators.sort.SortLimit;
import io.millrace.operators.window.Deadlines;
import io.millrace.spi.data.Batch;
import io.millrace.spi.error.MillraceException;
import io.millrace.spi.operator.OperatorContext;
import io.millrace.spi.operator.Output;
import io.millrace.spi.state.LongValue;
import io.millrace.spi.state.RowLog;
import io.millrace.spi.time.Timeline;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/**
 * The rows that are not sent yet: each waits until so many rows, or rows with values, have come
 * behind it, and until the watermark has passed the time at which its frames end. A partition's
 * rows are sent in their order; those of several that are due at one moment in that of their times,
 * then as they came.
 *
 * <p>A row that waits for time only keeps its own. One that waits for rows is sent with the time of
 * the row for which it is sent or, if that is later, of its deadline; one that has waited for so
 * long as there is a limit, with the time at which that is so; at the end of the input, when
 * nothing more can come, with the last time that there was.
 */
final class WaitingRows {
  private final LogColumns columns;
  private final Partitions partitions;
  private final Outlet out;
  private final Deadlines deadlines;
  private final WaitLimits limits;
  private final boolean waitsForTime;
  private final boolean waitsForRows;
  private final boolean waitsForValues;
  private final SortLimit limit;
  private final long followingRows;
  private final long followingMillis;

  /** The last watermark, turned around at {@link Long#MIN_VALUE} so that it is unsigned. */
  private final LongValue watermark;

  WaitingRows(
      AnalyticSpec spec,
      LogColumns columns,
      Partitions partitions,
      Outlet out,
      OperatorContext context) {
    this.columns = columns;
    this.partitions = partitions;
    this.out = out;
    followingRows = spec.followingRows();
    followingMillis = spec.followingMillis();
    waitsForTime = followingMillis >= 0;
    waitsForRows = spec.waitsForRows();
    waitsForValues = spec.countsValues();
    limit = spec.limit();
    limits = new WaitLimits(spec, columns, partitions, context);
    deadlines =
        new Deadlines(
            context.state(),
            partitions.named("waiting"),
            partitions.named(Partitions.TABLE),
            context.outputTimeline());
    watermark = context.state().longValue(partitions.named("watermark"));
  }

  /**
   * Notes that a row waits.
   *
   * @param number of its partition
   * @param arrival its own number
   */
  void add(int slot, int number, long arrival, long time) {
    if (waitsForTime) {
      deadlines.add(deadline(time), number, arrival);
    }
    limits.note(slot, number);
  }

  /** Says why the job stops if there is no room for one more row. */
  Optional<MillraceException> refusal() {
    if (waitsForTime && deadlines.size() >= limit.rows()) {
      return Optional.of(
          limit.exceeded(
              "a frame that ends behind its row",
              "the watermark does not move on, or the frame is large"));
    }
    return waitsForValues
            && limit.rows() < SortLimit.NONE.rows()
            && partitions.waiting() >= limit.rows()
        ? Optional.of(limit.exceeded("lead(…) IGNORE NULLS", "values do not come"))
        : Optional.empty();
  }

  /** The watermark at which no frame of a row of a time waits for time any more. */
  private long deadline(long time) {
    return FrameBounds.moved(FrameBounds.moved(time, followingMillis), 1);
  }

  /** Sends the rows of a partition that waited for one that has come. */
  void sendBehind(Batch batch, int row, int slot, int number, long reached, Output output) {
    if (!waitsForRows) {
      return;
    }
    while (partitions.isWaiting(slot, number)
        && (!waitsForTime || deadline(nextTime(slot, number)) <= reached)
        && haveCome(slot, number)) {
      out.sendFor(batch, row, slot, number, partitions.time(slot), output);
    }
  }

  private long nextTime(int slot, int number) {
    return partitions.log().time(number, partitions.next(slot, number));
  }

  /** Whether the rows are there for which the first row that waits does so. */
  private boolean haveCome(int slot, int number) {
    return partitions.log().end(number) - partitions.next(slot, number) > followingRows
        && partitions.haveValues(slot, number);
  }

  /** Sends the rows for which time is far enough. */
  void sendUpTo(Progress progress, Output output) {
    while (isDue(progress)) {
      sendFirst(progress, output);
    }
  }

  /** Whether a deadline, or the limit of a row, has come. */
  boolean isDue(Progress progress) {
    return isTimeDue(progress) || progress.isLimitDue(limits.firstTime());
  }

  private boolean isTimeDue(Progress progress) {
    return !deadlines.isEmpty() && progress.isDue(deadlines.firstTime());
  }

  /** The first time of what is due. */
  long firstDue(Progress progress) {
    long limit = limits.firstTime();
    long first = progress.isLimitDue(limit) ? limit : Long.MAX_VALUE;
    return isTimeDue(progress) ? Math.min(first, deadlines.firstTime()) : first;
  }

  /** Sends what is due first: one row that waited for time, or all that have waited long enough. */
  void sendFirst(Progress progress, Output output) {
    long first = firstDue(progress);
    if (isTimeDue(progress) && deadlines.firstTime() == first) {
      sendDue(first, progress, output);
    } else {
      sendLimited(first, progress, output);
    }
  }

  private void sendDue(long due, Progress progress, Output output) {
    deadlines.take(due);
    int number = deadlines.number();
    int slot = partitions.toChange(number);
    if (!waitsForRows || (!progress.isOfEnd(due) && isDue(slot, number))) {
      long time = waitsForRows ? Math.max(due, partitions.time(slot)) : rowtime(slot, number);
      out.sendAt(progress.moment(due), due, progress.code(due), slot, number, time, output);
      partitions.trim(slot, number);
    }
  }

  /** Sends the rows that have waited for others long enough. */
  private void sendLimited(long limit, Progress progress, Output output) {
    long moment = progress.moment(limit);
    int code = progress.code(limit);
    List<Integer> lookedAt = new ArrayList<>();
    for (HeldRow row : limits.take(lookedAt)) {
      int slot = partitions.toChange(row.partition());
      out.sendAt(moment, limit, code, slot, row.partition(), limit, output);
      partitions.trim(slot, row.partition());
    }
    limits.again(lookedAt);
  }

  private long rowtime(int slot, int number) {
    RowLog log = partitions.log();
    long next = partitions.next(slot, number);
    return columns.rowtime(log.columns(number, next), log.index(number, next));
  }

  /** Whether the row whose deadline has come is the next of its partition, and waits for no row. */
  private boolean isDue(int slot, int number) {
    RowLog log = partitions.log();
    long next = partitions.next(slot, number);
    return next < log.end(number)
        && columns.number(log.columns(number, next), log.index(number, next)) == deadlines.id()
        && haveCome(slot, number);
  }

  /** Sends, when the input has ended, the rows that wait for others which will not come. */
  void sendAtEnd(Timeline timeline, Output output) {
    if (!waitsForRows) {
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
    for (HeldRow left : left()) {
      int slot = partitions.toChange(left.partition());
      long time = Math.max(watermark.get() ^ Long.MIN_VALUE, partitions.time(slot));
      int code = Timeline.ofAdvance(end);
      out.sendAt(Timeline.END, left.time(), code, slot, left.partition(), time, output);
      partitions.trim(slot, left.partition());
    }
  }

  private List<HeldRow> left() {
    List<HeldRow> rows = new ArrayList<>();
    for (int number = 0; number < partitions.table().limit(); number++) {
      if (partitions.table().isUsed(number)) {
        int slot = partitions.slot(number);
        partitions.addHeld(slot, number, Long.MAX_VALUE, columns, rows);
      }
    }
    rows.sort(Comparator.comparingLong(HeldRow::time).thenComparing(HeldRow.ARRIVAL));
    return rows;
  }
}
