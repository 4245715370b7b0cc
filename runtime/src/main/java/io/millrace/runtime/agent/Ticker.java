package io.millrace.runtime.agent;

import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/**
 * Runs something again and again, at a fixed delay: the clock of streams whose time is their
 * arrival.
 */
public final class Ticker implements Agent {
  private final String name;
  private final long periodNanos;
  private final Runnable tick;

  public Ticker(String name, long periodMillis, Runnable tick) {
    this.name = name;
    this.periodNanos = periodMillis * 1_000_000;
    this.tick = tick;
  }

  @Override
  public String name() {
    return name;
  }

  @Override
  public int doWork() {
    tick.run();
    return 0;
  }

  @Override
  public void idle() {
    LockSupport.parkNanos(periodNanos);
  }

  @Override
  public void onEnd(@Nullable Throwable failure) {}
}
