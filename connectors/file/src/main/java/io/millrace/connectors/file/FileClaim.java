package io.millrace.connectors.file;

import io.millrace.spi.error.MillraceException;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import org.jspecify.annotations.Nullable;

/**
 * Keeps a sink from emptying a file that a source still reads or another sink writes. A claim is a
 * lock of the operating system behind the end of any file, so that nobody else is kept from reading
 * it; it lasts until its channel is closed. Where locks are not supported, nothing is claimed.
 */
final class FileClaim {
  private static final long PLACE = Long.MAX_VALUE - 1;

  private FileClaim() {}

  /**
   * Claims a file for reading. Others may read it too.
   *
   * @return what holds the claim; null if the file cannot be claimed
   */
  static @Nullable FileChannel toRead(Path path) {
    if (!Files.isRegularFile(path)) {
      return null;
    }
    try {
      FileChannel channel = FileChannel.open(path, StandardOpenOption.READ);
      try {
        if (channel.tryLock(PLACE, 1, true) != null) {
          return channel;
        }
      } catch (IOException | OverlappingFileLockException ignored) {
        // another reader has it, or there are no locks: reading goes on without
      }
      channel.close();
      return null;
    } catch (IOException ignored) { // reading itself will say why
      return null;
    }
  }

  /**
   * Claims a file that is about to be emptied.
   *
   * @param channel the file, open for writing
   * @throws MillraceException if somebody else has claimed it
   */
  static void toOverwrite(Path path, FileChannel channel) {
    try {
      FileLock lock = channel.tryLock(PLACE, 1, false);
      if (lock == null) {
        throw new MillraceException(
            "cannot overwrite '" + path + "': another program of Millrace reads or writes it");
      }
    } catch (OverlappingFileLockException e) {
      throw new MillraceException(
          "cannot overwrite '"
              + path
              + "': another stream reads or writes it; name another file, or have all queries feed"
              + " one stream with INSERT INTO",
          e);
    } catch (IOException ignored) { // a file system without locks
      return;
    }
  }
}
