package io.millrace.spi.connector;

/** What a source gives again when it is opened anew, after a crash as after an ordinary end. */
public enum Replay {
  /** The same records, in the same order, from a position that it gave. */
  FROM_POSITION,
  /**
   * All records that were not acknowledged, in any order; {@link Source#seek} is not called. They
   * are acknowledged when what came of them is committed: so none is lost, and those that were
   * committed and not acknowledged any more come twice.
   */
  UNACKNOWLEDGED,
  /** Nothing: a job cannot go on from a snapshot without losing records. */
  NOTHING
}
