package io.millrace.state.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.spi.error.MillraceException;
import io.millrace.spi.snapshot.DamagedSnapshotException;
import io.millrace.spi.snapshot.Manifest;
import io.millrace.spi.snapshot.Part;
import io.millrace.spi.snapshot.SnapshotWriter;
import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.stream.Stream;
import java.util.zip.CRC32C;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Stores of all versions are read, and this version writes what it is known to write. The folders
 * in the resources ({@code plain-1}, {@code encrypted-1}) were written by format 1 and never
 * change. If the written bytes differ from them, the version of the format must rise, and new
 * folders join these.
 */
class StoredFormTest {
  private static final int BLOCK = 16;

  @TempDir Path path;

  @ParameterizedTest
  @ValueSource(strings = {"plain-1", "encrypted-1"})
  void shouldReadStoreWhenOfKnownFormat(String name) throws IOException {
    copyOfStored(name);
    try (FileSnapshotStore store = FileSnapshotStore.open(path, key(name))) {
      assertThat(store.ids()).containsExactly(1L, 2L);
      Manifest manifest = store.manifest(2);
      assertThat(manifest.job()).isEqualTo("orders");
      assertThat(manifest.takenAtMillis()).isEqualTo(1_795_255_200_000L);
      assertThat(manifest.attributes())
          .isEqualTo(Map.of("script", "SELECT 'ü \"';\n", "engine", "1"));
      Map<String, String> contents = new LinkedHashMap<>();
      manifest
          .sections()
          .forEach(
              section ->
                  contents.put(
                      section.name(),
                      String.join(
                          "|", section.parts().stream().map(part -> text(store, part)).toList())));
      assertThat(contents)
          .isEqualTo(
              Map.of("query 1", "the first state of it|what changed", "sources", "merged|+2"));
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"plain-1", "encrypted-1"})
  void shouldWriteSameBytesWhenVersionIsTheSame(String name) throws IOException {
    assertThat(FileHead.VERSION).isEqualTo(1);
    assertThat(ManifestText.VERSION).isEqualTo(1);
    write(key(name));
    assertThat(hexOf(path)).isEqualTo(hexOf(stored(name)));
  }

  @Test
  void shouldRefuseWhenDataFileIsOfNewerFormat() throws IOException {
    byte[] head = FileHead.of(null, new byte[FileHead.SALT_LENGTH], BLOCK).toBytes();
    ByteBuffer.wrap(head).putInt(8, 2);
    CRC32C crc = new CRC32C();
    crc.update(head, 0, 60);
    ByteBuffer.wrap(head).putInt(60, (int) crc.getValue());
    Part part = new Part("0".repeat(64) + ".data", 0, 1, 0, true);
    Files.write(path.resolve(part.file()), head);
    try (FileSnapshotStore store = FileSnapshotStore.open(path, null)) {
      assertNewer(() -> store.read(part, in -> {}));
    }
  }

  @Test
  void shouldRefuseWhenManifestIsOfNewerFormat() throws Exception {
    String text = "millrace-snapshot 2\nsomething new\n";
    byte[] digest =
        MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
    Files.writeString(
        path.resolve("snapshot-3.manifest"),
        text + "sha256 " + HexFormat.of().formatHex(digest) + "\n");
    assertNewer(() -> FileSnapshotStore.open(path, null));
    Files.delete(path.resolve("snapshot-3.manifest"));
    FileSnapshotStore.open(path, null).close();
  }

  private static void assertNewer(Runnable reading) {
    assertThatThrownBy(reading::run)
        .isInstanceOf(MillraceException.class)
        .isNotInstanceOf(DamagedSnapshotException.class)
        .hasMessageContaining("was written by a newer version of Millrace: it has format 2")
        .hasMessageContaining("reads formats up to 1");
  }

  /** Writes the store of the resources. */
  private void write(@Nullable SnapshotKey key) {
    byte[] salt = new byte[FileHead.SALT_LENGTH];
    BlockFormat format =
        new BlockFormat(
            key,
            () -> {
              salt[0]++;
              return salt.clone();
            },
            BLOCK);
    try (FileSnapshotStore store = new FileSnapshotStore(DiskFolder.open(path), format)) {
      Manifest first;
      try (SnapshotWriter writer = store.begin("orders", 1, null)) {
        writer.writeFull("query 1", out -> out.writeBytes("the first state of it"));
        writer.writeFull("sources", out -> out.writeBytes("1"));
        first = writer.finish(1_795_255_199_000L, Map.of());
      }
      Part merged = store.writeMerged(out -> out.writeBytes("merged"));
      try (SnapshotWriter writer = store.begin("orders", 2, first)) {
        writer.writeChanges("query 1", out -> out.writeBytes("what changed"));
        writer.replace("sources", 1, merged);
        writer.writeChanges("sources", out -> out.writeBytes("+2"));
        Map<String, String> attributes = new LinkedHashMap<>();
        attributes.put("script", "SELECT 'ü \"';\n");
        attributes.put("engine", "1");
        writer.finish(1_795_255_200_000L, attributes);
      }
    }
  }

  private static @Nullable SnapshotKey key(String name) {
    return name.startsWith("encrypted") ? TestKeys.key(1) : null;
  }

  private static String text(FileSnapshotStore store, Part part) {
    byte[] bytes = new byte[(int) part.length()];
    store.read(part, in -> in.readFully(bytes));
    return new String(bytes, StandardCharsets.US_ASCII);
  }

  private void copyOfStored(String name) throws IOException {
    try (Stream<Path> files = Files.list(stored(name))) {
      for (Path file : files.toList()) {
        Files.copy(file, path.resolve(file.getFileName().toString()));
      }
    }
  }

  private static Path stored(String name) {
    try {
      return Path.of(Objects.requireNonNull(StoredFormTest.class.getResource(name)).toURI());
    } catch (URISyntaxException e) {
      throw new IllegalStateException(e);
    }
  }

  /** The bytes of all files but the lock, by name. */
  private static Map<String, String> hexOf(Path folder) throws IOException {
    Map<String, String> files = new TreeMap<>();
    try (Stream<Path> all = Files.list(folder)) {
      for (Path file : all.toList()) {
        files.put(
            file.getFileName().toString(), HexFormat.of().formatHex(Files.readAllBytes(file)));
      }
    }
    files.remove(DiskFolder.LOCK);
    return files;
  }
}
