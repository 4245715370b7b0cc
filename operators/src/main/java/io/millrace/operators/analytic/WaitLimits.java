package io.millrace.operators.analytic;

import io.millrace.operators.window.Deadlines;
import io.millrace.spi.operator.OperatorContext;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * How long rows wait for others at most. A partition is looked at when the first of its rows that
 * waited then has waited for so long, not once for each row.
 */
final class WaitLimits {
  private final LogColumns columns;
  private final Partitions partitions;
  private final long limitMillis;
  private final @Nullable Deadlines deadlines;

  WaitLimits(
      AnalyticSpec spec, LogColumns columns, Partitions partitions, OperatorContext context) {
    this.columns = columns;
    this.partitions = partitions;
    limitMillis = spec.limitMillis();
    deadlines =
        limitMillis == 0
            ? null
            : new Deadlines(
                context.state(),
                partitions.named("limits"),
                partitions.named(Partitions.TABLE),
                context.outputTimeline());
  }

  /** The smallest time at which rows may have waited long enough; the greatest if there is none. */
  long firstTime() {
    return deadlines == null || deadlines.isEmpty() ? Long.MAX_VALUE : deadlines.firstTime();
  }

  /** Notes that a partition has a new row. */
  void note(int slot, int number) {
    if (deadlines != null && !partitions.isLimited(slot)) {
      look(deadlines, slot, number);
    }
  }

  private void look(Deadlines limits, int slot, int number) {
    boolean isWaiting = partitions.isWaiting(slot, number);
    partitions.limited(slot, isWaiting);
    if (isWaiting) {
      long time = partitions.log().time(number, partitions.next(slot, number));
      limits.add(FrameBounds.moved(time, limitMillis), number, 0);
    }
  }

  /**
   * Takes what is to be looked at at the smallest time. Whoever calls sends the rows, then says
   * {@link #again}.
   *
   * @return the rows that have waited long enough, in the order in which they came
   */
  List<HeldRow> take(List<Integer> lookedAt) {
    List<HeldRow> rows = new ArrayList<>();
    long moment = firstTime();
    while (deadlines != null && firstTime() == moment && deadlines.take(moment)) {
      int number = deadlines.number();
      lookedAt.add(number);
      int slot = partitions.slot(number);
      partitions.addHeld(slot, number, FrameBounds.moved(moment, -limitMillis), columns, rows);
    }
    rows.sort(HeldRow.ARRIVAL);
    return rows;
  }

  /** Looks at partitions again when the next of their rows has waited long enough. */
  void again(List<Integer> lookedAt) {
    for (int number : lookedAt) {
      int slot = partitions.toChange(number);
      if (deadlines != null) {
        look(deadlines, slot, number);
      }
    }
  }
}
