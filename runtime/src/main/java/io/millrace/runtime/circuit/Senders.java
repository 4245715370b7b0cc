package io.millrace.runtime.circuit;

import io.millrace.spi.time.Timeline;
import java.util.Arrays;
import java.util.function.IntToLongFunction;

/**
 * What the parts that send the rows of an entry, one for each of its partitions, have said of their
 * silence; and how far this part, which sends to them as they send to it, has said that others have
 * come while it was idle itself. No part is ever left out by those that read: an idle one says
 * itself how far it has come, and is late by that when it speaks again.
 */
final class Senders {
  private final boolean[] idle;
  private long echoed = Timeline.NEVER;

  Senders(int count) {
    this.idle = new boolean[count];
  }

  /** A sender has sent rows. */
  void speaks(int sender) {
    idle[sender] = false;
  }

  /** A sender has said whether it is idle. */
  void hear(int sender, boolean isIdle) {
    idle[sender] = isIdle;
  }

  boolean isIdle(int sender) {
    return idle[sender];
  }

  /** The greatest watermark that was said while idle. */
  long echoed() {
    return echoed;
  }

  /**
   * Finds out what an idle part is to say, as what merges inputs leaves idle ones out: the smallest
   * watermark of the others that are not idle; if none is left, the greatest of those that are.
   *
   * @param own the number of the part itself, whose own watermark the caller knows better
   * @param watermarks by sender
   */
  void echo(int own, IntToLongFunction watermarks) {
    long smallest = Timeline.END;
    long greatest = Timeline.NEVER;
    for (int sender = 0; sender < idle.length; sender++) {
      if (sender != own) {
        long watermark = watermarks.applyAsLong(sender);
        smallest = idle[sender] ? smallest : Math.min(smallest, watermark);
        greatest = idle[sender] ? Math.max(greatest, watermark) : greatest;
      }
    }
    echoed = Math.max(echoed, smallest == Timeline.END ? greatest : smallest);
  }

  /** Sets what had been said. */
  void restore(long said) {
    echoed = said;
  }

  /** Begins anew. */
  void reset() {
    Arrays.fill(idle, false);
    echoed = Timeline.NEVER;
  }
}
