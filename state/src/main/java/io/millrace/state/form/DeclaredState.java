package io.millrace.state.form;

import io.millrace.state.codec.StateReader;
import io.millrace.state.codec.StateSignature;
import java.io.IOException;

/** One declared state: what the back end does with all kinds alike. */
public interface DeclaredState {
  StateSignature signature();

  /** Whether something has changed since the last capture, or since it was made or restored. */
  boolean isChanged();

  /**
   * Begins to take out what has changed since the last capture, or, if {@code full}, what there is.
   * Nothing counts as changed afterwards. What another capture took is whole by then.
   */
  CapturedState capture(boolean full);

  /**
   * Takes out what there is, of a state that is of no more use then: it may be read while that is
   * written.
   */
  default CapturedState drain() {
    return capture(true);
  }

  /**
   * Reads what a capture wrote: into an empty state what there was, later what changed. Nothing
   * counts as changed afterwards.
   *
   * @param saved what it was saved under; it fits {@link #signature}
   */
  void restore(StateSignature saved, StateReader in) throws IOException;

  /** The number of keys, panes and rows. */
  long entries();

  /** Gives back what it holds outside of the heap, which may be nothing. */
  default void close() {}
}
