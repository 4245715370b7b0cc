package io.millrace.spi.state;

import java.io.DataInput;
import java.io.IOException;

/**
 * Provides the state of one operator instance, takes it out for snapshots and restores it. One
 * thread at a time.
 *
 * <p>Life: states are obtained once each through {@link StateContext}; {@link #restore}, if there
 * is something to restore, comes after that and before the first row; {@link #capture} comes
 * between two turns; {@link #close} is the last call, and captures are written before it.
 */
public interface StateBackend extends StateContext, AutoCloseable {
  /**
   * Takes the state out, in a versioned form of which nothing depends on the machine. Costs what
   * has changed, or, if {@code full}, what is there.
   *
   * @param full whether it must stand by itself; else it is what changed since the capture before,
   *     or since the restore. The first capture of a new backend is full in any case.
   */
  StateCapture capture(boolean full);

  /**
   * As {@link #capture}, but of what is to be taken out some may be left: {@link
   * StateCapture#takeMore} takes it, while turns run between its calls. It holds what was there at
   * this moment all the same. Another capture may begin before it is whole, which makes it so.
   */
  default StateCapture beginCapture(boolean full) {
    return capture(full);
  }

  /**
   * As a full {@link #capture}, of a backend that is of no more use then: it may be read where it
   * is while the capture is written, so that it need not be in memory twice. Only {@link #close} is
   * called afterwards.
   */
  default StateCapture drain() {
    return capture(true);
  }

  /**
   * Reads what a capture of this or an earlier version wrote: first a full one, then, in order,
   * those of what changed since. Captures go on from there; a full one taken right behind it is the
   * whole chain merged into one, which those that follow the chain continue.
   *
   * @throws io.millrace.spi.error.MillraceException if what was saved does not fit the declared
   *     state, in which case it names both, or if a capture between is missing
   */
  void restore(DataInput in) throws IOException;

  /** The number of keys, panes and rows held in all states: 0 when nothing is left. */
  long entries();

  /** Gives back what it holds outside of the heap. Nothing else is called afterwards. */
  @Override
  void close();
}
