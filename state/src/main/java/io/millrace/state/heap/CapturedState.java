package io.millrace.state.heap;

import io.millrace.state.codec.StateWriter;
import java.io.IOException;

/** What a capture took out of one state. Nothing that happens to the state shows in it. */
@FunctionalInterface
interface CapturedState {
  /** Encodes it, once, on any thread. */
  void write(StateWriter out) throws IOException;
}
