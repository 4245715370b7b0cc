package io.millrace.spi.state;

/**
 * An ordered time index whose buckets are slot tables: the open panes of a window, by start.
 * Finding the first one costs nothing; a pane that is removed gives its memory to the next one.
 */
public interface Panes {
  boolean isEmpty();

  int size();

  /** The smallest time that has a pane; {@link Long#MAX_VALUE} if there is none. */
  long firstTime();

  /**
   * The smallest time greater than {@code time} that has a pane; {@link Long#MAX_VALUE} if there is
   * none.
   */
  long nextTime(long time);

  /** The pane of a time; it is made if it is not there. Valid until it is removed. */
  SlotTable pane(long time);

  /** Removes the pane of a time and all that it holds, if it is there. */
  void remove(long time);
}
