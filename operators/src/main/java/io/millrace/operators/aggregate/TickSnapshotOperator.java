package io.millrace.operators.aggregate;

import io.millrace.operators.expiry.Expiry;
import io.millrace.operators.kernel.KernelLoader;
import io.millrace.spi.data.Batch;
import io.millrace.spi.operator.Operator;
import io.millrace.spi.operator.OperatorContext;
import io.millrace.spi.operator.Output;
import io.millrace.spi.state.LongValue;
import io.millrace.spi.time.TimeDomain;
import io.millrace.spi.time.Timeline;
import java.util.List;

/**
 * Sends all groups at the ticks of time, which the watermark or, before it is taken, a row has
 * reached: so a snapshot holds no rows of its tick and later. Where the input has ended, the last
 * snapshot is the one at the end of the interval of the last row.
 */
final class TickSnapshotOperator implements Operator {
  private static final Expiry.Removal FORGET = (slot, time, code) -> {};
  private final GroupSnapshotSpec spec;
  private final KernelLoader loader;
  private SnapshotGroups groups;

  /** The next tick, turned around at {@link Long#MIN_VALUE}, at first the beginning of time. */
  private LongValue next;

  /** The greatest time of a row, turned around alike. */
  private LongValue latest;

  TickSnapshotOperator(GroupSnapshotSpec spec, KernelLoader loader) {
    this.spec = spec;
    this.loader = loader;
  }

  @Override
  public void open(OperatorContext context) {
    groups = new SnapshotGroups(spec, List.of(), FORGET, loader, context);
    next = context.state().longValue("next");
    latest = context.state().longValue("latest");
  }

  @Override
  public void process(int input, Batch batch, Output output) {
    groups.begin(batch);
    for (int from = 0, to; from < batch.size(); from = to) {
      moveTo(watermark(batch, from), batch.timeline(), output);
      moveTo(batch.rowtimes()[from], batch.position(from), output);
      groups.expireBefore(batch, from);
      to = groups.mayExpire() ? from + 1 : runEnd(batch, from);
      groups.take(batch, from, to);
      for (int row = from; row < to; row++) {
        latest.set(Math.max(latest(), batch.rowtimes()[row]) ^ Long.MIN_VALUE);
      }
    }
    groups.end(batch, output);
  }

  /** Behind the rows from {@code from} on before which no tick comes. */
  private int runEnd(Batch batch, int from) {
    long tick = next();
    int to = from + 1;
    while (to < batch.size() && batch.rowtimes()[to] < tick && watermark(batch, to) < tick) {
      to++;
    }
    return to;
  }

  private static long watermark(Batch batch, int row) {
    int advance = Timeline.lastAdvanceBefore(batch.position(row));
    return advance < 0 ? Timeline.NEVER : batch.timeline().before(advance);
  }

  @Override
  public boolean onTime(TimeDomain domain, Timeline timeline, Output output) {
    if (domain == TimeDomain.EVENT) {
      moveTo(timeline.last(), timeline, output);
      groups.flush(output);
      groups.expireAll(timeline);
    }
    return false;
  }

  private long next() {
    return next.get() ^ Long.MIN_VALUE;
  }

  private long latest() {
    return latest.get() ^ Long.MIN_VALUE;
  }

  /** The first tick behind a time; the end of time if there is none before. */
  private long after(long time) {
    long left = spec.everyMillis() - Math.floorMod(time, spec.everyMillis());
    return time > Timeline.END - left ? Timeline.END : time + left;
  }

  /** Sends the snapshots up to a watermark, each at the advance that reaches its tick. */
  private void moveTo(long watermark, Timeline timeline, Output output) {
    boolean isEnd = watermark == Timeline.END;
    long time = isEnd ? after(latest()) : watermark;
    while (isDue(time)) {
      int code = Timeline.ofAdvance(timeline.firstReaching(next(), 0));
      if (!isEnd) {
        groups.expireUpTo(next(), code);
      }
      send(next(), code, output);
    }
    pass(time);
  }

  /** Sends the snapshots up to the time of a row at a position. */
  private void moveTo(long time, int position, Output output) {
    while (isDue(time)) {
      send(next(), position, output);
    }
    pass(time);
  }

  /** Whether there is something to send up to a time. */
  private boolean isDue(long time) {
    return !groups.isEmpty() && next() <= time && next() != Timeline.END;
  }

  private void send(long tick, int code, Output output) {
    next.set(after(tick) ^ Long.MIN_VALUE);
    groups.sendAll(tick, code, output);
  }

  /** Leaves out the ticks up to a time at which there was nothing to send. */
  private void pass(long time) {
    if (next() <= time) {
      next.set(after(time) ^ Long.MIN_VALUE);
    }
  }
}
