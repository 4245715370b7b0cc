package io.millrace.engine;

/** A subscription to the rows of a stream. Thread-safe. */
@FunctionalInterface
public interface Subscription extends AutoCloseable {
  /** Ends it; rows of a turn that is running may still come. */
  @Override
  void close();
}
