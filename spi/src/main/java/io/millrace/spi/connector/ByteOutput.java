package io.millrace.spi.connector;

import java.io.OutputStream;
import java.util.Arrays;

/** A growing array of bytes that can be emptied and used again. Used by one thread. */
public final class ByteOutput extends OutputStream {
  private byte[] bytes;
  private int size;

  public ByteOutput(int capacity) {
    bytes = new byte[Math.max(16, capacity)];
  }

  @Override
  public void write(int value) {
    reserve(1);
    bytes[size++] = (byte) value;
  }

  @Override
  public void write(byte[] source) {
    write(source, 0, source.length);
  }

  @Override
  public void write(byte[] source, int offset, int length) {
    reserve(length);
    System.arraycopy(source, offset, bytes, size, length);
    size += length;
  }

  /**
   * Makes room for {@code more} bytes and gives the array, to be written from {@link #size()} on,
   * then {@link #advance}.
   */
  public byte[] reserve(int more) {
    if (bytes.length - size < more) {
      bytes = Arrays.copyOf(bytes, Math.max(size + more, 2 * bytes.length));
    }
    return bytes;
  }

  public void advance(int count) {
    size += count;
  }

  /** The array; {@code [0, size())} is written. */
  public byte[] array() {
    return bytes;
  }

  public int size() {
    return size;
  }

  public byte[] toByteArray() {
    return Arrays.copyOf(bytes, size);
  }

  /** Forgets what is behind {@code newSize}. */
  public void truncate(int newSize) {
    size = newSize;
  }

  public void clear() {
    size = 0;
  }
}
