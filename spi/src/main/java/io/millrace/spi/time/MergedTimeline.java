package io.millrace.spi.time;

import java.util.Arrays;
import java.util.List;
import java.util.function.IntPredicate;
import java.util.function.ToLongFunction;
import org.jspecify.annotations.Nullable;

/**
 * The smallest of several timelines: an operator's watermark is the smallest of its inputs'. An
 * input that takes no part in the turn stays at the watermark at which it was left.
 *
 * <p>Idle inputs are left out, if that is wanted. Where no other is left, or the others have ended,
 * the greatest of the idle ones counts: so it does not matter which of them fell silent first. An
 * input that speaks again counts from then on, but the watermark does not go back: it waits until
 * that input has caught up.
 */
public final class MergedTimeline implements Timeline {
  private final @Nullable Timeline[] active;
  private final long[] left;
  private final boolean leavesOutIdle;

  /** For each input whether its watermark counts. */
  private final boolean[] counts;

  /** The one input whose watermark counts; -1 if there are more. */
  private final int only;

  /** The timelines of the inputs, as far as they have taken part in a turn. */
  private final @Nullable Timeline[] known;

  /** Those of the inputs, if any counts in some. */
  private Moments moments = Moments.NONE;

  private final boolean[] idle;
  private boolean anyIdle;
  private Timeline any;

  /** The watermark at the end of the turn before; {@code NEVER} where it cannot go back. */
  private long reached = NEVER;

  public MergedTimeline(int inputs, Timeline initial) {
    this(inputs, initial, false);
  }

  /**
   * @param leavesOutIdle whether idle inputs are left out of the minimum
   */
  public MergedTimeline(int inputs, Timeline initial, boolean leavesOutIdle) {
    this(inputs, initial, leavesOutIdle, input -> true);
  }

  /**
   * @param leavesOutIdle whether idle inputs are left out of the minimum
   * @param counts which inputs have a watermark that counts, at least one; the rows of others come
   *     whenever they come
   */
  public MergedTimeline(int inputs, Timeline initial, boolean leavesOutIdle, IntPredicate counts) {
    this.active = new Timeline[inputs];
    this.counts = new boolean[inputs];
    int counting = 0;
    int last = -1;
    for (int i = 0; i < inputs; i++) {
      this.counts[i] = counts.test(i);
      counting += this.counts[i] ? 1 : 0;
      last = this.counts[i] ? i : last;
    }
    this.only = counting == 1 ? last : -1;
    this.known = new Timeline[inputs];
    this.left = new long[inputs];
    this.leavesOutIdle = leavesOutIdle;
    this.idle = new boolean[inputs];
    Arrays.fill(left, NEVER);
    this.any = initial;
  }

  /** Says which inputs take part in the coming turn: null for one that does not. */
  public void begin(List<? extends @Nullable Timeline> inputs) {
    for (int i = 0; i < active.length; i++) {
      Timeline timeline = inputs.get(i);
      active[i] = timeline;
      if (timeline != null) {
        any = timeline;
        known[i] = timeline;
        moments = moments == Moments.NONE ? timeline.moments() : moments;
        idle[i] = counts[i] && timeline.isIdle();
      }
    }
    anyIdle = false;
    for (boolean one : idle) {
      anyIdle |= one;
    }
  }

  /** Ends the turn: remembers where each input was left. */
  public void end() {
    for (int i = 0; i < active.length; i++) {
      Timeline timeline = active[i];
      if (timeline != null) {
        left[i] = timeline.last();
      }
    }
    if (leavesOutIdle) {
      reached = last();
    }
  }

  /** The watermark that it does not fall behind, between two turns, for {@link #restore}. */
  public long reached() {
    return reached;
  }

  /** Begins anew from a watermark; the inputs are told by a turn of all of them that follows. */
  public void restore(long watermark) {
    reached = leavesOutIdle ? watermark : NEVER;
  }

  /** Whether all inputs that have not ended are idle. */
  @Override
  public boolean isIdle() {
    return anyIdle && smallestOfOthers(length()) == END;
  }

  /** Not where others come that may be of its own time; where one counts alone, as that one. */
  @Override
  public boolean settlesOwnTime() {
    Timeline alone = only < 0 ? null : known[only];
    return alone != null && alone.settlesOwnTime();
  }

  @Override
  public long base() {
    return any.base();
  }

  @Override
  public int length() {
    return any.length();
  }

  @Override
  public long before(int index) {
    if (!leavesOutIdle) {
      return Math.min(smallestOfOthers(index), smallestOfIdle(index));
    }
    long smallest = smallestOfOthers(index);
    return Math.max(reached, anyIdle && smallest == END ? greatestOfIdle(index) : smallest);
  }

