package io.millrace.spi.connector;

import java.time.Duration;

/**
 * The place of this process among those that share a job: parts are spread over all of them, each
 * is run by one at a time. Used by one thread.
 */
public interface JobMembership extends AutoCloseable {
  /** How many parts the job has; that never changes. */
  int parts();

  /**
   * Takes part in the spreading of parts, and says what has changed for this process. To be called
   * again at once: who does not for long is taken for dead.
   *
   * @param timeout how long to wait for changes
   * @param moves called by this thread, before this returns
   * @throws io.millrace.spi.error.MillraceException if this process cannot be one of them
   */
  void poll(Duration timeout, PartMoves moves);

  /** Leaves, so that others are given the parts at once. None of them may run here any more. */
  @Override
  void close();
}
