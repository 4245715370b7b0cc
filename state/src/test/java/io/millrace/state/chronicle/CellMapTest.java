package io.millrace.state.chronicle;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.Random;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CellMapTest {
  @TempDir private Path parent;
  private ScratchFolder folder;
  private CellMap cells;

  @BeforeEach
  void open() {
    GeneratedClasses.require();
    folder = ScratchFolder.in(parent);
    cells = new CellMap(folder, 0);
  }

  @AfterEach
  void close() {
    cells.close();
    folder.close();
  }

  @Test
  void shouldBeTheMapOfTheModelWhenItGrowsAndShrinks() {
    Random random = new Random(7);
    Map<Integer, byte[]> model = new HashMap<>();
    for (int step = 0; step < 200_000; step++) {
      int key = random.nextInt(60_000);
      if (random.nextInt(4) == 0) {
        model.remove(key);
        cells.remove(bytes(key));
      } else {
        byte[] value = bytes(step);
        model.put(key, value);
        cells.put(bytes(key), value, value.length);
      }
    }

    for (int key = 0; key < 60_000; key++) {
      assertThat(content(key)).as("key %s", key).isEqualTo(model.get(key));
    }
  }

  @Test
  void shouldTakeLongValuesInPieces() {
    byte[] large = new byte[100_000];
    new Random(1).nextBytes(large);
    byte[] small = bytes(5);
    cells.put(bytes(1), small, small.length);
    cells.put(bytes(2), large, large.length);
    cells.put(bytes(1), large, 50_000);

    assertThat(content(1)).isEqualTo(Arrays.copyOf(large, 50_000));
    assertThat(content(2)).isEqualTo(large);

    cells.put(bytes(2), small, small.length);
    cells.remove(bytes(1));

    assertThat(content(1)).isNull();
    assertThat(content(2)).isEqualTo(small);
  }

  @Test
  void shouldMoveToALargerMapWhenValuesAreLargerThanThoseBefore() {
    byte[] large = new byte[2_000];
    for (int key = 0; key < 5_000; key++) {
      byte[] value = key < 100 ? bytes(key) : large;
      cells.put(bytes(key), value, value.length);
    }

    for (int key = 0; key < 5_000; key++) {
      assertThat(content(key)).isEqualTo(key < 100 ? bytes(key) : large);
    }
  }

  @Test
  void shouldHaveAFileOnlyWhileItHoldsSomething() throws IOException {
    assertThat(files()).isZero();
    cells.put(bytes(1), bytes(2), 4);
    assertThat(files()).isEqualTo(1);
    cells.close();
    assertThat(files()).isZero();
    assertThat(cells.get(bytes(1))).isNull();
  }

  private byte @Nullable [] content(int key) {
    byte[] value = cells.get(bytes(key));
    return value == null ? null : Arrays.copyOfRange(value, CellMap.HEAD, value.length);
  }

  private static byte[] bytes(int number) {
    return ByteBuffer.allocate(Integer.BYTES).putInt(number).array();
  }

  private long files() throws IOException {
    try (Stream<Path> files = Files.list(folder.newFile().getParent())) {
      return files.filter(file -> !file.endsWith("lock")).count();
    }
  }
}
