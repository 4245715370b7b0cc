package io.millrace.state.store;

import io.millrace.spi.snapshot.DamagedSnapshotException;
import io.millrace.spi.snapshot.Manifest;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The jobs whose snapshots are in a folder, for processes that only look: nothing is locked, so
 * what is there may change meanwhile.
 */
public final class StoredJobs {
  private final Path folder;
  private final @Nullable SnapshotKey key;

  /**
   * @param folder that of a {@link FileSnapshotStores}
   * @param key with which they are encrypted; null if they are not
   */
  public StoredJobs(Path folder, @Nullable SnapshotKey key) {
    this.folder = folder;
    this.key = key;
  }

  /** A snapshot that is there: what it is, or why that cannot be read. */
  public record StoredSnapshot(long id, Optional<Manifest> manifest, String damage) {}

  /** The names of all jobs, sorted. */
  public List<String> names() {
    try (Stream<Path> folders = Files.list(folder)) {
      return folders
          .filter(path -> Files.exists(path.resolve(DiskFolder.LOCK)))
          .map(path -> FileSnapshotStores.jobOf(String.valueOf(path.getFileName())))
          .sorted()
          .toList();
    } catch (NoSuchFileException ignored) { // then there are none
      return List.of();
    } catch (IOException e) {
      throw StoreErrors.cannot("list the snapshot folder", folder, e);
    }
  }

  /** The snapshots of a job, rising. */
  public List<StoredSnapshot> snapshots(String job) {
    Path path = folderOf(job);
    List<StoredSnapshot> found = new ArrayList<>();
    try (ReadOnlyFolder files = new ReadOnlyFolder(path)) {
      StoreFiles store = new StoreFiles(files, BlockFormat.of(key));
      for (long id : store.ids()) {
        read(store, id).ifPresent(found::add);
      }
      return found;
    } catch (IOException e) {
      throw StoreErrors.cannot("list the snapshot folder", path, e);
    }
  }

  /** Empty if it has been removed meanwhile. */
  private static Optional<StoredSnapshot> read(StoreFiles store, long id) throws IOException {
    try {
      return Optional.of(new StoredSnapshot(id, Optional.of(store.readManifest(id)), ""));
    } catch (DamagedSnapshotException e) {
      return store.exists(FileNames.ofManifest(id))
          ? Optional.of(new StoredSnapshot(id, Optional.empty(), e.message()))
          : Optional.empty();
    }
  }

  /**
   * Whether another process has the snapshots of a job open, that is, runs it. Not to be asked by
   * the process that may run it itself: on some systems that would give its lock away.
   */
  public boolean isRunning(String job) {
    Path lock = folderOf(job).resolve(DiskFolder.LOCK);
    try (FileChannel channel = FileChannel.open(lock, StandardOpenOption.WRITE);
        @Nullable FileLock taken = channel.tryLock()) {
      return taken == null;
    } catch (NoSuchFileException ignored) { // nobody ever had it open
      return false;
    } catch (IOException e) {
      throw StoreErrors.cannot("look whether the job runs by", lock, e);
    }
  }

  /** Where requests to a job are put. */
  public RequestFolder requests(String job) {
    return new RequestFolder(folderOf(job));
  }

  private Path folderOf(String job) {
    return new FileSnapshotStores(folder, key).folderOf(job);
  }

  /** A folder that is looked at. */
  private record ReadOnlyFolder(Path path) implements Folder {
    @Override
    public List<String> names() throws IOException {
      try (Stream<Path> files = Files.list(path)) {
        return files.map(file -> String.valueOf(file.getFileName())).toList();
      }
    }

    @Override
    public Output create(String name) {
      throw readOnly();
    }

    @Override
    public void rename(String from, String to) {
      throw readOnly();
    }

    @Override
    public void delete(String name) {
      throw readOnly();
    }

    @Override
    public void force() {}

    @Override
    public void close() {}

    private static IllegalStateException readOnly() {
      return new IllegalStateException("the folder is only looked at");
    }
  }
}
