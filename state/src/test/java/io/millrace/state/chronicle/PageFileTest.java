package io.millrace.state.chronicle;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.spi.error.MillraceException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PageFileTest {
  @TempDir private Path parent;
  private ScratchFolder folder;
  private PageFile file;

  @BeforeEach
  void open() {
    folder = ScratchFolder.in(parent);
    file = new PageFile(folder);
  }

  @AfterEach
  void close() {
    file.close();
    folder.close();
    assertThat(parent).isEmptyDirectory();
  }

  @Test
  void shouldReadWhatWasWrittenWhenPlacesAreUsedAgain() {
    Random random = new Random(1);
    Map<Region, byte[]> model = new HashMap<>();
    for (int step = 0; step < 5_000; step++) {
      if (model.size() > 50 || (random.nextInt(3) == 0 && !model.isEmpty())) {
        Region gone = model.keySet().iterator().next();
        assertThat(read(gone)).isEqualTo(model.remove(gone));
        file.free(gone);
      } else {
        byte[] bytes = new byte[1 + random.nextInt(random.nextBoolean() ? 100 : 9_000)];
        random.nextBytes(bytes);
        model.put(file.write(bytes, bytes.length), bytes);
      }
    }

    model.forEach((region, bytes) -> assertThat(read(region)).isEqualTo(bytes));
    assertThat(file.regions()).isEqualTo(model.size());
    assertThat(file.end()).isLessThan(5_000_000);
  }

  @Test
  void shouldHaveNoPlaceThatIsTooSmallOrMuchTooLarge() {
    for (int size = 0; size < 100_000; size++) {
      long place = PageFile.bytes(PageFile.sizeClass(size));
      assertThat(place).isGreaterThanOrEqualTo(size).isLessThanOrEqualTo(64 + size * 5L / 4);
    }
    for (int size : List.of(Integer.MAX_VALUE, 1 << 30, (1 << 30) + 1)) {
      assertThat(PageFile.bytes(PageFile.sizeClass(size))).isGreaterThanOrEqualTo(size);
    }
  }

  @Test
  void shouldLeaveAPlaceAloneWhileACaptureReadsIt() {
    byte[] bytes = new byte[100];
    Region first = file.write(bytes, bytes.length);
    AtomicInteger pins = first.pin();
    file.free(first);
    Region second = file.write(bytes, bytes.length);
    Region third = file.write(bytes, bytes.length);

    assertThat(Stream.of(second, third)).noneMatch(region -> region.position == first.position);
    pins.decrementAndGet();
    assertThat(file.write(bytes, bytes.length).position).isEqualTo(first.position);
  }

  @Test
  void shouldBeShortWhenAllIsGone() throws IOException {
    byte[] bytes = new byte[2 << 20];
    Region region = file.write(bytes, bytes.length);
    assertThat(Files.size(file.path())).isEqualTo(2 << 20);
    file.free(region);

    assertThat(Files.size(file.path())).isZero();
    assertThat(file.write(new byte[] {7}, 1).position).isZero();
  }

  @Test
  void shouldNameTheSettingWhenTheDiskFails() throws IOException {
    try (Stream<Path> files = Files.walk(parent)) {
      for (Path path : files.sorted((a, b) -> b.compareTo(a)).toList()) {
        Files.delete(path);
      }
    }

    assertThatThrownBy(() -> file.write(new byte[1], 1))
        .isInstanceOf(MillraceException.class)
        .hasMessageContaining("cannot write state to '")
        .hasMessageContaining("'state.dir'");
    Files.createDirectories(parent);
  }

  private byte[] read(Region region) {
    byte[] bytes = new byte[region.size + 3];
    file.read(region, bytes);
    return Arrays.copyOf(bytes, region.size);
  }
}
