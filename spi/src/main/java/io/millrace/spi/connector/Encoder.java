package io.millrace.spi.connector;

import io.millrace.spi.data.Batch;

/** Encodes rows as bytes. Used by one thread. */
public interface Encoder {
  /** Bytes that begin a file, such as a CSV header with its line end; empty if there are none. */
  byte[] header();

  /**
   * Appends one row, without anything that separates records. A deletion ({@code -D}) has its key
   * columns only.
   */
  void encode(Batch batch, int row, ByteOutput out);
}
