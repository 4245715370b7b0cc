package io.millrace.state.codec;

import io.millrace.spi.state.StateCodec;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;

/**
 * An object of a field with a codec of its own, framed by its length. It changes in place, so it is
 * captured as its bytes.
 *
 * @param codec the field's own
 * @param savedVersion the version of the codec that wrote what is to be read
 */
record ObjectCodec<V>(StateCodec<V> codec, int savedVersion) implements ValueCodec {
  @SuppressWarnings("unchecked") // the column belongs to the field that declared this codec
  byte[] encode(Object value) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try {
      codec.write((V) value, new DataOutputStream(bytes));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return bytes.toByteArray();
  }

  /** Writes what {@link #encode} gave. */
  @Override
  public void write(Object value, StateWriter out) throws IOException {
    byte[] bytes = (byte[]) value;
    out.writeBytes(bytes, bytes.length);
  }

  @Override
  public Object read(StateReader in) throws IOException {
    byte[] bytes = in.readBytes();
    V value = codec.read(savedVersion, new DataInputStream(new ByteArrayInputStream(bytes)));
    if (value == null) {
      throw StateReader.damaged();
    }
    return value;
  }

  /** Writes and reads the object itself. */
  record Live(ObjectCodec<?> bytes) implements ValueCodec {
    @Override
    public void write(Object value, StateWriter out) throws IOException {
      bytes.write(bytes.encode(value), out);
    }

    @Override
    public Object read(StateReader in) throws IOException {
      return bytes.read(in);
    }
  }

  /** Reads the bytes of an object that {@link Live} wrote. */
  record Encoded() implements ValueCodec {
    @Override
    public void write(Object value, StateWriter out) throws IOException {
      byte[] bytes = (byte[]) value;
      out.writeBytes(bytes, bytes.length);
    }

    @Override
    public Object read(StateReader in) throws IOException {
      return in.readBytes();
    }
  }
}
