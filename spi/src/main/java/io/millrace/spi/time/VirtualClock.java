package io.millrace.spi.time;

import java.util.concurrent.atomic.AtomicLong;

/**
 * A clock that stands still until it is set: for tests, and for replaying the past. Never goes
 * back. Thread-safe.
 */
public final class VirtualClock implements Clock {
  private final AtomicLong millis;

  public VirtualClock(long millis) {
    this.millis = new AtomicLong(millis);
  }

  @Override
  public long millis() {
    return millis.get();
  }

  @Override
  public long nanos() {
    return millis.get() * 1_000_000;
  }

  /** Moves to {@code time}, unless it is there or further. */
  public void advanceTo(long time) {
    millis.accumulateAndGet(time, Math::max);
  }
}
