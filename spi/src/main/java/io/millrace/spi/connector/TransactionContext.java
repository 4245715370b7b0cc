package io.millrace.spi.connector;

import java.time.Duration;
import java.util.Optional;

/** What the transactions of a job may use of the engine. */
public interface TransactionContext {
  /** The name of the job, of which transactional ids and the like are made. */
  String job();

  /** What the sink of a stream may use. */
  SinkContext sink(StreamDefinition stream);

  /** The longest time for which a transaction may be open: an interval and its snapshot. */
  Duration longestTransaction();

  /**
   * The part of a shared job that writes; empty if the job is not shared. Each part is taken over,
   * and commits, without regard to the others.
   */
  default Optional<JobPart> part() {
    return Optional.empty();
  }
}
