package io.millrace.spi.time;

/**
 * A timeline in whose time moments are counted from here on, though its watermark does not follow
 * from that of the sources: that of rows which an operator sends at times of its input's watermark.
 * So the moment of such a row says how far that watermark was before it.
 */
public final class OriginTimeline extends DelegatingTimeline {
  /**
   * @param of which is not {@link Timeline#isCounted counted}
   */
  public OriginTimeline(Timeline of) {
    super(of);
  }

  @Override
  public long before(int index) {
    return of.before(index);
  }

  @Override
  public long beforeFirst() {
    return of.beforeFirst();
  }

  @Override
  public long toOrigin(long time) {
    return of.toOrigin(time);
  }

  /** The inverse of {@link #toOrigin}. */
  @Override
  public long fromOrigin(long time) {
    if (time == NEVER || time == END) {
      return time;
    }
    long lagMillis = of.toOrigin(0);
    return time < NEVER + 1 + lagMillis ? NEVER + 1 : time - lagMillis;
  }

  @Override
  public long momentOfDeadline(long time, int code) {
    return of.momentOfDeadline(time, code);
  }

  @Override
  public long momentOfRow(long time, int code) {
    return of.momentOfRow(time, code);
  }

  /** The inverse of {@link #momentOfDeadline}: its own part is in this time. */
  @Override
  public long reachedBefore(int code, long moment, Moments moments) {
    return fromOrigin(Moments.lastDeadlineBefore(moments.ownPart(moment)));
  }

  @Override
  public boolean isCounted() {
    return true;
  }

  @Override
  public long seenAt(int code, long moment) {
    return of.seenAt(code, moment);
  }

  @Override
  public int firstReaching(long time, int from) {
    return of.firstReaching(time, from);
  }
}
