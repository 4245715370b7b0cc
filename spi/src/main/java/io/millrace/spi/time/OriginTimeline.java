package io.millrace.spi.time;

/**
 * A timeline in whose time moments are counted from here on, though its watermark does not follow
 * from that of the sources: that of rows which an operator sends at times of its input's watermark.
 * So the moment of such a row says how far that watermark was before it.
 */
public final class OriginTimeline extends DelegatingTimeline {
  /**
   * @param of whose {@link Timeline#fromOrigin} does not say anything
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
  public int firstReaching(long time, int from) {
    return of.firstReaching(time, from);
  }
}
