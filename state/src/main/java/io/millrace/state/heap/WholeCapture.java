package io.millrace.state.heap;

import io.millrace.spi.state.StateCapture;
import java.io.DataOutput;
import java.io.IOException;

/** State that was encoded when it was captured. */
final class WholeCapture implements StateCapture {
  private final byte[] bytes;

  WholeCapture(byte[] bytes) {
    this.bytes = bytes;
  }

  @Override
  public boolean isFull() {
    return true;
  }

  @Override
  public boolean isEmpty() {
    return false;
  }

  @Override
  public void write(DataOutput out) throws IOException {
    out.write(bytes);
  }
}
