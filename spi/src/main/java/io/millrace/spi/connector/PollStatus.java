package io.millrace.spi.connector;

/** What a poll of a partition says about the next one. */
public enum PollStatus {
  /** There is more, at once or soon: the partition is not silent. */
  MORE,
  /** There is nothing at the moment: all that the partition has was taken. */
  IDLE,
  /** The partition has ended. */
  ENDED
}
