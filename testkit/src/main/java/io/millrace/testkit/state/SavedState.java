package io.millrace.testkit.state;

import io.millrace.spi.state.StateBackend;
import io.millrace.spi.state.StateCapture;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;

/** Saved state in memory: a full capture, and those of what changed since, in order. */
public final class SavedState {
  private final List<byte[]> parts;

  private SavedState(List<byte[]> parts) {
    this.parts = List.copyOf(parts);
  }

  /** Saves a back end in full, between two turns. */
  public static SavedState of(StateBackend backend) {
    return of(backend.capture(true));
  }

  /** A full capture, which is whole, written now. */
  public static SavedState of(StateCapture capture) {
    if (!capture.isFull()) {
      throw new AssertionError("the first capture of a back end is full");
    }
    return new SavedState(List.of()).with(capture);
  }

  /**
   * This and what has changed since.
   *
   * @param backend the one that was saved in this, or that this was restored into
   */
  public SavedState next(StateBackend backend) {
    return with(backend.capture(false));
  }

  /** This and the capture that was taken next, written now. */
  public SavedState with(StateCapture capture) {
    if (capture.isEmpty()) {
      return this;
    }
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    try {
      capture.write(new DataOutputStream(out));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    List<byte[]> all = new ArrayList<>(capture.isFull() ? List.of() : parts);
    all.add(out.toByteArray());
    return new SavedState(all);
  }

  /**
   * Restores a back end on which the states are declared.
   *
   * @throws AssertionError if it does not read all that was saved
   */
  public void restore(StateBackend backend) {
    for (byte[] part : parts) {
      ByteArrayInputStream in = new ByteArrayInputStream(part);
      try {
        backend.restore(new DataInputStream(in));
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
      if (in.available() > 0) {
        throw new AssertionError(
            in.available() + " of " + part.length + " saved bytes were not read");
      }
    }
  }

  /** The number of captures that it consists of. */
  public int length() {
    return parts.size();
  }

  /** The last capture. */
  byte[] last() {
    return parts.get(parts.size() - 1).clone();
  }

  /** What is left when the full capture is lost. */
  SavedState withoutFirst() {
    return new SavedState(parts.subList(1, parts.size()));
  }

  /** The number of bytes. */
  public int size() {
    return parts.stream().mapToInt(part -> part.length).sum();
  }
}
