package io.millrace.spi.data;

import java.util.Arrays;
import java.util.HexFormat;

/**
 * An immutable sequence of bytes, equal by content, so that BYTES may be a key. Ordered as unsigned
 * bytes.
 */
public final class Bytes implements Comparable<Bytes> {
  private final byte[] content;

  private Bytes(byte[] content) {
    this.content = content;
  }

  /** The bytes of a copy of {@code content}. */
  public static Bytes copyOf(byte[] content) {
    return new Bytes(content.clone());
  }

  /** The bytes {@code [from, to)} of {@code content}, copied. */
  public static Bytes copyOf(byte[] content, int from, int to) {
    return new Bytes(Arrays.copyOfRange(content, from, to));
  }

  /** Takes the array over: the caller must not change it any more. */
  public static Bytes wrap(byte[] content) {
    return new Bytes(content);
  }

  public int length() {
    return content.length;
  }

  public byte at(int index) {
    return content[index];
  }

  public byte[] toArray() {
    return content.clone();
  }

  /** The array itself, to be read only. */
  public byte[] unsafeArray() {
    return content;
  }

  @Override
  public int compareTo(Bytes other) {
    return Arrays.compareUnsigned(content, other.content);
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Bytes bytes && Arrays.equals(content, bytes.content);
  }

  @Override
  public int hashCode() {
    return Arrays.hashCode(content);
  }

  /** Hexadecimal digits. */
  @Override
  public String toString() {
    return HexFormat.of().formatHex(content);
  }
}
