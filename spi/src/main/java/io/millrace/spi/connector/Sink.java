package io.millrace.spi.connector;

import io.millrace.spi.data.Batch;

/**
 * An open sink. One thread at a time uses it.
 *
 * <p>A sink of a table receives {@code +I} and {@code +U} as upserts of the row and {@code -D} as
 * the deletion of the row's key.
 */
public interface Sink extends AutoCloseable {
  /**
   * Takes the rows of a batch in order. It may keep them in a buffer of bounded size, but not the
   * batch.
   *
   * @throws io.millrace.spi.error.MillraceException if they cannot be written: the job stops
   */
  void write(Batch batch);

  /**
   * Returns when everything written so far is where it belongs and survives the end of this
   * process.
   */
  void flush();

  /** Flushes what is possible and releases everything. May be called at any time, also twice. */
  @Override
  void close();
}
