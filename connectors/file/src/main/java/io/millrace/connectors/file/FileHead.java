package io.millrace.connectors.file;

import java.io.IOException;
import java.io.InputStream;
import java.util.zip.CRC32;

/**
 * The first bytes of a file, by whose checksum a later process sees that the file of that name is
 * still the one that was read. Used by one thread.
 */
final class FileHead {
  private static final int SIZE = 1_024;

  private final byte[] bytes = new byte[SIZE];
  private int size;
  private long full = -1;

  /** Takes what was read at {@code offset} of the file; reads leave no gaps behind the head. */
  void take(byte[] block, int from, int length, long offset) {
    long known = size - offset;
    if (size < SIZE && known >= 0 && known < length) {
      int skip = (int) known;
      int count = Math.min(length - skip, SIZE - size);
      System.arraycopy(block, from + skip, bytes, size, count);
      size += count;
    }
  }

  /** Takes the first bytes of a stream. */
  static FileHead of(InputStream in) throws IOException {
    FileHead head = new FileHead();
    head.size = in.readNBytes(head.bytes, 0, SIZE);
    return head;
  }

  /** The checksum of the bytes before {@code offset}, as far as they belong to the head. */
  long checksum(long offset) {
    if (offset < SIZE) {
      return checksumOf((int) Math.min(offset, size));
    }
    if (full < 0) {
      full = checksumOf(size);
    }
    return full;
  }

  private long checksumOf(int length) {
    CRC32 crc = new CRC32();
    crc.update(bytes, 0, length);
    return crc.getValue();
  }
}
