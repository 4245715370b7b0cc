package io.millrace.spi.connector;

import java.time.Duration;

/** What the transactions of a job may use of the engine. */
public interface TransactionContext {
  /** The name of the job, of which transactional ids and the like are made. */
  String job();

  /** What the sink of a stream may use. */
  SinkContext sink(StreamDefinition stream);

  /** The longest time for which a transaction may be open: an interval and its snapshot. */
  Duration longestTransaction();
}
