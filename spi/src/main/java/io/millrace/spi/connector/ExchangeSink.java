package io.millrace.spi.connector;

/**
 * Where a part of a shared job gives records to parts, itself included. Belongs to the authority
 * whose transactions the records are part of, as its other sinks do: records are taken between
 * {@link CommitAuthority#begin} and {@link CommitAuthority#end}, by the thread that writes.
 */
public interface ExchangeSink {
  /**
   * Sends a record. The records of one interval, and of one behind the other, come to a part in the
   * order in which they were sent to it.
   *
   * @param part the number of the part that gets it
   * @param record the record; the caller does not change it any more
   * @throws io.millrace.spi.error.MillraceException if it cannot be written: the job stops
   */
  void send(int part, byte[] record);
}
