package io.millrace.state.store;

import io.millrace.spi.snapshot.StoreInUseException;
import java.io.File;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/**
 * A folder of the file system, locked for this process. The lock is the operating system's and goes
 * with the process, however that ends; its file stays.
 */
final class DiskFolder implements Folder {
  static final String LOCK = "store.lock";

  private final Path path;
  private final FileChannel lock;

  private DiskFolder(Path path, FileChannel lock) {
    this.path = path;
    this.lock = lock;
  }

  /** Makes the folder if need be, and locks it. */
  static DiskFolder open(Path path) {
    FileChannel lock = null;
    try {
      make(path);
      lock =
          FileChannel.open(path.resolve(LOCK), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
      if (isLocked(lock)) {
        return new DiskFolder(path, lock);
      }
      lock.close();
    } catch (IOException e) {
      throw StoreErrors.cannot("use the snapshot folder", path, e);
    }
    throw new StoreInUseException(
        "the snapshot folder '"
            + path
            + "' is in use by another job, of this process or another one; stop that one, or give"
            + " each job a folder of its own");
  }

  private static boolean isLocked(FileChannel lock) throws IOException {
    try {
      return lock.tryLock() != null;
    } catch (OverlappingFileLockException ignored) { // held by this process, which is an answer
      return false;
    }
  }

  /** New folders are entries of their parents, which must be on stable storage as well. */
  private static void make(Path path) throws IOException {
    List<Path> parents = new ArrayList<>();
    Path missing = path.toAbsolutePath();
    while (missing != null && !Files.exists(missing)) {
      missing = missing.getParent();
      if (missing != null) {
        parents.add(missing);
      }
    }
    Files.createDirectories(path);
    for (Path parent : parents) {
      force(parent);
    }
  }

  @Override
  public Path path() {
    return path;
  }

  @Override
  public List<String> names() throws IOException {
    try (Stream<Path> files = Files.list(path)) {
      return files.map(file -> String.valueOf(file.getFileName())).toList();
    }
  }

  @Override
  public Output create(String name) throws IOException {
    return new DiskOutput(
        FileChannel.open(
            path.resolve(name),
            StandardOpenOption.CREATE,
            StandardOpenOption.TRUNCATE_EXISTING,
            StandardOpenOption.WRITE));
  }

  @Override
  public void rename(String from, String to) throws IOException {
    Files.move(path.resolve(from), path.resolve(to), StandardCopyOption.ATOMIC_MOVE);
  }

  @Override
  public void delete(String name) throws IOException {
    Files.deleteIfExists(path.resolve(name));
  }

  @Override
  public void force() throws IOException {
    force(path);
  }

  private static void force(Path folder) throws IOException {
    if (File.separatorChar == '\\') {
      return; // Windows opens no folders, and NTFS keeps the order of changes in its journal.
    }
    try (FileChannel channel = FileChannel.open(folder, StandardOpenOption.READ)) {
      channel.force(true);
    }
  }

  @Override
  public void close() throws IOException {
    lock.close();
  }

  private static final class DiskOutput implements Output {
    private final FileChannel channel;

    DiskOutput(FileChannel channel) {
      this.channel = channel;
    }

    @Override
    public void write(ByteBuffer bytes) throws IOException {
      while (bytes.hasRemaining()) {
        channel.write(bytes);
      }
    }

    @Override
    public void force() throws IOException {
      channel.force(true);
    }

    @Override
    public void close() throws IOException {
      channel.close();
    }
  }
}
