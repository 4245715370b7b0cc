package io.millrace.engine;

import io.millrace.runtime.commit.JobImage;

/** The state of a job between two turns: watermarks and the state of its operators. Immutable. */
public final class Snapshot {
  private final byte[] bytes;

  private Snapshot(byte[] bytes) {
    this.bytes = bytes;
  }

  /** A snapshot that was kept as bytes. */
  public static Snapshot ofBytes(byte[] bytes) {
    return new Snapshot(bytes.clone());
  }

  /** The snapshot as bytes, to be kept. */
  public byte[] toBytes() {
    return bytes.clone();
  }

  JobImage image() {
    return JobImage.ofBytes(bytes);
  }
}
