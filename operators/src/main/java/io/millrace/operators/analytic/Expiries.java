package io.millrace.operators.analytic;

import io.millrace.operators.window.Deadlines;
import io.millrace.spi.operator.OperatorContext;
import io.millrace.spi.state.LongValue;

/**
 * Finds the partitions whose rows no frame reaches any more because of their times, where no row
 * comes that would push them out. A partition is looked at when its newest row has become so old.
 */
final class Expiries {
  private final Partitions partitions;
  private final boolean looksByTime;
  private final boolean forgetsPartitions;
  private final long spanMillis;
  private final Deadlines deadlines;
  private final LongValue entriesMade;

  Expiries(AnalyticSpec spec, Partitions partitions, OperatorContext context) {
    this.partitions = partitions;
    looksByTime = spec.looksByTime();
    forgetsPartitions = spec.forgetsPartitions();
    spanMillis =
        Math.max(
            Math.max(spec.followingMillis(), 0),
            spec.frames().stream().mapToLong(f -> f.bounds().spanMillis()).max().orElse(0));
    deadlines =
        new Deadlines(
            context.state(),
            partitions.named("expiries"),
            partitions.named(Partitions.TABLE),
            context.outputTimeline());
    entriesMade = context.state().longValue(partitions.named("expiries_made"));
  }

  /** Notes that a partition has a new row. */
  void note(int slot, int number) {
    if (looksByTime && partitions.expiry(slot) == 0) {
      add(slot, number);
    }
  }

  private void add(int slot, int number) {
    entriesMade.set(entriesMade.get() + 1);
    partitions.expiry(slot, entriesMade.get());
    deadlines.add(expiry(slot), number, entriesMade.get());
  }

  /** The watermark at which the newest row is behind all frames of rows that may come. */
  private long expiry(int slot) {
    return FrameBounds.moved(FrameBounds.moved(partitions.time(slot), spanMillis), 1);
  }

  void expire(long watermark) {
    while (deadlines.take(watermark)) {
      int number = deadlines.number();
      if (partitions.table().isUsed(number)) {
        int slot = partitions.slot(number);
        if (partitions.expiry(slot) == deadlines.id()) {
          look(number, watermark);
        }
      }
    }
  }

  private void look(int number, long watermark) {
    int slot = partitions.toChange(number);
    if (expiry(slot) > watermark) {
      add(slot, number);
      return;
    }
    partitions.expiry(slot, 0);
    if (partitions.isWaiting(slot, number)) {
      return;
    }
    partitions.moveTo(slot, number, watermark);
    partitions.trim(slot, number);
    if (forgetsPartitions) {
      partitions.remove(slot, number);
    }
  }
}
