package io.millrace.state.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.spi.snapshot.DamagedSnapshotException;
import io.millrace.spi.snapshot.Manifest;
import io.millrace.spi.snapshot.Part;
import io.millrace.spi.snapshot.Section;
import io.millrace.spi.snapshot.SnapshotWriter;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.ValueSource;

/** Every change of a file of a store is noticed, and told with the name of the file. */
@ParameterizedClass
@ValueSource(booleans = {false, true})
class StoreDamageTest {
  private static final int BLOCK = 8;

  @TempDir Path path;
  private final boolean encrypted;
  private FileSnapshotStore store;
  private byte salt;

  StoreDamageTest(boolean encrypted) {
    this.encrypted = encrypted;
  }

  @BeforeEach
  void open() {
    store =
        new FileSnapshotStore(
            FaultyFolder.withoutFaults(DiskFolder.open(path)),
            new BlockFormat(encrypted ? TestKeys.key(1) : null, this::newSalt, BLOCK));
  }

  @AfterEach
  void close() {
    store.close();
  }

  @Test
  void shouldNoticeWhenAnyBitIsOther() throws IOException {
    Manifest manifest = write(1, "abcdefghij", "klmnopqrst");
    for (Path file : files(manifest)) {
      byte[] bytes = Files.readAllBytes(file);
      try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
        for (int bit = 0; bit < 8 * bytes.length; bit++) {
          byte[] other = bytes.clone();
          other[bit / 8] ^= (byte) (1 << (bit % 8));
          channel.write(ByteBuffer.wrap(other), 0);
          assertDamaged(file, "bit " + bit + " of " + file);
        }
        channel.write(ByteBuffer.wrap(bytes), 0);
      }
    }
    readAll(1);
  }

  @Test
  void shouldNoticeWhenFileIsShorterOrLonger() throws IOException {
    Manifest manifest = write(1, "abcdefgh", "ijklmnop");
    for (Path file : files(manifest)) {
      byte[] bytes = Files.readAllBytes(file);
      for (int length = 0; length < 2 * bytes.length; length++) {
        if (length != bytes.length) {
          assertDamaged(file, Arrays.copyOf(bytes, length), "length " + length + " of " + file);
        }
      }
      Files.delete(file);
      assertThatThrownBy(() -> readAll(1))
          .isInstanceOf(DamagedSnapshotException.class)
          .hasMessageContaining("'" + file + "' is damaged: it is not there");
      Files.write(file, bytes);
    }
    readAll(1);
  }

  @Test
  void shouldNoticeWhenFilesAreSwapped() throws IOException {
    Manifest one = write(1, "abcdefghij", "klmnopqrst");
    Manifest two = write(2, "abcdefghij", "klmnopqrsT");
    for (int i = 0; i < 2; i++) {
      Path first = files(one)[i];
      Path second = files(two)[i];
      byte[] bytes = Files.readAllBytes(first);
      assertDamaged(first, Files.readAllBytes(second), second + " as " + first);
      Files.write(first, bytes);
    }
  }

  @Test
  void shouldNoticeWhenBlocksAreOfOtherPlaceOrFile() throws IOException {
    Manifest one = write(1, "abcdefghabcdefgh", "12345678");
    Manifest two = write(2, "ABCDEFGHABCDEFGH", "12345678");
    Path file = files(one)[0];
    byte[] bytes = Files.readAllBytes(file);
    byte[] others = Files.readAllBytes(files(two)[0]);
    int sealed = BLOCK + (encrypted ? 16 : 4);
    byte[] reordered = bytes.clone();
    System.arraycopy(bytes, FileHead.LENGTH, reordered, FileHead.LENGTH + sealed, sealed);
    assertDamaged(file, reordered, "a block twice");
    byte[] mixed = bytes.clone();
    System.arraycopy(others, FileHead.LENGTH + sealed, mixed, FileHead.LENGTH + sealed, sealed);
    assertDamaged(file, mixed, "a block of another file");
    assertDamaged(
        file, Arrays.copyOf(bytes, FileHead.LENGTH + 2 * sealed), "cut off between two blocks");
  }

  @Test
  void shouldTellDamageWhenReaderFailsOverIt() throws IOException {
    Manifest one = write(1, "abcdefghij", "klmnopqrst");
    Manifest two = write(2, "abcdefghij", "klmnopqrsT");
    Files.write(files(one)[0], Files.readAllBytes(files(two)[0]));
    Part part = one.sections().get(1).parts().get(0);
    assertThatThrownBy(
            () ->
                store.read(
                    part,
                    in -> {
                      throw new IllegalStateException("what is this");
                    }))
        .isInstanceOf(DamagedSnapshotException.class);
  }

  private void assertDamaged(Path file, byte[] bytes, String what) throws IOException {
    try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
      channel.write(ByteBuffer.wrap(bytes), 0); // in place, which is faster than a new file
      channel.truncate(bytes.length);
    }
    assertDamaged(file, what);
  }

  private void assertDamaged(Path file, String what) {
    assertThatThrownBy(() -> readAll(1))
        .as(what)
        .isInstanceOf(DamagedSnapshotException.class)
        .hasMessageContaining(file.toString());
  }

  private Manifest write(long id, String one, String two) {
    try (SnapshotWriter writer = store.begin("job", id, null)) {
      writer.writeFull("one", out -> out.writeBytes(one));
      writer.writeFull("two", out -> out.writeBytes(two));
      return writer.finish(0, Map.of());
    }
  }

  private byte[] newSalt() {
    byte[] bytes = new byte[FileHead.SALT_LENGTH];
    bytes[0] = salt++;
    return bytes;
  }

  /** The data file of a snapshot, and its manifest. */
  private Path[] files(Manifest manifest) {
    String data = manifest.sections().get(0).parts().get(0).file();
    return new Path[] {path.resolve(data), path.resolve("snapshot-" + manifest.id() + ".manifest")};
  }

  private void readAll(long id) {
    for (Section section : store.manifest(id).sections()) {
      for (Part part : section.parts()) {
        byte[] bytes = new byte[(int) part.length()];
        store.read(part, in -> in.readFully(bytes));
        assertThat(bytes).isNotEmpty();
      }
    }
  }
}
