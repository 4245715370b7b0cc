package io.millrace.engine.connect;

import java.util.concurrent.atomic.LongAdder;

/** Counts what did not become a row. Thread-safe. */
public final class ErrorCounts {
  private final LongAdder rejected = new LongAdder();
  private final LongAdder failed = new LongAdder();
  private final LongAdder empty = new LongAdder();

  void countRejected() {
    rejected.increment();
  }

  void countFailed() {
    failed.increment();
  }

  void countEmpty() {
    empty.increment();
  }

  /** Records that could not be decoded. */
  public long rejected() {
    return rejected.sum();
  }

  /** Rows for which an expression failed. */
  public long failed() {
    return failed.sum();
  }

  /** Records without a value. */
  public long empty() {
    return empty.sum();
  }
}
