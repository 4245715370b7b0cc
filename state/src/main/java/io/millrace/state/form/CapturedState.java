package io.millrace.state.form;

import io.millrace.state.codec.StateWriter;
import java.io.IOException;

/**
 * What a capture takes out of one state: at once, or little by little. Nothing that happens to the
 * state behind the moment of the capture shows in it.
 */
@FunctionalInterface
public interface CapturedState {
  /**
   * Takes more out, between two turns; before that, what changes in the state is taken out first.
   *
   * @param rows how much; one row, or what costs as much, counts as one
   * @return how much it took: if it is less, all is out
   */
  default int takeMore(int rows) {
    return 0;
  }

  /** Encodes it when all is out, once, on any thread. */
  void write(StateWriter out) throws IOException;

  /** Gives back what it holds, instead of {@link #write}; on any thread. */
  default void discard() {}
}
