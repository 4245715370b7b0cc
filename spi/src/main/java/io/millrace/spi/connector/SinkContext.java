package io.millrace.spi.connector;

import io.millrace.spi.time.Clock;

/** What a sink may use of the engine. */
public interface SinkContext {
  /** The name of the job, of which transactional ids and the like are made. */
  String job();

  Clock clock();

  /** An encoder for the stream's format. */
  Encoder encoder();

  /**
   * Whether rows of a change log come with their kind ({@code WITH RETRACTIONS}), to be shown as
   * {@code ROW_KIND}.
   */
  boolean showsRowKind();
}
