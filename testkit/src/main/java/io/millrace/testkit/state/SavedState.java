package io.millrace.testkit.state;

import io.millrace.spi.state.StateBackend;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;

/** Saved state in memory. */
public final class SavedState {
  private final byte[] bytes;

  private SavedState(byte[] bytes) {
    this.bytes = bytes;
  }

  /** Saves a back end, between two turns. */
  public static SavedState of(StateBackend backend) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    try {
      backend.capture(true).write(new DataOutputStream(out));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return new SavedState(out.toByteArray());
  }

  /**
   * Restores a back end on which the states are declared.
   *
   * @throws AssertionError if it does not read all that was saved
   */
  public void restore(StateBackend backend) {
    ByteArrayInputStream in = new ByteArrayInputStream(bytes);
    try {
      backend.restore(new DataInputStream(in));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    if (in.available() > 0) {
      throw new AssertionError(
          in.available() + " of " + bytes.length + " saved bytes were not read");
    }
  }

  public int size() {
    return bytes.length;
  }

  byte[] bytes() {
    return bytes.clone();
  }
}
