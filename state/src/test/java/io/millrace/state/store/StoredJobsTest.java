package io.millrace.state.store;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.spi.snapshot.SnapshotStore;
import io.millrace.spi.snapshot.SnapshotWriter;
import io.millrace.state.store.StoredJobs.StoredSnapshot;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class StoredJobsTest {
  @TempDir private Path folder;

  @Test
  void shouldListJobsByTheirNames() throws IOException {
    FileSnapshotStores stores = new FileSnapshotStores(folder, null);
    List<String> names = List.of("%41", "a b", "orders.1", "straße/α");
    names.forEach(name -> stores.open(name).close());
    Files.createDirectory(folder.resolve("other"));

    assertThat(new StoredJobs(folder, null).names()).isEqualTo(names);
    assertThat(new StoredJobs(folder.resolve("missing"), null).names()).isEmpty();
  }

  @Test
  void shouldListSnapshotsWhileTheJobHasThemOpen() throws IOException {
    try (SnapshotStore store = new FileSnapshotStores(folder, null).open("job")) {
      write(store, 1, 1_000);
      write(store, 2, 2_000);
      Files.writeString(folder.resolve("job/snapshot-2.manifest"), "damaged");

      List<StoredSnapshot> found = new StoredJobs(folder, null).snapshots("job");

      assertThat(found).extracting(StoredSnapshot::id).containsExactly(1L, 2L);
      assertThat(found.get(0).manifest().orElseThrow().takenAtMillis()).isEqualTo(1_000);
      assertThat(found.get(1).manifest()).isEmpty();
      assertThat(found.get(1).damage()).contains("snapshot-2.manifest' is damaged");
    }
  }

  @Test
  void shouldKnowThatNobodyRunsAJob() {
    new FileSnapshotStores(folder, null).open("job").close();

    assertThat(new StoredJobs(folder, null).isRunning("job")).isFalse();
    assertThat(new StoredJobs(folder, null).isRunning("never")).isFalse();
  }

  private static void write(SnapshotStore store, long id, long atMillis) {
    try (SnapshotWriter writer = store.begin("job", id, null)) {
      writer.writeFull("marks", out -> out.writeLong(id));
      var unused = writer.finish(atMillis, Map.of());
    }
  }
}
