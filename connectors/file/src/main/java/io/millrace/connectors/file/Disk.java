package io.millrace.connectors.file;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/** Changes of files that must be on the disk. */
final class Disk {
  private static final boolean FORCES_FOLDERS =
      !System.getProperty("os.name", "").startsWith("Windows");

  private Disk() {}

  /** The folder in which a file is. */
  static Path folderOf(Path file) {
    Path folder = file.toAbsolutePath().getParent();
    return folder == null ? file.toAbsolutePath() : folder;
  }

  /** Takes off what is behind {@code length} bytes of a file. */
  static void cutOff(Path file, long length) throws IOException {
    try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
      channel.truncate(length);
      channel.force(true);
    }
  }

  /** Does {@link #force} for a folder and for those above it, up to the one that holds the last. */
  static void force(Path folder, Path last) throws IOException {
    Path above = last.getParent();
    for (Path next = folder; next != null && !next.equals(above); next = next.getParent()) {
      force(next);
    }
    if (above != null) {
      force(above);
    }
  }

  /** Makes names that were given or taken in a folder durable, where the system can do that. */
  static void force(Path folder) throws IOException {
    if (FORCES_FOLDERS && Files.isDirectory(folder)) {
      try (FileChannel channel = FileChannel.open(folder, StandardOpenOption.READ)) {
        channel.force(true);
      }
    }
  }
}
