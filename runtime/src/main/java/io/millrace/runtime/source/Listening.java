package io.millrace.runtime.source;

import io.millrace.spi.time.Timeline;

/**
 * For how long a partition has had nothing, as whoever polls it sees it: what waits in it, or for
 * its turn, is not silence, however long the turns of others take. What comes while nobody listens
 * may be seen by a later poll only; so silence begins anew after a pause.
 */
final class Listening {
  /** The part of the time-out for which nobody may listen. */
  private static final int PAUSE_PART = 4;

  private final long timeout;

  /** Since when it has had nothing; {@code NEVER} where it had something. */
  private long since = Timeline.NEVER;

  /** Until when somebody has listened. */
  private long until = Timeline.NEVER;

  private boolean isOver;

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
  }

  /**
   * The source has been waited for since the last poll, which is no pause.
   *
   * @param now by the clock
   */
  void waited(long now) {
    until = now;
  }

  /**
   * The partition has nothing.
   *
   * @param now by the clock
   * @return whether it has had nothing for as long as the time-out; true once until it has
   *     something
   */
  boolean isTimedOut(long now) {
    if (since == Timeline.NEVER || now - until > timeout / PAUSE_PART) {
      since = now;
    }
    until = now;
    if (timeout == 0 || isOver || now - since < timeout) {
      return false;
    }
    isOver = true;
    return true;
  }
}
