package io.millrace.state.store;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.spi.snapshot.Manifest;
import io.millrace.spi.snapshot.Part;
import io.millrace.spi.snapshot.Section;
import io.millrace.spi.snapshot.SnapshotWriter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ManySnapshotsTest {
  private static final int SNAPSHOTS = 10_000;
  private static final int MERGED_AT = 16;

  @TempDir Path path;

  @Test
  void shouldHaveFewFilesWhenManySnapshotsWereWrittenMergedAndRetained() throws IOException {
    try (FileSnapshotStore store =
        new FileSnapshotStore(
            FaultyFolder.withoutFaults(DiskFolder.open(path)), BlockFormat.of(null))) {
      Manifest manifest = null;
      int mostFiles = 0;
      for (int id = 1; id <= SNAPSHOTS; id++) {
        manifest = write(store, id, manifest);
        store.retain(id == 1 ? Set.of(1L) : Set.of(id - 1L, (long) id));
        if (id % 100 == 0) {
          mostFiles = Math.max(mostFiles, files());
        }
      }
      // At most 17 parts in each of two snapshots, a merged part that waits, manifests, the lock.
      assertThat(mostFiles).isLessThanOrEqualTo(17 + 2 + 1 + 2 + 1);
      Section section = store.manifest(SNAPSHOTS).sections().get(0);
      assertThat(section.parts()).hasSizeLessThanOrEqualTo(MERGED_AT + 1);
      assertThat(numbers(store, section.parts()))
          .isEqualTo(Stream.iterate(1, n -> n + 1).limit(SNAPSHOTS).toList());
    }
  }

  private static Manifest write(FileSnapshotStore store, int id, @Nullable Manifest previous) {
    Part merged = null;
    if (previous != null && previous.sections().get(0).parts().size() > MERGED_AT) {
      List<Integer> all = numbers(store, previous.sections().get(0).parts());
      merged =
          store.writeMerged(
              out -> {
                for (int number : all) {
                  out.writeInt(number);
                }
              });
    }
    try (SnapshotWriter writer = store.begin("job", id, previous)) {
      if (previous == null) {
        writer.writeFull("numbers", out -> out.writeInt(id));
      } else {
        if (merged != null) {
          writer.replace("numbers", MERGED_AT + 1, merged);
        }
        writer.writeChanges("numbers", out -> out.writeInt(id));
      }
      return writer.finish(id, Map.of());
    }
  }

  private static List<Integer> numbers(FileSnapshotStore store, List<Part> parts) {
    List<Integer> numbers = new ArrayList<>();
    for (Part part : parts) {
      store.read(
          part,
          in -> {
            for (long i = 0; i < part.length() / Integer.BYTES; i++) {
              numbers.add(in.readInt());
            }
          });
    }
    return numbers;
  }

  private int files() throws IOException {
    try (Stream<Path> files = Files.list(path)) {
      return (int) files.count();
    }
  }
}
