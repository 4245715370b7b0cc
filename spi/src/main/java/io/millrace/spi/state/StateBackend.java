package io.millrace.spi.state;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;

/**
 * Provides the state of one operator instance, and saves and restores it. One thread at a time.
 *
 * <p>Life: states are obtained once each through {@link StateContext}; {@link #restore}, if there
 * is something to restore, comes after that and before the first row; {@link #save} comes between
 * two turns.
 */
public interface StateBackend extends StateContext {
  /** Writes all state, in a versioned form of which nothing depends on the machine. */
  void save(DataOutput out) throws IOException;

  /**
   * Reads what {@link #save} wrote, by this or an earlier version.
   *
   * @throws io.millrace.spi.error.MillraceException if what was saved does not fit the declared
   *     state; it names both
   */
  void restore(DataInput in) throws IOException;

  /** The number of keys, panes and rows held in all states: 0 when nothing is left. */
  long entries();
}
