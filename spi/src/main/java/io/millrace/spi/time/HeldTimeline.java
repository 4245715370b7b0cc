package io.millrace.spi.time;

import java.util.Arrays;
import java.util.List;

/**
 * The watermark of an operator that holds rows of its first input back for the sake of the others:
 * it stands still where the first of them came, until it goes on. The operator says so, step by
 * step, before it sends the first row of a turn; else the watermark is that of the first input.
 */
public final class HeldTimeline implements Timeline {
  private final Timeline all;
  private final List<Timeline> inputs;
  private final Timeline own;
  private Holder holder = FREE;

  /** Whether the first input takes part in the turn. */
  private boolean isOwn;

  /** The watermark of the first input at the end of the turn before. */
  private long reached = NEVER;

  /** From which advances on it does what; none before the first turn. */
  private int steps;

  private int[] advances = new int[4];
  private boolean[] stands = new boolean[4];
  private long[] watermarks = new long[4];

  /** The operator, as it is between two turns. */
  public interface Holder {
    /** Whether it holds rows. */
    boolean isHolding();

    /** At which watermark it does. */
    long watermark();
  }

  private static final Holder FREE =
      new Holder() {
        @Override
        public boolean isHolding() {
          return false;
        }

        @Override
        public long watermark() {
          return NEVER;
        }
      };

  /**
   * @param all of all inputs
   * @param inputs of each of them
   */
  public HeldTimeline(Timeline all, List<? extends Timeline> inputs) {
    this.all = all;
    this.inputs = List.copyOf(inputs);
    this.own = inputs.get(0);
  }

  /** Says which operator it belongs to, when that is opened. */
  public void heldBy(Holder operator) {
    holder = operator;
  }

  /** Whether an input need not be waited for: it has ended, or is idle. */
  public boolean isSilent(int input) {
    Timeline timeline = inputs.get(input);
    return timeline.last() == END || timeline.isIdle();
  }

  /** The watermark of the first input at an advance of a turn of its own, -1 before the first. */
  public long own(int advance) {
    return advance < 0 ? reached : own.before(advance);
  }

  /**
   * Begins a turn, or takes over where the inputs and the operator are.
   *
   * @param isOwn whether rows and time come by the first input
   */
  public void begin(boolean isOwn) {
    this.isOwn = isOwn;
    steps = 0;
    if (holder.isHolding()) {
      stand(0, holder.watermark());
    } else {
      follow(0);
    }
  }

  /** From an advance on, which is behind all that have been named, it stands still. */
  public void stand(int advance, long watermark) {
    step(advance, true, watermark);
  }

  /** From an advance on, which is behind all that have been named, it is the first input's. */
  public void follow(int advance) {
    step(advance, false, NEVER);
  }

  private void step(int advance, boolean isStanding, long watermark) {
    if (steps == advances.length) {
      advances = Arrays.copyOf(advances, 2 * steps);
      stands = Arrays.copyOf(stands, 2 * steps);
      watermarks = Arrays.copyOf(watermarks, 2 * steps);
    }
    advances[steps] = advance;
    stands[steps] = isStanding;
    watermarks[steps++] = watermark;
  }

  /** Ends the turn. */
  public void end() {
    reached = own.last();
  }

  @Override
  public boolean settlesOwnTime() {
    return own.settlesOwnTime();
  }

  /** An input whose rows are held is not left out: they are still to come. */
  @Override
  public boolean isIdle() {
    return own.isIdle() && !holder.isHolding();
  }

  @Override
  public long base() {
    return all.base();
  }

  @Override
  public int length() {
    return all.length();
  }

  @Override
  public long before(int index) {
    for (int step = steps - 1; step >= 0; step--) {
      if (advances[step] <= index) {
        return stands[step] ? watermarks[step] : isOwn ? own.before(index) : own.last();
      }
    }
    return NEVER;
  }

  @Override
  public long beforeFirst() {
    return steps > 0 && stands[0] ? watermarks[0] : reached;
  }

  @Override
  public long seenAt(int code, long moment) {
    for (int step = steps - 1; step >= 0; step--) {
      if (advances[step] <= code >> 1) {
        return !stands[step] && isOwn ? own.seenAt(code, moment) : NEVER;
      }
    }
    return NEVER;
  }

  /** As far behind the sources as the first input, and whatever it waits for beside. */
  @Override
  public long toOrigin(long time) {
    return own.toOrigin(time);
  }

  @Override
  public long momentOfDeadline(long time, int code) {
    return own.momentOfDeadline(time, code);
  }

  @Override
  public long momentOfRow(long time, int code) {
    return own.momentOfRow(time, code);
  }

  @Override
  public Moments moments() {
    return all.moments();
  }

  @Override
  public boolean isCounted() {
    return false;
  }

  /** It goes on when others have come, whatever the watermark of the sources is. */
  @Override
  public long fromOrigin(long time) {
    return NEVER;
  }

  @Override
  public int firstReaching(long time, int from) {
    int high = length();
    if (before(high) < time) {
      return high + 1;
    }
    int low = from;
    while (low < high) {
      int middle = (low + high) >>> 1;
      if (before(middle) >= time) {
        high = middle;
      } else {
        low = middle + 1;
      }
    }
    return low;
  }
}
