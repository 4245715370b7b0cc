package io.millrace.operators.align;

import io.millrace.spi.data.Batch;
import io.millrace.spi.data.LongColumn;
import io.millrace.spi.operator.OperatorContext;
import io.millrace.spi.state.LongValue;
import io.millrace.spi.time.HeldTimeline;
import io.millrace.spi.time.Timeline;
import java.util.Arrays;

/** How far the marks of the other inputs have come, and those that came in this turn. */
final class ComingMarks {
  private final boolean isCounted;

  /** By input, the greatest number so far, less {@code NEVER}; that of the first is not used. */
  private final LongValue[] greatest;

  private final HeldTimeline timeline;

  /** The marks of this turn, in the order of their positions. */
  private int count;

  private int[] positions = new int[16];
  private int[] inputs = new int[16];
  private long[] numbers = new long[16];
  private long[] moments = new long[16];
  private int next;

  ComingMarks(AlignSpec spec, OperatorContext context, HeldTimeline timeline) {
    this.isCounted = spec.isCounted();
    this.timeline = timeline;
    this.greatest = new LongValue[spec.streams().size()];
    for (int i = 1; i < greatest.length; i++) {
      greatest[i] = context.state().longValue("mark-" + i);
    }
  }

  /** Takes marks of an input, until {@link #pass}. */
  void add(int input, Batch marks) {
    LongColumn column = (LongColumn) marks.column(0);
    for (int row = 0; row < marks.size(); row++) {
      if (count == positions.length) {
        positions = Arrays.copyOf(positions, 2 * count);
        inputs = Arrays.copyOf(inputs, 2 * count);
        numbers = Arrays.copyOf(numbers, 2 * count);
        moments = Arrays.copyOf(moments, 2 * count);
      }
      positions[count] = marks.position(row);
      moments[count] = marks.moment(row);
      inputs[count] = input;
      numbers[count++] = column.values()[row];
    }
  }

  /** The position of the next mark of this turn; behind all positions if there is none. */
  int nextPosition() {
    return next < count ? positions[next] : Integer.MAX_VALUE;
  }

  /**
   * The next mark counts from now on.
   *
   * @return its moment: see {@link Batch#moments}
   */
  long pass() {
    LongValue of = greatest[inputs[next]];
    long before = of.get() ^ Timeline.NEVER;
    long number = isCounted ? Math.max(before, 0) + 1 : numbers[next];
    of.set(Math.max(before, number) ^ Timeline.NEVER);
    return moments[next++];
  }

  /** Whether all other inputs have given this mark, or need not be waited for. */
  boolean haveAll(long mark) {
    for (int i = 1; i < greatest.length; i++) {
      if ((greatest[i].get() ^ Timeline.NEVER) < mark && !timeline.isSilent(i)) {
        return false;
      }
    }
    return true;
  }

  /** Forgets the marks of the turn. */
  void endTurn() {
    count = 0;
    next = 0;
  }
}
