package io.millrace.spi.connector;

/** What a poll of a partition says about the next one. */
public enum PollStatus {
  /** There is more at once. */
  MORE,
  /** There is nothing at the moment. */
  IDLE,
  /** The partition has ended. */
  ENDED
}
