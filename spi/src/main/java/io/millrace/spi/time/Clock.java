package io.millrace.spi.time;

/** The time of now. Injected everywhere; tests use a virtual one. Thread-safe. */
public interface Clock {
  /** Milliseconds since the epoch. */
  long millis();

  /** Nanoseconds of an arbitrary origin, for measuring durations. */
  long nanos();

  /** The machine's clock. The only place that reads it. */
  static Clock system() {
    return SystemClock.INSTANCE;
  }
}
