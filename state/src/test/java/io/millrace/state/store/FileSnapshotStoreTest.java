package io.millrace.state.store;

import io.millrace.spi.snapshot.SnapshotStore;
import io.millrace.testkit.snapshot.SnapshotStoreContract;
import java.nio.file.Path;
import org.junit.jupiter.api.io.TempDir;

/** The store in a folder holds the contract of stores. */
class FileSnapshotStoreTest extends SnapshotStoreContract {
  @TempDir Path folder;

  @Override
  protected SnapshotStore open() {
    return FileSnapshotStore.open(folder.resolve("a/b"), null);
  }
}
