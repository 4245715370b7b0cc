package io.millrace.formats.json;

import static java.nio.charset.StandardCharsets.US_ASCII;

import io.millrace.spi.connector.ByteOutput;
import io.millrace.spi.text.Utf8;

/** Writes strings as JSON (RFC 8259, section 7): with the escapes that are needed and no more. */
final class JsonStrings {
  private static final int SLICE = 1_024;
  private static final int LONGEST_ESCAPE = 6;
  private static final byte[] HEX = "0123456789abcdef".getBytes(US_ASCII);

  /** For each ASCII character whether it stands for itself. */
  private static final boolean[] PLAIN = new boolean[128];

  static {
    for (int c = ' '; c < 128; c++) {
      PLAIN[c] = c != '"' && c != '\\';
    }
  }

  private JsonStrings() {}

  static void write(String text, ByteOutput out) {
    int length = text.length();
    byte[] bytes = out.reserve(length + 2);
    int start = out.size();
    int at = start;
    bytes[at++] = '"';
    int i = 0;
    while (i < length) {
      char c = text.charAt(i);
      if (c >= 128 || !PLAIN[c]) {
        break;
      }
      bytes[at++] = (byte) c;
      i++;
    }
    out.advance(at - start);
    while (i < length) {
      i = writeSlice(text, i, Math.min(length, i + SLICE), out);
    }
    out.write('"');
  }

  /** Writes {@code [from, to)}, and one more where a surrogate pair crosses the end. */
  private static int writeSlice(String text, int from, int to, ByteOutput out) {
    byte[] bytes = out.reserve(LONGEST_ESCAPE * (to - from));
    int start = out.size();
    int at = start;
    int i = from;
    while (i < to) {
      char c = text.charAt(i++);
      if (c < 128) {
        if (PLAIN[c]) {
          bytes[at++] = (byte) c;
        } else {
          at = escape(bytes, at, c);
        }
      } else if (!Character.isSurrogate(c)) {
        at = Utf8.put(bytes, at, c);
      } else if (Character.isHighSurrogate(c)
          && i < text.length()
          && Character.isLowSurrogate(text.charAt(i))) {
        at = Utf8.put(bytes, at, Character.toCodePoint(c, text.charAt(i++)));
      } else {
        at = escapeHex(bytes, at, c);
      }
    }
    out.advance(at - start);
    return i;
  }

  private static int escape(byte[] bytes, int at, char c) {
    int letter =
        switch (c) {
          case '"', '\\' -> c;
          case '\n' -> 'n';
          case '\r' -> 'r';
          case '\t' -> 't';
          case '\b' -> 'b';
          case '\f' -> 'f';
          default -> 0;
        };
    if (letter == 0) {
      return escapeHex(bytes, at, c);
    }
    bytes[at] = '\\';
    bytes[at + 1] = (byte) letter;
    return at + 2;
  }

  private static int escapeHex(byte[] bytes, int at, char c) {
    bytes[at] = '\\';
    bytes[at + 1] = 'u';
    for (int i = 0; i < 4; i++) {
      bytes[at + 2 + i] = HEX[c >> (12 - 4 * i) & 0xF];
    }
    return at + LONGEST_ESCAPE;
  }
}
