package io.millrace.spi.state;

import io.millrace.spi.snapshot.SnapshotContent;

/**
 * State as it was between two turns, taken out so that it can be written while rows flow. {@link
 * #write} is called at most once, by any thread.
 */
public interface StateCapture extends SnapshotContent {
  /** Whether it stands by itself; else it is what changed since the capture before. */
  boolean isFull();

  /**
   * Whether it is one of what changed, and nothing has, so that it need not be written. One that
   * stands by itself is never empty.
   */
  boolean isEmpty();
}
