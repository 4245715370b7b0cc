package io.millrace.connectors.file;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * What a sink knows of a path that it has written to.
 *
 * @param path the path
 * @param lastNumber of the file that was rotated last; 0 for none
 * @param length of the file that is there in bytes, or {@link #NONE}: it was rotated, and no row
 *     has come since
 * @param size the bytes that were written to it, before compression
 * @param openedAtMillis when it was begun
 * @param head the checksum of its first bytes; 0 where nobody asks
 */
record OutputRecord(
    String path, int lastNumber, long length, long size, long openedAtMillis, long head) {
  static final long NONE = -1;

  /** A path whose file was rotated. */
  static OutputRecord rotated(String path, int number) {
    return new OutputRecord(path, number, NONE, 0, 0, 0);
  }

  boolean hasFile() {
    return length != NONE;
  }

  /** The checksum of the first bytes of a file of which {@code length} bytes count. */
  static long headOf(Path file, long length) throws IOException {
    try (InputStream in = Files.newInputStream(file)) {
      return FileHead.of(in).checksum(length);
    }
  }
}
