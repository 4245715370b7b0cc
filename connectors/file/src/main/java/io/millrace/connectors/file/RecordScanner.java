package io.millrace.connectors.file;

import io.millrace.spi.connector.Framing;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/**
 * Finds where a record ends, over as many blocks as it takes. Lines are searched eight bytes at a
 * time (Mycroft's test for a zero byte in a word). Used by one thread.
 */
final class RecordScanner {
  private static final VarHandle LONGS =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);
  private static final long LINE_FEEDS = 0x0A0A0A0A0A0A0A0AL;
  private static final long ONES = 0x0101010101010101L;
  private static final long HIGH_BITS = 0x8080808080808080L;
  private static final int NOT_FOUND = -1;

  private final Framing framing;
  private boolean atFieldStart = true;
  private boolean inQuotes;
  private int innerLines;

  RecordScanner(Framing framing) {
    this.framing = framing;
  }

  /** Forgets the record that was begun. */
  void beginRecord() {
    atFieldStart = true;
    inQuotes = false;
    innerLines = 0;
  }

  /** The line feeds inside the record so far. */
  int innerLines() {
    return innerLines;
  }

  /**
   * The index in {@code [from, to)} of the line feed that ends the record, or -1; then the next
   * call goes on at {@code to}.
   */
  int findEnd(byte[] bytes, int from, int to) {
    return switch (framing.kind()) {
      case LINES -> findLineFeed(bytes, from, to);
      case QUOTED_LINES -> findUnquotedLineFeed(bytes, from, to);
      case WHOLE -> NOT_FOUND;
    };
  }

  static int findLineFeed(byte[] bytes, int from, int to) {
    int at = from;
    while (at + Long.BYTES <= to) {
      long word = (long) LONGS.get(bytes, at) ^ LINE_FEEDS;
      long found = (word - ONES) & ~word & HIGH_BITS;
      if (found != 0) {
        return at + (Long.numberOfTrailingZeros(found) >>> 3);
      }
      at += Long.BYTES;
    }
    while (at < to) {
      if (bytes[at] == '\n') {
        return at;
      }
      at++;
    }
    return NOT_FOUND;
  }

  /** A doubled quote closes a field and opens it again, which comes to the same. */
  private int findUnquotedLineFeed(byte[] bytes, int from, int to) {
    char quote = framing.quote();
    char delimiter = framing.delimiter();
    for (int i = from; i < to; i++) {
      byte c = bytes[i];
      if (inQuotes) {
        if (c == quote) {
          inQuotes = false;
          atFieldStart = true;
        } else if (c == '\n') {
          innerLines++;
        }
      } else if (c == '\n') {
        return i;
      } else if (c == quote && atFieldStart) {
        inQuotes = true;
      } else {
        atFieldStart = c == delimiter;
      }
    }
    return NOT_FOUND;
  }
}
