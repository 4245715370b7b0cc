package io.millrace.spi.text;

import io.millrace.spi.connector.ByteOutput;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;

/** UTF-8 as Unicode defines it: shortest forms only, no surrogates, nothing above U+10FFFF. */
public final class Utf8 {
  private static final VarHandle LONGS =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);
  private static final long HIGH_BITS = 0x8080808080808080L;

  private Utf8() {}

  /** Whether all bytes are below 128. */
  public static boolean isAscii(byte[] bytes, int offset, int length) {
    return asciiPrefix(bytes, offset, length) == length;
  }

  /** The index in {@code [0, length]} of the first byte that begins no character; -1 if all do. */
  public static int findInvalid(byte[] bytes, int offset, int length) {
    int end = offset + length;
    int at = offset + asciiPrefix(bytes, offset, length);
    while (at < end) {
      if (bytes[at] >= 0) {
        at++;
        continue;
      }
      int size = sequenceLength(bytes, at, end);
      if (size == 0) {
        return at - offset;
      }
      at += size;
    }
    return -1;
  }

  /** The number of bytes before the first one that is not ASCII, at least up to eight near it. */
  private static int asciiPrefix(byte[] bytes, int offset, int length) {
    int at = offset;
    int end = offset + length;
    while (at + Long.BYTES <= end && ((long) LONGS.get(bytes, at) & HIGH_BITS) == 0) {
      at += Long.BYTES;
    }
    while (at < end && bytes[at] >= 0) {
      at++;
    }
    return at - offset;
  }

  /** The length of the sequence at {@code at}, whose first byte is not ASCII; 0 if it is none. */
  private static int sequenceLength(byte[] bytes, int at, int end) {
    int first = bytes[at] & 0xFF;
    if (first < 0xC2 || first > 0xF4) {
      return 0;
    }
    int size = first < 0xE0 ? 2 : first < 0xF0 ? 3 : 4;
    if (at + size > end) {
      return 0;
    }
    int second = bytes[at + 1] & 0xFF;
    int lowest = first == 0xE0 ? 0xA0 : first == 0xF0 ? 0x90 : 0x80;
    int highest = first == 0xED ? 0x9F : first == 0xF4 ? 0x8F : 0xBF;
    if (second < lowest || second > highest) {
      return 0;
    }
    for (int i = 2; i < size; i++) {
      if ((bytes[at + i] & 0xC0) != 0x80) {
        return 0;
      }
    }
    return size;
  }

  /**
   * Decodes valid bytes.
   *
   * @param chars has room for {@code length} characters
   * @return the number of characters
   */
  public static int decode(byte[] bytes, int offset, int length, char[] chars) {
    int plain = asciiPrefix(bytes, offset, length);
    for (int i = 0; i < plain; i++) {
      chars[i] = (char) bytes[offset + i];
    }
    if (plain == length) {
      return length;
    }
    String rest = new String(bytes, offset + plain, length - plain, StandardCharsets.UTF_8);
    rest.getChars(0, rest.length(), chars, plain);
    return plain + rest.length();
  }

  /** Appends a text; a lone surrogate becomes a question mark. */
  public static void write(String text, ByteOutput out) {
    int length = text.length();
    byte[] bytes = out.reserve(3 * length);
    int start = out.size();
    int at = start;
    for (int i = 0; i < length; i++) {
      char c = text.charAt(i);
      if (c < 0x80) {
        bytes[at++] = (byte) c;
      } else if (Character.isHighSurrogate(c)
          && i + 1 < length
          && Character.isLowSurrogate(text.charAt(i + 1))) {
        at = put(bytes, at, Character.toCodePoint(c, text.charAt(++i)));
      } else {
        at = put(bytes, at, Character.isSurrogate(c) ? '?' : c);
      }
    }
    out.advance(at - start);
  }

  /**
   * Puts a code point at {@code at}, where up to four bytes are free, and gives the index behind.
   */
  public static int put(byte[] bytes, int at, int codePoint) {
    if (codePoint < 0x80) {
      bytes[at] = (byte) codePoint;
      return at + 1;
    }
    if (codePoint < 0x800) {
      bytes[at] = (byte) (0xC0 | (codePoint >> 6));
      bytes[at + 1] = (byte) (0x80 | (codePoint & 0x3F));
      return at + 2;
    }
    if (codePoint < 0x10000) {
      bytes[at] = (byte) (0xE0 | (codePoint >> 12));
      bytes[at + 1] = (byte) (0x80 | ((codePoint >> 6) & 0x3F));
      bytes[at + 2] = (byte) (0x80 | (codePoint & 0x3F));
      return at + 3;
    }
    bytes[at] = (byte) (0xF0 | (codePoint >> 18));
    bytes[at + 1] = (byte) (0x80 | ((codePoint >> 12) & 0x3F));
    bytes[at + 2] = (byte) (0x80 | ((codePoint >> 6) & 0x3F));
    bytes[at + 3] = (byte) (0x80 | (codePoint & 0x3F));
    return at + 4;
  }
}
