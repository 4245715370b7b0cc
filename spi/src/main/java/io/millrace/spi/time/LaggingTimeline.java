package io.millrace.spi.time;

/**
 * Another timeline less a fixed lag: what a query passes on that may still correct its results for
 * so long.
 */
public final class LaggingTimeline extends DelegatingTimeline {
  private final long lagMillis;

  public LaggingTimeline(Timeline of, long lagMillis) {
    super(of);
    this.lagMillis = lagMillis;
  }

  @Override
  public long before(int index) {
    return less(of.before(index));
  }

  private long less(long watermark) {
    return watermark == NEVER || watermark == END
        ? watermark
        : watermark < NEVER + 1 + lagMillis ? NEVER + 1 : watermark - lagMillis;
  }

  private long plus(long time) {
    if (time == NEVER || time == END) {
      return time;
    }
    return time >= END - 1 - lagMillis ? END - 1 : time + lagMillis;
  }

  @Override
  public long toOrigin(long time) {
    return of.toOrigin(plus(time));
  }

  @Override
  public long momentOfDeadline(long time, int code) {
    return of.momentOfDeadline(plus(time), code);
  }

  @Override
  public long momentOfRow(long time, int code) {
    return of.momentOfRow(plus(time), code);
  }

  @Override
  public long reachedBefore(int code, long moment, Moments moments) {
    return less(of.reachedBefore(code, moment, moments));
  }

  @Override
  public long seenAt(int code, long moment) {
    return less(of.seenAt(code, moment));
  }

  @Override
  public int firstReaching(long time, int from) {
    return of.firstReaching(time > END - lagMillis ? END : time + lagMillis, from);
  }
}
