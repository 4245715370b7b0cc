package io.millrace.state.form;

import io.millrace.spi.state.LongValue;
import io.millrace.state.codec.StateKind;
import io.millrace.state.codec.StateReader;
import io.millrace.state.codec.StateSignature;
import java.io.IOException;
import java.util.List;

/** A single number. Counts as no entry: it is there from the start. */
public final class DeclaredLong implements LongValue, DeclaredState {
  private final StateSignature signature;
  private long value;
  private long captured;

  public DeclaredLong(String name) {
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
  public boolean isChanged() {
    return value != captured;
  }

  @Override
  public CapturedState capture(boolean full) {
    long taken = value;
    captured = taken;
    return out -> out.writeSigned(taken);
  }

  @Override
  public void restore(StateSignature saved, StateReader in) throws IOException {
    value = in.readSigned();
    captured = value;
  }

  @Override
  public long entries() {
    return 0;
  }
}
