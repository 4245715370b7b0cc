package io.millrace.spi.connector;

import io.millrace.spi.time.Clock;
import java.io.PrintStream;
import java.util.Optional;

/** What a sink may use of the engine. */
public interface SinkContext {
  /** The name of the job, of which transactional ids and the like are made. */
  String job();

  Clock clock();

  /**
   * An encoder for the stream's format.
   *
   * @throws io.millrace.spi.error.MillraceException if the stream names none
   */
  Encoder encoder();

  /**
   * Whether the job goes on from a snapshot, so that what it wrote before must be kept: a sink that
   * overwrites appends instead.
   */
  boolean resumes();

  /** Where rows for people go, if the embedding program said so; else to standard output. */
  Optional<PrintStream> console();

  /**
   * Whether rows of a change log come with their kind ({@code WITH RETRACTIONS}), to be shown as
   * {@code ROW_KIND}.
   */
  boolean showsRowKind();
}
