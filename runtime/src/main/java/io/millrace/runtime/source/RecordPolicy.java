package io.millrace.runtime.source;

import io.millrace.spi.connector.RecordOrigin;

/** What becomes of a record that is no row. Called by the thread that polls. */
public interface RecordPolicy {
  /**
   * A record cannot be decoded, or its row has no valid time.
   *
   * @throws io.millrace.spi.error.MillraceException if the job is to stop
   */
  void rejected(
      RecordOrigin origin, long recordTime, byte[] bytes, int offset, int length, String error);

  /** A record has no value. */
  void empty();
}
