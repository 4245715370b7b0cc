package io.millrace.state.heap;

import io.millrace.state.codec.StateReader;
import io.millrace.state.codec.StateSignature;
import io.millrace.state.codec.StateWriter;
import java.io.IOException;

/** One declared state: what the back end does with all kinds alike. */
interface HeapState {
  StateSignature signature();

  void save(StateWriter out) throws IOException;

  /** Fills a state that is empty. {@code saved} fits {@link #signature}. */
  void restore(StateSignature saved, StateReader in) throws IOException;

  /** The number of keys, panes and rows. */
  long entries();
}
