package io.millrace.state.chronicle;

import io.millrace.spi.error.MillraceException;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.concurrent.atomic.AtomicLong;

/**
 * A folder of files that are worth nothing without the process that made them. It holds a lock
 * while it is open; the next one to open a folder beside it removes those whose lock is free, which
 * is what a process leaves that was killed. Used by any thread.
 */
final class ScratchFolder implements AutoCloseable {
  private static final String PREFIX = "scratch-";
  private static final String LOCK = "lock";

  private final Path folder;
  private final FileChannel channel;
  private final FileLock lock;
  private final AtomicLong files = new AtomicLong();

  private ScratchFolder(Path folder, FileChannel channel, FileLock lock) {
    this.folder = folder;
    this.channel = channel;
    this.lock = lock;
  }

  /** Makes a folder in {@code parent}, which is made too if it is not there. */
  static ScratchFolder in(Path parent) {
    try {
      Files.createDirectories(parent);
      removeDead(parent);
      Path folder = Files.createTempDirectory(parent, PREFIX);
      FileChannel channel =
          FileChannel.open(
              folder.resolve(LOCK), StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
      return new ScratchFolder(folder, channel, channel.lock());
    } catch (IOException e) {
      throw failed("cannot make a folder for state in '" + parent + "'", e);
    }
  }

  /** A path that no file has. */
  Path newFile() {
    return folder.resolve(Long.toString(files.getAndIncrement()));
  }

  /** What is thrown when the disk does not do what it should. */
  static MillraceException failed(String what, Exception cause) {
    return new MillraceException(
        what
            + ": "
            + cause
            + "; look at the free space and the rights of the folder that 'state.dir' names",
        cause);
  }

  static void delete(Path file) {
    try {
      Files.deleteIfExists(file);
    } catch (IOException e) {
      throw failed("cannot remove '" + file + "'", e);
    }
  }

  @Override
  public void close() {
    try {
      lock.release();
      channel.close();
      removeAll(folder);
    } catch (IOException e) {
      throw failed("cannot remove '" + folder + "'", e);
    }
  }

  private static void removeDead(Path parent) throws IOException {
    try (DirectoryStream<Path> folders = Files.newDirectoryStream(parent, PREFIX + "*")) {
      for (Path folder : folders) {
        if (isDead(folder)) {
          removeAll(folder);
        }
      }
    }
  }

  private static boolean isDead(Path folder) throws IOException {
    try (FileChannel channel = FileChannel.open(folder.resolve(LOCK), StandardOpenOption.WRITE);
        FileLock free = channel.tryLock()) {
      return free != null;
    } catch (OverlappingFileLockException ignored) { // held by this very process
      return false;
    } catch (NoSuchFileException ignored) { // being made or removed by somebody
      return false;
    }
  }

  private static void removeAll(Path folder) throws IOException {
    try (DirectoryStream<Path> files = Files.newDirectoryStream(folder)) {
      for (Path file : files) {
        Files.deleteIfExists(file);
      }
    } catch (NoSuchFileException ignored) { // somebody else has removed it
      return;
    }
    Files.deleteIfExists(folder);
  }
}
