package io.millrace.spi.time;

import java.util.function.ToLongFunction;

/**
 * The watermark of one of several inputs that goes on with the others while that input is idle: its
 * own, or that of all of them, whichever is greater. That of all leaves idle inputs out; so it is
 * ahead of the own one only as far as the others have gone on without it.
 */
public final class FollowingTimeline implements Timeline {
  private final Timeline own;
  private final MergedTimeline merged;
  private final Timeline all;

  /** Whether the input itself takes part in the turn. */
  private boolean isOwn;

  /**
   * @param own of the input itself
   * @param merged of all inputs, over the same turn
   * @param lagMillis how far it stays behind the others
   */
  public FollowingTimeline(Timeline own, MergedTimeline merged, long lagMillis) {
    this.own = own;
    this.merged = merged;
    this.all = lagMillis == 0 ? merged : new LaggingTimeline(merged, lagMillis);
  }

  /**
   * Begins a turn, or takes over where the inputs are.
   *
   * @param isOwn whether rows and time come by the input itself
   */
  public void begin(boolean isOwn) {
    this.isOwn = isOwn;
  }

  @Override
  public boolean settlesOwnTime() {
    return own.settlesOwnTime();
  }

  /** Only if there is none left that it could go on with, and it has not ended. */
  @Override
  public boolean isIdle() {
    return merged.isIdle() && own.last() != END;
  }

  @Override
  public long base() {
    return merged.base();
  }

  @Override
  public int length() {
    return merged.length();
  }

  @Override
  public long before(int index) {
    return Math.max(isOwn ? own.before(index) : own.last(), all.before(index));
  }

  @Override
  public long toOrigin(long time) {
    return isOwn ? Math.min(own.toOrigin(time), all.toOrigin(time)) : all.toOrigin(time);
  }

  @Override
  public Moments moments() {
    return merged.moments();
  }

  @Override
  public boolean isCounted() {
    return own.isCounted() || all.isCounted();
  }

  @Override
  public long momentOfDeadline(long time, int code) {
    return earliest(time, code, it -> it.momentOfDeadline(time, code));
  }

  @Override
  public long momentOfRow(long time, int code) {
    return earliest(time, code, it -> it.momentOfRow(time, code));
  }

  /** By the one that is there first. */
  private long earliest(long time, int code, ToLongFunction<Timeline> moment) {
    if (!isOwn) {
      return moment.applyAsLong(all);
    }
    if (moments() != Moments.NONE) {
      int byOwn = own.firstReaching(time, code >> 1);
      int byAll = all.firstReaching(time, code >> 1);
      if (byOwn != byAll) {
        return moment.applyAsLong(byOwn < byAll ? own : all);
      }
    }
    return moments().earliest(moment.applyAsLong(own), moment.applyAsLong(all));
  }

  @Override
  public long reachedBefore(int code, long moment, Moments moments) {
    long byAll = all.reachedBefore(code, moment, moments);
    return isOwn ? Math.max(own.reachedBefore(code, moment, moments), byAll) : byAll;
  }

  @Override
  public long seenAt(int code, long moment) {
    long byAll = all.seenAt(code, moment);
    return isOwn ? Math.max(own.seenAt(code, moment), byAll) : byAll;
  }

  @Override
  public int firstReaching(long time, int from) {
    int byOwn = isOwn ? own.firstReaching(time, from) : own.last() >= time ? from : length() + 1;
    return Math.min(byOwn, all.firstReaching(time, from));
  }
}
