package io.millrace.spi.connector;

import io.millrace.spi.data.Batch;

/** Encodes rows as bytes. Used by one thread. */
public interface Encoder {
  /** How records are to be told apart in a file; a line end is for the caller to write. */
  Framing framing();

  /** Bytes that begin a file, such as a CSV header with its line end; empty if there are none. */
  byte[] header();

  /**
   * Appends one row, without anything that separates records. A deletion ({@code -D}) of a stream
   * with a key has its key columns only, and its kind.
   */
  void encode(Batch batch, int row, ByteOutput out);
}
