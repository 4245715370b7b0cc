package io.millrace.operators.aggregate;

import io.millrace.operators.expiry.Expiry;
import io.millrace.operators.kernel.KernelLoader;
import io.millrace.spi.data.Batch;
import io.millrace.spi.operator.Operator;
import io.millrace.spi.operator.OperatorContext;
import io.millrace.spi.operator.Output;
import io.millrace.spi.time.TimeDomain;
import io.millrace.spi.time.Timeline;
import java.util.List;

/**
 * Sends all groups at the ticks of time, which the watermark or, before it is taken, a row has
 * reached: so a snapshot holds no rows of its tick and later. Where the input has ended, the last
 * snapshot is the one at the end of the interval of the last row.
 */
final class TickSnapshotOperator implements Operator, SnapshotTicks.Sender {
  private static final Expiry.Removal FORGET = (slot, time, code) -> {};
  private final GroupSnapshotSpec spec;
  private final KernelLoader loader;
  private SnapshotGroups groups;
  private SnapshotTicks ticks;

  TickSnapshotOperator(GroupSnapshotSpec spec, KernelLoader loader) {
    this.spec = spec;
    this.loader = loader;
  }

  @Override
  public void open(OperatorContext context) {
    groups = new SnapshotGroups(spec, List.of(), FORGET, loader, context);
    ticks = new SnapshotTicks(spec.everyMillis(), context.state(), this);
  }

  @Override
  public void process(int input, Batch batch, Output output) {
    groups.begin(batch);
    for (int from = 0, to; from < batch.size(); from = to) {
      ticks.moveToReached(batch, from, output);
      groups.expireBefore(batch, from);
      ticks.moveToRow(batch, from, output);
      to = groups.mayExpire() ? from + 1 : ticks.runEnd(batch, from);
      groups.take(batch, from, to);
      for (int row = from; row < to; row++) {
        if (!groups.hasFailed(row)) {
          ticks.took(batch.rowtimes()[row]);
        }
      }
    }
    groups.end(batch, output);
  }

  @Override
  public boolean onTime(TimeDomain domain, Timeline timeline, Output output) {
    if (domain == TimeDomain.EVENT) {
      ticks.end(timeline, output);
      groups.flush(output);
      groups.expireAll(timeline);
    }
    return false;
  }

  @Override
  public boolean isEmpty() {
    return groups.isEmpty();
  }

  @Override
  public void reached(long tick, int code) {
    groups.expireUpTo(tick, code);
  }

  @Override
  public void send(long tick, int code, long moment, Output output) {
    groups.sendAll(tick, code, moment, output);
  }
}
