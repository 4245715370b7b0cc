package io.millrace.state.heap;

import io.millrace.spi.state.LongValue;
import io.millrace.state.codec.StateKind;
import io.millrace.state.codec.StateReader;
import io.millrace.state.codec.StateSignature;
import io.millrace.state.codec.StateWriter;
import java.io.IOException;
import java.util.List;

/** A single number. Counts as no entry: it is there from the start. */
final class HeapLongValue implements LongValue, HeapState {
  private final StateSignature signature;
  private long value;

  HeapLongValue(String name) {
    signature = StateSignature.ofRows(name, StateKind.LONG_VALUE, 1, List.of());
  }

  @Override
  public long get() {
    return value;
  }

  @Override
  public void set(long newValue) {
    value = newValue;
  }

  @Override
  public StateSignature signature() {
    return signature;
  }

  @Override
  public void save(StateWriter out) throws IOException {
    out.writeSigned(value);
  }

  @Override
  public void restore(StateSignature saved, StateReader in) throws IOException {
    value = in.readSigned();
  }

  @Override
  public long entries() {
    return 0;
  }
}
