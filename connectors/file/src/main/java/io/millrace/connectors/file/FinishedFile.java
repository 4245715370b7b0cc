package io.millrace.connectors.file;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;

/**
 * A file that was read to its end, so that another one that comes under its name is told from it.
 *
 * @param name its path
 * @param size its bytes
 * @param modifiedMillis when it was changed last
 * @param head the checksum of its first bytes
 */
record FinishedFile(String name, long size, long modifiedMillis, long head) {
  private static final int FIELDS = 4;

  /** What is under the name of the file. */
  enum Found {
    /** The file. */
    SAME,
    /** Another file. */
    OTHER,
    /** The file, changed, or another one that begins like it. */
    CHANGED,
    /** None. */
    GONE
  }

  static FinishedFile of(Path file) throws IOException {
    return new FinishedFile(
        file.toString(),
        Files.size(file),
        Files.getLastModifiedTime(file).toMillis(),
        OutputRecord.headOf(file, Long.MAX_VALUE));
  }

  Found find() throws IOException {
    Path file = Path.of(name);
    try {
      long found = Files.size(file);
      if (found == size && Files.getLastModifiedTime(file).toMillis() == modifiedMillis) {
        return Found.SAME;
      }
      boolean beginsAlike = found >= size && OutputRecord.headOf(file, size) == head;
      return beginsAlike ? Found.CHANGED : Found.OTHER;
    } catch (NoSuchFileException ignored) { // that is the answer
      return Found.GONE;
    }
  }

  String format() {
    return size + "," + modifiedMillis + "," + Long.toHexString(head) + "," + name;
  }

  /** Reads what {@link #format} gave. */
  static FinishedFile parse(String text) {
    String[] fields = text.split(",", FIELDS);
    if (fields.length != FIELDS) {
      throw new IllegalArgumentException(text);
    }
    return new FinishedFile(
        fields[3],
        Long.parseLong(fields[0]),
        Long.parseLong(fields[1]),
        Long.parseLong(fields[2], 16));
  }
}
