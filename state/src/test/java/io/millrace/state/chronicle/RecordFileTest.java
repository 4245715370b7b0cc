package io.millrace.state.chronicle;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.spi.error.MillraceException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RecordFileTest {
  private static final int SIZE = 100;

  @TempDir private Path parent;
  private ScratchFolder folder;
  private RecordFile file;

  @BeforeEach
  void open() {
    folder = ScratchFolder.in(parent);
    file = new RecordFile(folder);
  }

  @AfterEach
  void close() {
    file.close();
    folder.close();
    assertThat(parent).isEmptyDirectory();
  }

  @Test
  void shouldReadWhatWasWrittenLastWhateverTheOrder() {
    Random random = new Random(1);
    Map<Integer, byte[]> model = new HashMap<>();
    file.begin(SIZE);
    for (int step = 0; step < 300_000; step++) {
      int number = random.nextInt(random.nextBoolean() ? 1_000 : 200_000);
      byte[] bytes = new byte[random.nextInt(SIZE + 2)];
      random.nextBytes(bytes);
      model.put(number, bytes);
      assertThat(file.put(number, bytes, bytes.length)).isEqualTo(bytes.length <= SIZE);
    }

    model.forEach((number, bytes) -> assertRead(number, bytes));
  }

  private void assertRead(int number, byte[] bytes) {
    int size = file.read(number);
    if (size == RecordFile.LONG) {
      assertThat(bytes.length).isGreaterThan(SIZE);
    } else {
      assertThat(Arrays.copyOf(file.bytes(), size)).isEqualTo(bytes);
    }
  }

  @Test
  void shouldGrowByAPartAtATime() throws IOException {
    file.begin(SIZE);
    assertThat(files()).isEmpty();
    file.put(0, new byte[] {7}, 1);
    assertThat(Files.size(files().get(0))).isLessThanOrEqualTo(1 << 16);
    for (int number = 1; number < 100_000; number++) {
      file.put(number, new byte[] {7}, 1);
    }

    long records = 100_000L * (SIZE + 2);
    assertThat(Files.size(files().get(0))).isBetween(records, records + (2 << 20));
  }

  /** Behind 64 parts of a megabyte come larger ones. */
  @Test
  void shouldKeepRecordsOfSmallAndLargePartsApart() throws IOException {
    int size = 1_000;
    int small = 1 << 10; // records of a part of a megabyte
    int large = small << 4;
    int[] numbers = {
      0,
      small / 16 - 1,
      small / 16,
      small - 1,
      small,
      64 * small - 1,
      64 * small,
      64 * small + 1,
      64 * small + large - 1,
      64 * small + large,
      64 * small + 2 * large
    };
    file.begin(size);
    for (int number : numbers) {
      file.put(number, ByteBuffer.allocate(size).putInt(number).array(), size);
    }
    file.put(63 * small + 5, new byte[size], size);

    for (int number : numbers) {
      assertRead(number, ByteBuffer.allocate(size).putInt(number).array());
    }
    assertThat(Files.size(files().get(0))).isBetween(109L << 20, 111L << 20);
  }

  @Test
  void shouldBeginAnewWithOtherSizesWhenClosed() throws IOException {
    file.begin(SIZE);
    file.put(3, new byte[SIZE], SIZE);
    file.close();
    assertThat(files()).isEmpty();
    assertThat(file.hasBegun()).isFalse();

    file.begin(4);
    assertThat(file.put(3, new byte[] {1, 2, 3, 4}, 4)).isTrue();
    assertThat(file.put(4, new byte[SIZE], SIZE)).isFalse();
    assertRead(3, new byte[] {1, 2, 3, 4});
    assertThat(file.read(4)).isEqualTo(RecordFile.LONG);
  }

  @Test
  void shouldSaySoWhenANumberHasNoRecord() {
    file.begin(SIZE);
    file.put(3, new byte[] {1}, 1);

    for (int number : List.of(2, 4, 1_000_000)) {
      assertThatThrownBy(() -> file.read(number))
          .isInstanceOf(IllegalStateException.class)
          .hasMessage("number " + number + " has no record");
    }
  }

  @Test
  void shouldWorkInAThreadThatHasBeenInterrupted() {
    Thread.currentThread().interrupt();
    file.begin(SIZE);
    file.put(50_000, new byte[] {1, 2}, 2);

    assertRead(50_000, new byte[] {1, 2});
    assertThat(Thread.interrupted()).isTrue();
  }

  @Test
  void shouldNameTheSettingWhenTheDiskFails() throws IOException {
    try (Stream<Path> all = Files.walk(parent)) {
      for (Path path : all.sorted((a, b) -> b.compareTo(a)).toList()) {
        Files.delete(path);
      }
    }
    file.begin(SIZE);

    assertThatThrownBy(() -> file.put(0, new byte[1], 1))
        .isInstanceOf(MillraceException.class)
        .hasMessageContaining("cannot write state to '")
        .hasMessageContaining("'state.dir'");
    Files.createDirectories(parent);
  }

  /** Those of records, and not the lock. */
  private List<Path> files() throws IOException {
    try (Stream<Path> all = Files.walk(parent)) {
      return all.filter(Files::isRegularFile).filter(it -> !it.endsWith("lock")).toList();
    }
  }
}
