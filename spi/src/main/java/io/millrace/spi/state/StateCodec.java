package io.millrace.spi.state;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;

/**
 * Writes and reads an object of an operator's state. Has no state of its own; used by one thread at
 * a time.
 */
public interface StateCodec<V> {
  /** Rises when the bytes change; {@link #read} understands all versions up to this one. */
  int version();

  void write(V value, DataOutput out) throws IOException;

  V read(int version, DataInput in) throws IOException;
}
