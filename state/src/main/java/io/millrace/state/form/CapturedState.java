package io.millrace.state.form;

import io.millrace.state.codec.StateWriter;
import java.io.IOException;

/** What a capture took out of one state. Nothing that happens to the state shows in it. */
@FunctionalInterface
public interface CapturedState {
  /** Encodes it, once, on any thread. */
  void write(StateWriter out) throws IOException;
}
