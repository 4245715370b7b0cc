package io.millrace.runtime.source;

import io.millrace.spi.time.Timeline;

/**
 * For how long a partition has had nothing, as whoever polls it sees it: what waits in it, or for
 * its turn, is not silence, however long the turns of others take.
 */
final class Listening {
  private final long timeout;

  /** When it was found to have nothing; {@code NEVER} where it had something. */
  private long since = Timeline.NEVER;

  /** When it was polled last. */
  private long polled = Timeline.NEVER;

  private boolean isOver;

  /** Whether there was a pause in the polls as long as the time-out, and one more poll since. */
  private boolean isDoubted;

  /**
   * @param timeout in milliseconds; 0 for never
   */
  Listening(long timeout) {
    this.timeout = timeout;
  }

  /** The partition has something. */
  void hear() {
    since = Timeline.NEVER;
    isOver = false;
    isDoubted = false;
  }

  /**
   * The partition has nothing.
   *
   * @param now by the clock
   * @return whether it has had nothing for as long as the time-out; true once until it has
   *     something
   */
  boolean isTimedOut(long now) {
    if (since == Timeline.NEVER) {
      since = now;
      polled = now;
    }
    boolean isDoubtful = !isDoubted && now - polled >= timeout;
    polled = now;
    if (timeout == 0 || isOver || now - since < timeout) {
      return false;
    }
    if (isDoubtful) { // what has come while nobody asked may be seen by the next poll only
      isDoubted = true;
      return false;
    }
    isOver = true;
    return true;
  }
}
