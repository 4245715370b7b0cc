package io.millrace.testkit.state;

import io.millrace.spi.state.StateCodec;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;

/** Texts, with the version that wrote them if it is an older one. */
record TextCodec(int version) implements StateCodec<String> {
  @Override
  public void write(String value, DataOutput out) throws IOException {
    out.writeUTF(value);
  }

  @Override
  public String read(int saved, DataInput in) throws IOException {
    String text = in.readUTF();
    return saved == version ? text : text + " read as of version " + saved;
  }
}
