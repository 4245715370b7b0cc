package io.millrace.spi.state;

import io.millrace.spi.snapshot.SnapshotContent;

/**
 * State as it was between two turns, taken out so that it can be written while rows flow. {@link
 * #write} is called at most once, by any thread, when all is taken out.
 */
public interface StateCapture extends SnapshotContent {
  /** Whether it stands by itself; else it is what changed since the capture before. */
  boolean isFull();

  /**
   * Whether it is one of what changed, and nothing has, so that it need not be written. One that
   * stands by itself is never empty.
   */
  boolean isEmpty();

  /**
   * Takes more out of the state, if not all was taken out at its moment. Called by the thread of
   * the state, between two turns.
   *
   * @param rows how much; one row, or what costs as much, counts as one
   * @return how much it took, maybe more: if it is less, all is out
   */
  default int takeMore(int rows) {
    return 0;
  }
}
