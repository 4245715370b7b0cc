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

  /**
   * Says that what has not been written will not be: gives back what is held for that. On any
   * thread; also when all was written.
   */
  default void discard() {}
}
