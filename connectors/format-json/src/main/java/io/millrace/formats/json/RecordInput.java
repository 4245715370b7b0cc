package io.millrace.formats.json;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.io.InputStream;

/**
 * Gives a parser the bytes of one record after the other. The end of a record is the end of the
 * stream until the next one is set, so that no token crosses records. Blanks follow each record,
 * since Jackson reads names and numbers by a slower way where its buffer ends soon.
 */
final class RecordInput extends InputStream {
  /** What a parser reads first, to see that the encoding is UTF-8, and behind each record. */
  private static final byte[] BLANKS = "                ".getBytes(US_ASCII);

  private byte[] bytes = BLANKS;
  private int at;
  private int end = BLANKS.length;
  private int blanks;
  private long start;
  private long given;

  void set(byte[] record, int offset, int length) {
    bytes = record;
    at = offset;
    end = offset + length;
    blanks = 0;
    start = given;
  }

  /** The position of the record in all that was set: what the parser counts from. */
  long start() {
    return start;
  }

  /** Whether a parser that has {@code buffered} bytes left has read the record. */
  boolean isReadBut(int buffered) {
    return at == end && buffered <= blanks;
  }

  @Override
  public int read() {
    given += at < end ? 1 : 0;
    return at < end ? bytes[at++] & 0xFF : -1;
  }

  @Override
  public int read(byte[] target, int offset, int length) {
    if (at == end) {
      return -1;
    }
    int count = Math.min(length, end - at);
    System.arraycopy(bytes, at, target, offset, count);
    at += count;
    if (at == end && length - count >= BLANKS.length) {
      System.arraycopy(BLANKS, 0, target, offset + count, BLANKS.length);
      blanks = BLANKS.length;
      count += BLANKS.length;
    }
    given += count;
    return count;
  }
}
