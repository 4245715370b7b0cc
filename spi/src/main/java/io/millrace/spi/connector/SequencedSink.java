package io.millrace.spi.connector;

import io.millrace.spi.data.Batch;

/**
 * A sink that can number its rows, so that who reads them recognizes rows that are written again
 * after a restart. The engine numbers only where a replay gives the same rows in the same order.
 */
public interface SequencedSink extends Sink {
  /**
   * Takes the rows of a batch in order, as {@link #write(Batch)} does, and writes a number with
   * each: row {@code i} has {@code firstSequence + i}, also if a row before it leaves nothing
   * behind, such as the old one of an update.
   *
   * @param firstSequence not negative
   * @throws io.millrace.spi.error.MillraceException if they cannot be written: the job stops
   */
  void write(Batch batch, long firstSequence);
}
