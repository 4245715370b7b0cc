package io.millrace.spi.snapshot;

import java.io.DataOutput;
import java.io.IOException;

/** Bytes of a snapshot that are made while they are written. */
@FunctionalInterface
public interface SnapshotContent {
  /**
   * Writes the bytes, once.
   *
   * @throws IOException only what {@code out} throws
   */
  void write(DataOutput out) throws IOException;
}
