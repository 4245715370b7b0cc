package io.millrace.spi.state;

import io.millrace.spi.snapshot.SnapshotContent;

/**
 * State as it was between two turns, taken out so that it can be written while rows flow. {@link
 * #write} is called at most once, by any thread.
 */
public interface StateCapture extends SnapshotContent {
  /** Whether it stands by itself; else it is what changed since the capture before. */
  boolean isFull();

  /** Whether nothing has changed since the capture before, so that it need not be written. */
  boolean isEmpty();
}
