package io.millrace.connectors.file;

import io.millrace.spi.connector.Framing;
import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;

/**
 * Tells the records of one open file apart, where they lie in a block that is read. A record that
 * is too long is given once, cut off, and the rest of it is passed over. Used by one thread.
 */
final class RecordReader implements AutoCloseable {
  private static final int BLOCK = 1 << 18;

  private final InputStream in;
  private final RecordScanner scanner;
  private final boolean isWhole;
  private final int maxRecordSize;
  private final FileHead head;
  private byte[] block = new byte[BLOCK];
  private int limit;
  private int next;
  private int scanned;
  private long blockOffset;
  private long nextLine;
  private int start;
  private int length;
  private long line;
  private boolean skipsRest;

  /** What {@link #next} has found. */
  enum Step {
    /** A record. */
    RECORD,
    /** The beginning of a record that is longer than allowed. */
    TOO_LONG,
    /** Nothing more at the moment. */
    END
  }

  /**
   * Reads from where the stream stands.
   *
   * @param offset bytes of the file before that
   * @param line the number of the line that begins there
   */
  RecordReader(
      InputStream in, Framing framing, int maxRecordSize, FileHead head, long offset, long line) {
    this.in = in;
    this.scanner = new RecordScanner(framing);
    this.isWhole = framing.kind() == Framing.Kind.WHOLE;
    this.maxRecordSize = maxRecordSize;
    this.head = head;
    this.blockOffset = offset;
    this.nextLine = line;
    this.line = line;
  }

  /** Goes to the next record that is complete. */
  Step next() throws IOException {
    while (true) {
      int end = skipsRest ? endOfSkipped() : scanner.findEnd(block, scanned, limit);
      if (end >= 0 && skipsRest) {
        skipsRest = false;
        nextLine++;
        pass(end + 1);
        continue;
      }
      if (end >= 0) {
        return give(end, end + 1);
      }
      scanned = limit;
      if (skipsRest) {
        pass(limit);
      } else if (limit - next > maxRecordSize) {
        skipsRest = true;
        return giveTooLong(limit, scanner.innerLines());
      }
      if (!fill()) {
        return Step.END;
      }
    }
  }

  /** Gives what is left, when nothing is added to the file any more. */
  Step last() {
    if (next == limit || skipsRest) {
      pass(limit);
      return Step.END;
    }
    return give(limit, limit);
  }

  /** The array in which the record lies. */
  byte[] bytes() {
    return block;
  }

  int start() {
    return start;
  }

  int length() {
    return length;
  }

  /** The number of the record's first line, from 1. */
  long line() {
    return line;
  }

  /** The number of bytes of the file up to the end of the record. */
  long offset() {
    return blockOffset + next;
  }

  /** The number of the line that follows the record. */
  long nextLine() {
    return nextLine;
  }

  /** The number of bytes that were read of the file. */
  long bytesRead() {
    return blockOffset + limit;
  }

  FileHead head() {
    return head;
  }

  @Override
  public void close() throws IOException {
    in.close();
  }

  private Step give(int end, int behind) {
    if (end - next > maxRecordSize) {
      return giveTooLong(behind, scanner.innerLines() + 1);
    }
    start = next;
    length = end - next;
    line = nextLine;
    if (!isWhole && length > 0 && block[end - 1] == '\r') {
      length--;
    }
    if (blockOffset + start == 0 && startsWithByteOrderMark()) {
      start += 3;
      length -= 3;
    }
    nextLine += scanner.innerLines() + 1;
    pass(behind);
    return Step.RECORD;
  }

  private Step giveTooLong(int behind, int lines) {
    start = next;
    length = maxRecordSize;
    line = nextLine;
    nextLine += lines;
    pass(behind);
    return Step.TOO_LONG;
  }

  private int endOfSkipped() {
    return isWhole ? -1 : RecordScanner.findLineFeed(block, scanned, limit);
  }

  private void pass(int to) {
    next = to;
    scanned = to;
    scanner.beginRecord();
  }

  private boolean fill() throws IOException {
    if (next > 0 && limit == block.length) {
      System.arraycopy(block, next, block, 0, limit - next);
      blockOffset += next;
      limit -= next;
      scanned -= next;
      next = 0;
    }
    if (limit == block.length) {
      block = Arrays.copyOf(block, (int) Math.min(2L * block.length, maxRecordSize + (long) BLOCK));
    }
    int count = in.read(block, limit, block.length - limit);
    if (count <= 0) {
      return false;
    }
    head.take(block, limit, count, blockOffset + limit);
    limit += count;
    return true;
  }

  private boolean startsWithByteOrderMark() {
    return length >= 3
        && block[start] == (byte) 0xEF
        && block[start + 1] == (byte) 0xBB
        && block[start + 2] == (byte) 0xBF;
  }
}
