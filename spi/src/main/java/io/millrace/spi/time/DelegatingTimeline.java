package io.millrace.spi.time;

/**
 * A timeline with the positions of another one, as idle as that is, but with a watermark of its
 * own.
 */
abstract class DelegatingTimeline implements Timeline {
  final Timeline of;

  DelegatingTimeline(Timeline of) {
    this.of = of;
  }

  @Override
  public final boolean settlesOwnTime() {
    return of.settlesOwnTime();
  }

  @Override
  public final boolean isIdle() {
    return of.isIdle();
  }

  @Override
  public final long base() {
    return of.base();
  }

  @Override
  public final Moments moments() {
    return of.moments();
  }

  @Override
  public boolean isCounted() {
    return of.isCounted();
  }

  @Override
  public final int length() {
    return of.length();
  }
}
