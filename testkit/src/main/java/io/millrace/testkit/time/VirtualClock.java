package io.millrace.testkit.time;

import io.millrace.spi.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.atomic.AtomicLong;

/** A clock that stands still until a test moves it. Thread-safe. */
public final class VirtualClock implements Clock {
  private final AtomicLong nanos = new AtomicLong();
  private final long originMillis;

  public VirtualClock(Instant start) {
    this.originMillis = start.toEpochMilli();
  }

  public VirtualClock() {
    this(Instant.EPOCH);
  }

  public void advance(Duration step) {
    if (step.isNegative()) {
      throw new IllegalArgumentException("a clock does not go back: " + step);
    }
    nanos.addAndGet(step.toNanos());
  }

  @Override
  public long millis() {
    return originMillis + nanos.get() / 1_000_000;
  }

  @Override
  public long nanos() {
    return nanos.get();
  }
}
