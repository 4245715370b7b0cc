package io.millrace.engine.fault;

import io.millrace.spi.time.Clock;
import java.util.concurrent.atomic.AtomicLong;

/**
 * A clock that moves on whenever somebody looks at it, so that what is due by it does not depend on
 * the speed of the machine.
 */
final class LookedAtClock implements Clock {
  private static final long LOOKS_PER_MILLI = 8;
  private final AtomicLong looks = new AtomicLong();

  @Override
  public long millis() {
    return looks.incrementAndGet() / LOOKS_PER_MILLI;
  }

  @Override
  public long nanos() {
    return looks.get() * 1_000_000 / LOOKS_PER_MILLI;
  }
}
