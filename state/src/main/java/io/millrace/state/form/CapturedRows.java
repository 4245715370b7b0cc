package io.millrace.state.form;

import io.millrace.state.codec.StateWriter;
import java.io.IOException;

/** Rows that were taken out of a state, in chunks of 1,024, the last one of fewer. */
public interface CapturedRows {
  /** How many rows the next chunk has; 0 if all are written. */
  int nextCount();

  /** Writes the next chunk and forgets it. */
  void writeNext(StateWriter out) throws IOException;
}