  /** The smallest of the inputs that are not idle. */
  private long smallestOfOthers(int index) {
    long smallest = END;
    for (int i = 0; i < active.length; i++) {
      if (!idle[i]) {
        smallest = Math.min(smallest, before(i, index));
      }
    }
    return smallest;
  }

  private long smallestOfIdle(int index) {
    long smallest = END;
    for (int i = 0; anyIdle && i < active.length; i++) {
      if (idle[i]) {
        smallest = Math.min(smallest, before(i, index));
      }
    }
    return smallest;
  }

  private long greatestOfIdle(int index) {
    long greatest = NEVER;
    for (int i = 0; i < active.length; i++) {
      if (idle[i]) {
        greatest = Math.max(greatest, before(i, index));
      }
    }
    return greatest;
  }

  private long before(int input, int index) {
    if (!counts[input]) {
      return END;
    }
    Timeline timeline = active[input];
    return timeline == null ? left[input] : timeline.before(index);
  }

  @Override
  public int firstReaching(long time, int from) {
    if (leavesOutIdle && (anyIdle || reached >= time)) {
      return search(time, from);
    }
    int first = from;
    for (int i = 0; i < active.length; i++) {
      Timeline timeline = active[i];
      if (!counts[i]) {
        continue;
      }
      if (timeline != null) {
        first = Math.max(first, timeline.firstReaching(time, from));
      } else if (left[i] < time) {
        return length() + 1;
      }
    }
    return first;
  }

  @Override
  public Moments moments() {
    return moments;
  }

  /** Not if one of the inputs is not. */
  @Override
  public boolean isCounted() {
    for (int i = 0; i < known.length; i++) {
      Timeline timeline = known[i];
      if (counts[i] && timeline != null && !timeline.isCounted()) {
        return false;
      }
    }
    return true;
  }

  @Override
  public long momentOfDeadline(long time, int code) {
    if (moments == Moments.NONE) {
      return Moments.ofDeadline(toOrigin(time));
    }
    return latest(time, code, Moments.ofDeadline(time), it -> it.momentOfDeadline(time, code));
  }

  @Override
  public long momentOfRow(long time, int code) {
    if (moments == Moments.NONE) {
      return Moments.ofRow(toOrigin(time));
    }
    return latest(time, code, Moments.ofRow(time), it -> it.momentOfRow(time, code));
  }

  /** Of the inputs that take part in the turn the one decides that is there last. */
  private long latest(long time, int code, long part, ToLongFunction<Timeline> moment) {
    int reaching = firstReaching(time, 0);
    if (reaching < code >> 1) {
      return moments.following(NEVER, part);
    }
    long latest = NEVER;
    boolean isAny = false;
    for (int i = 0; i < active.length; i++) {
      Timeline timeline = active[i];
      if (timeline != null && counts[i] && timeline.firstReaching(time, 0) == reaching) {
        latest = moments.latest(latest, moment.applyAsLong(timeline));
        isAny = true;
      }
    }
    return isAny ? latest : moments.following(NEVER, part);
  }

  @Override
  public long reachedBefore(int code, long moment, Moments moments) {
    return smallest(it -> it.reachedBefore(code, moment, moments));
  }

  @Override
  public long seenAt(int code, long moment) {
    return moments == Moments.NONE ? NEVER : smallest(it -> it.seenAt(code, moment));
  }

  /**
   * As {@link #before(int)}, by what is known of the inputs that take part in the turn, also of
   * idle ones: where silence lets time jump, their rows go on step by step.
   */
  private long smallest(ToLongFunction<Timeline> watermark) {
    long smallest = END;
    long ofIdle = NEVER;
    for (int i = 0; i < active.length; i++) {
      Timeline timeline = active[i];
      long own = !counts[i] ? END : timeline == null ? left[i] : watermark.applyAsLong(timeline);
      if (idle[i] && leavesOutIdle && timeline == null) {
        ofIdle = Math.max(ofIdle, own);
      } else {
        smallest = Math.min(smallest, own);
      }
    }
    if (!leavesOutIdle) {
      return smallest;
    }
    return Math.max(reached, anyIdle && smallest == END ? ofIdle : smallest);
  }

  /** Of the inputs that take part in the turn the one that is behind decides. */
  @Override
  public long toOrigin(long time) {
    long latest = time;
    for (int i = 0; i < active.length; i++) {
      Timeline timeline = active[i];
      if (timeline != null && counts[i]) {
        latest = Math.max(latest, timeline.toOrigin(time));
      }
    }
    return latest;
  }

  private int search(long time, int from) {
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
