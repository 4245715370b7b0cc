package io.millrace.engine;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutput;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;

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

  DataInputStream open() {
    return new DataInputStream(new ByteArrayInputStream(bytes));
  }

  /** Writes a snapshot into memory. */
  static Snapshot write(Writer writer) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    try (DataOutputStream data = new DataOutputStream(out)) {
      writer.write(data);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return new Snapshot(out.toByteArray());
  }

  /** Something that can be written. */
  interface Writer {
    void write(DataOutput out) throws IOException;
  }
}
