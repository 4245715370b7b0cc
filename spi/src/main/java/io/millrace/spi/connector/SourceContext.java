package io.millrace.spi.connector;

import io.millrace.spi.time.Clock;
import java.util.Optional;

/** What a source may use of the engine. */
public interface SourceContext {
  /** The name of the job, of which group ids and the like are made. */
  String job();

  Clock clock();

  /**
   * A decoder for the stream's format; one per thread. For connectors whose records are bytes.
   *
   * @throws io.millrace.spi.error.MillraceException if the stream names none
   */
  Decoder decoder();

  /** The part of a shared job that reads; empty if the job is not shared and reads everything. */
  default Optional<JobPart> part() {
    return Optional.empty();
  }
}
