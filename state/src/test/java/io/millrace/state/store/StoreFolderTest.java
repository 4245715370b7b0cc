package io.millrace.state.store;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.spi.error.MillraceException;
import io.millrace.spi.snapshot.DamagedSnapshotException;
import io.millrace.spi.snapshot.Manifest;
import io.millrace.spi.snapshot.Part;
import io.millrace.spi.snapshot.SnapshotWriter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a store does with its folder, and says about it. */
class StoreFolderTest {
  @TempDir Path parent;

  @Test
  void shouldRefuseWhenFolderIsInUse() {
    Path path = parent.resolve("snapshots");
    try (FileSnapshotStore store = open(path, null)) {
      assertThatThrownBy(() -> open(path, null))
          .isInstanceOf(MillraceException.class)
          .hasMessageContaining("the snapshot folder '" + path + "' is in use by another job");
      assertThat(store.ids()).isEmpty();
    }
    open(path, null).close();
  }

  @Test
  void shouldRefuseWhenFolderIsAFile() throws IOException {
    Path path = Files.createFile(parent.resolve("file"));
    assertThatThrownBy(() -> open(path, null))
        .isInstanceOf(MillraceException.class)
        .hasMessageContaining("cannot use the snapshot folder '" + path + "'");
  }

  @Test
  void shouldRemoveLeftoversAndLeaveStrangersAloneWhenWriterBegins() throws IOException {
    List<String> strangers =
        List.of("notes.txt", "snapshot-01.manifest", "snapshot-x.manifest", "1.writing");
    for (String name : strangers) {
      Files.createFile(parent.resolve(name));
    }
    Path leftover = Files.createFile(parent.resolve("0123456789abcdef-1.writing"));
    try (FileSnapshotStore store = open(parent, null)) {
      assertThat(store.ids()).isEmpty();
      store.begin("job", 1, null).close();
      assertThat(leftover).doesNotExist();
      store.retain(Set.of());
      assertThat(names()).containsAll(strangers);
    }
  }

  @Test
  void shouldLeaveNothingWhenWriterIsAbandoned() throws IOException {
    try (FileSnapshotStore store = open(parent, null)) {
      try (SnapshotWriter writer = store.begin("job", 1, null)) {
        writer.writeFull("a", out -> out.writeLong(1));
        assertThat(names()).hasSize(2);
      }
      assertThat(names()).containsExactly(DiskFolder.LOCK);
    }
  }

  @Test
  void shouldKeepEarlierFilesWhenContentIsTheSame() throws IOException {
    try (FileSnapshotStore store = open(parent, null)) {
      Manifest one = write(store, 1, 7);
      Manifest two = write(store, 2, 7);
      assertThat(part(one)).isEqualTo(part(two));
      store.retain(Set.of(2L));
      store.read(part(two), in -> assertThat(in.readInt()).isEqualTo(7));
      assertThat(names()).hasSize(3);
    }
  }

  @Test
  void shouldRefuseToBuildOnPartWhenItsFileIsGone() throws IOException {
    try (FileSnapshotStore store = open(parent, null)) {
      Manifest one = write(store, 1, 7);
      Files.delete(parent.resolve(part(one).file()));
      try (SnapshotWriter writer = store.begin("job", 2, one)) {
        assertThatThrownBy(() -> writer.keep("a")).isInstanceOf(DamagedSnapshotException.class);
        assertThatThrownBy(() -> writer.finish(0, Map.of()))
            .isInstanceOf(IllegalStateException.class);
      }
    }
  }

  @Test
  void shouldSayWhatIsWrongWhenKeyDoesNotFit() {
    Path encrypted = parent.resolve("encrypted");
    Path plain = parent.resolve("plain");
    try (FileSnapshotStore store = open(encrypted, TestKeys.key(1))) {
      write(store, 1, 7);
    }
    try (FileSnapshotStore store = open(plain, null)) {
      write(store, 1, 7);
    }
    assertRefused(encrypted, null, "is encrypted, and no key is given");
    assertRefused(encrypted, TestKeys.key(2), "is encrypted with another key");
    assertRefused(plain, TestKeys.key(1), "is not encrypted, and a key is given");
    open(encrypted, TestKeys.key(1)).close();
  }

  @Test
  void shouldHoldNothingReadableWhenEncrypted() throws IOException {
    try (FileSnapshotStore store = open(parent, TestKeys.key(1));
        SnapshotWriter writer = store.begin("secret", 1, null)) {
      writer.writeFull("secret", out -> out.writeBytes("secret"));
      writer.finish(0, Map.of("secret", "secret"));
    }
    for (String name : names()) {
      String bytes = new String(Files.readAllBytes(parent.resolve(name)), ISO_8859_1);
      assertThat(bytes).doesNotContain("secret");
    }
  }

  @Test
  void shouldKeepDataFilesWhenRetainedManifestIsDamaged() throws IOException {
    try (FileSnapshotStore store = open(parent, null)) {
      write(store, 1, 7);
      write(store, 2, 8);
    }
    Files.write(parent.resolve("snapshot-2.manifest"), new byte[3]);
    try (FileSnapshotStore store = open(parent, null)) {
      assertThat(store.ids()).containsExactly(1L, 2L);
      assertThat(store.manifest(1).id()).isEqualTo(1);
      Part part = part(store.manifest(1));
      store.retain(Set.of(2L));
      assertThat(store.ids()).containsExactly(2L);
      store.read(part, in -> assertThat(in.readInt()).isEqualTo(7));
      store.retain(Set.of());
      assertThat(names()).containsExactly(DiskFolder.LOCK);
    }
  }

  @Test
  void shouldSaySoWhenReaderExpectsMoreThanPartHas() {
    try (FileSnapshotStore store = open(parent, null)) {
      Part part = part(write(store, 1, 7));
      assertThatThrownBy(() -> store.read(part, in -> in.readLong()))
          .isInstanceOf(MillraceException.class)
          .isNotInstanceOf(DamagedSnapshotException.class)
          .hasMessageContaining("has fewer bytes than its reader expects");
    }
  }

  private static void assertRefused(Path path, @Nullable SnapshotKey key, String message) {
    assertThatThrownBy(() -> open(path, key))
        .isInstanceOf(MillraceException.class)
        .isNotInstanceOf(DamagedSnapshotException.class)
        .hasMessageContaining(path.toString())
        .hasMessageContaining(message);
  }

  private static FileSnapshotStore open(Path path, @Nullable SnapshotKey key) {
    return FileSnapshotStore.open(path, key);
  }

  private static Manifest write(FileSnapshotStore store, long id, int content) {
    try (SnapshotWriter writer = store.begin("job", id, null)) {
      writer.writeFull("a", out -> out.writeInt(content));
      return writer.finish(id, Map.of());
    }
  }

  private static Part part(Manifest manifest) {
    return manifest.sections().get(0).parts().get(0);
  }

  private List<String> names() throws IOException {
    try (Stream<Path> files = Files.list(parent)) {
      return files.map(file -> file.getFileName().toString()).toList();
    }
  }
}
