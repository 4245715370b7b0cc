package io.millrace.testkit.state;

import io.millrace.spi.state.StateCodec;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;

/** A text that changes in place. */
record MutableTextCodec() implements StateCodec<StringBuilder> {
  @Override
  public int version() {
    return 1;
  }

  @Override
  public void write(StringBuilder value, DataOutput out) throws IOException {
    out.writeUTF(value.toString());
  }

  @Override
  public StringBuilder read(int saved, DataInput in) throws IOException {
    return new StringBuilder(in.readUTF());
  }
}
