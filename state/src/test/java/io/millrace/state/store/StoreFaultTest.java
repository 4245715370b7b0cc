package io.millrace.state.store;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.spi.error.MillraceException;
import io.millrace.state.store.FaultyFolder.Fault;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** A store whose disk, process or machine fails at any step loses nothing and corrupts nothing. */
class StoreFaultTest {
  private static final int BLOCK = 4;

  @TempDir Path parent;

  @ParameterizedTest
  @EnumSource(
      value = Fault.class,
      names = {"ONCE", "DISK_FULL"})
  void shouldSaySoAndGoOnWhenDiskFailsAtAnyStep(Fault fault) throws IOException {
    boolean isFailing = true;
    for (int steps = 0; isFailing; steps++) {
      Path path = parent.resolve("steps" + steps);
      StoreScript script = new StoreScript();
      FaultyFolder folder = new FaultyFolder(open(path), fault, steps);
      MillraceException failure = null;
      try (FileSnapshotStore store = new FileSnapshotStore(folder, format())) {
        script.run(store);
      } catch (MillraceException e) {
        failure = e;
      }
      isFailing = folder.hasFailed();
      if (failure != null) {
        assertThat(failure.message()).contains(path.toString(), "No space left", "make room");
      }
      checkAfter(path, script);
    }
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void shouldHaveAllThatWasFinishedWhenProcessEndsAtAnyStep(boolean encrypted) throws IOException {
    boolean isFailing = true;
    for (int steps = 0; isFailing; steps++) {
      Path path = parent.resolve("steps" + steps);
      StoreScript script = new StoreScript();
      FaultyFolder folder = runToEnd(path, script, steps, format(encrypted));
      isFailing = folder.hasFailed();
      checkAfter(path, script, format(encrypted));
    }
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void shouldHaveAllThatWasFinishedWhenMachineEndsAtAnyStep(boolean lastChangeSurvives)
      throws IOException {
    boolean isFailing = true;
    for (int steps = 0; isFailing; steps++) {
      Path path = parent.resolve("steps" + steps);
      StoreScript script = new StoreScript();
      FaultyFolder folder = runToEnd(path, script, steps, format());
      isFailing = folder.hasFailed();
      folder.lose(lastChangeSurvives);
      checkAfter(path, script);
    }
  }

  private static FaultyFolder runToEnd(Path path, StoreScript script, int steps, BlockFormat format)
      throws IOException {
    FaultyFolder folder = new FaultyFolder(open(path), Fault.END, steps);
    try (FileSnapshotStore store = new FileSnapshotStore(folder, format)) {
      script.run(store);
    } catch (MillraceException ignored) { // nobody is there to see it
    }
    return folder;
  }

  private static void checkAfter(Path path, StoreScript script) throws IOException {
    checkAfter(path, script, format());
  }

  private static void checkAfter(Path path, StoreScript script, BlockFormat format)
      throws IOException {
    FaultyFolder folder = FaultyFolder.withoutFaults(DiskFolder.open(path));
    try (FileSnapshotStore store = new FileSnapshotStore(folder, format)) {
      script.check(store);
    }
    try (Stream<Path> files = Files.list(path)) {
      List<String> names = files.map(file -> file.getFileName().toString()).toList();
      assertThat(names).contains(DiskFolder.LOCK, "snapshot-9.manifest");
      assertThat(names.stream().filter(FileNames::isTemporary)).isEmpty();
      assertThat(names.size()).isLessThanOrEqualTo(6);
    }
  }

  private static Folder open(Path path) throws IOException {
    Files.createDirectory(path);
    return DiskFolder.open(path);
  }

  private static BlockFormat format() {
    return format(false);
  }

  private static BlockFormat format(boolean encrypted) {
    return new BlockFormat(
        encrypted ? TestKeys.key(1) : null, () -> new byte[FileHead.SALT_LENGTH], BLOCK);
  }
}
