package io.millrace.state.store;

import io.millrace.spi.snapshot.DamagedSnapshotException;
import io.millrace.spi.snapshot.FilesInUse;
import io.millrace.spi.snapshot.Manifest;
import io.millrace.spi.snapshot.Part;
import io.millrace.spi.snapshot.SnapshotContent;
import io.millrace.spi.snapshot.SnapshotStore;
import io.millrace.spi.snapshot.SnapshotWriter;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Snapshots in a folder: a data file for each snapshot and each merged part, and a manifest for
 * each snapshot. A file is written under a temporary name, forced to stable storage, and given its
 * name, which is forced too; a data file is named by its SHA-256, and the manifest comes last. So
 * whatever has its name is whole, whenever the process or the machine ends.
 *
 * <p>The folder is locked for one store. Files with names of another form are left alone. A merged
 * part of an earlier process that is in no manifest waits for nobody: the first {@link #retain}
 * removes it.
 */
public final class FileSnapshotStore implements SnapshotStore {
  private static final long GREATEST_ID = 999_999_999_999_999_999L;

  private final Folder folder;
  private final StoreFiles files;
  private final FilesInUse inUse = new FilesInUse();
  private @Nullable FileSnapshotWriter writer;
  private volatile boolean isClosed;

  FileSnapshotStore(Folder folder, BlockFormat format) {
    this.folder = folder;
    this.files = new StoreFiles(folder, format);
  }

  /**
   * Opens a store, and makes its folder if need be.
   *
   * @param key encrypts all files; null if they are plain. A folder has files of one key, or plain
   *     ones
   * @throws io.millrace.spi.error.MillraceException if the folder cannot be used, is in use, or its
   *     newest snapshot is of another key or of a newer version
   */
  public static FileSnapshotStore open(Path path, @Nullable SnapshotKey key) {
    Folder folder = DiskFolder.open(path);
    FileSnapshotStore store = new FileSnapshotStore(folder, BlockFormat.of(key));
    try {
      store.checkNewest();
    } catch (RuntimeException e) {
      store.close();
      throw e;
    }
    return store;
  }

  @Override
  public List<Long> ids() {
    checkOpen();
    try {
      return files.ids();
    } catch (IOException e) {
      throw StoreErrors.cannot("list the snapshot folder", folder.path(), e);
    }
  }

  @Override
  public Manifest manifest(long id) {
    checkOpen();
    try {
      return files.readManifest(id);
    } catch (IOException e) {
      throw StoreErrors.cannot("read snapshot " + id + " from", folder.path(), e);
    }
  }

  @Override
  public synchronized SnapshotWriter begin(String job, long id, @Nullable Manifest previous) {
    checkOpen();
    if (writer != null) {
      throw new IllegalStateException("another snapshot is being written");
    }
    if (id < 1 || id > GREATEST_ID) {
      throw new IllegalArgumentException("not the id of a snapshot: " + id);
    }
    try {
      files.removeLeftovers();
    } catch (IOException e) {
      throw StoreErrors.cannot("write snapshot " + id + " to", folder.path(), e);
    }
    inUse.writerBegins(previous);
    writer = new FileSnapshotWriter(this, files, job, id, previous);
    return writer;
  }

  @Override
  public void read(Part part, PartReader reader) {
    checkOpen();
    try {
      files.read(part, reader);
    } catch (IOException e) {
      throw StoreErrors.cannot("read the snapshot file", files.path(part.file()), e);
    }
  }

  @Override
  public Part writeMerged(SnapshotContent content) {
    checkOpen();
    try (DataFile data = files.newDataFile()) {
      Part part = data.write(content, true);
      String name = data.finish();
      synchronized (this) {
        checkOpen();
        files.rename(data.temporaryName(), name);
        files.force();
        inUse.addMerged(name);
      }
      return part.withFile(name);
    } catch (IOException e) {
      throw StoreErrors.cannot("write a merged part of a snapshot to", folder.path(), e);
    }
  }

  @Override
  public synchronized void retain(Set<Long> ids) {
    checkOpen();
    try {
      List<Manifest> retained = new ArrayList<>();
      boolean isAllKnown = true;
      boolean isAnyRemoved = false;
      for (long id : files.ids()) {
        if (!ids.contains(id)) {
          files.delete(FileNames.ofManifest(id));
          isAnyRemoved = true;
        } else {
          isAllKnown &= addWhole(id, retained);
        }
      }
      if (isAnyRemoved) {
        files.force(); // No manifest comes back without its files.
      }
      if (isAllKnown) {
        removeAllBut(inUse.with(retained));
      }
    } catch (IOException e) {
      throw StoreErrors.cannot("remove old snapshots from", folder.path(), e);
    }
  }

  private boolean addWhole(long id, List<Manifest> manifests) throws IOException {
    try {
      manifests.add(files.readManifest(id));
      return true;
    } catch (DamagedSnapshotException ignored) { // which is told when it is needed
      return false;
    }
  }

  private void removeAllBut(Set<String> needed) throws IOException {
    for (String name : files.names()) {
      if (FileNames.isData(name) && !needed.contains(name)) {
        files.delete(name);
      }
    }
  }

  @Override
  public synchronized void close() {
    if (isClosed) {
      return;
    }
    if (writer != null) {
      writer.close();
    }
    isClosed = true;
    try {
      folder.close();
    } catch (IOException e) {
      throw StoreErrors.cannot("close the snapshot folder", folder.path(), e);
    }
  }

  /** A writer makes its snapshot seen: the names of its files are given, the manifest's last. */
  synchronized void commit(@Nullable DataFile data, String dataName, ManifestText.Written written)
      throws IOException {
    checkOpen();
    boolean isNew = data != null && !files.exists(dataName);
    String temporary = null;
    boolean isSeen = false;
    String name = FileNames.ofManifest(written.manifest().id());
    try {
      if (data != null) {
        files.rename(data.temporaryName(), dataName);
        files.force();
      }
      temporary = files.writeManifest(written.text());
      files.rename(temporary, name);
      isSeen = true;
    } finally {
      if (!isSeen && temporary != null) {
        files.discardTemporary(temporary);
      }
      if (!isSeen && isNew) {
        files.discard(dataName);
      }
    }
    try {
      files.force();
    } catch (IOException e) {
      // Its data stays for the next retain: nobody knows whether the manifest is really gone.
      files.discard(name);
      throw e;
    }
  }

  synchronized void writerTakes(String file) {
    inUse.writerTakes(file);
  }

  synchronized void writerEnds(boolean finished) {
    inUse.writerEnds(finished);
    writer = null;
  }

  Path path() {
    return folder.path();
  }

  /** Whether the key fits, and the version, is to be known before work begins. */
  private void checkNewest() {
    List<Long> ids = ids();
    for (int i = ids.size() - 1; i >= 0; i--) {
      try {
        manifest(ids.get(i));
        return;
      } catch (DamagedSnapshotException ignored) { // it is told when it is needed
      }
    }
  }

  private void checkOpen() {
    if (isClosed) {
      throw new IllegalStateException("the snapshot store is closed");
    }
  }
}
