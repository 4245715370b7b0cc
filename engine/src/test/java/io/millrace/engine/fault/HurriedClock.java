package io.millrace.engine.fault;

import io.millrace.spi.time.Clock;
import java.util.concurrent.atomic.AtomicLong;

/**
 * As a {@link LookedAtClock}, but whatever is measured has taken long: state is taken out in the
 * smallest slices.
 */
final class HurriedClock implements Clock {
  private static final long NANOS_PER_LOOK = 1_000_000;
  private final LookedAtClock clock = new LookedAtClock();
  private final AtomicLong looks = new AtomicLong();

  @Override
  public long millis() {
    return clock.millis();
  }

  @Override
  public long nanos() {
    return looks.incrementAndGet() * NANOS_PER_LOOK;
  }
}
