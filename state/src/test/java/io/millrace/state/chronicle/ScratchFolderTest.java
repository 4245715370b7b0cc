package io.millrace.state.chronicle;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ScratchFolderTest {
  @TempDir private Path parent;

  @Test
  void shouldRemoveWhatADeadProcessHasLeft() throws IOException {
    Path dead = Files.createDirectory(parent.resolve("scratch-dead"));
    Files.writeString(dead.resolve("lock"), "");
    Files.writeString(dead.resolve("0"), "state of no defined moment");

    ScratchFolder.in(parent).close();

    assertThat(folders()).isEmpty();
  }

  @Test
  void shouldLeaveWhatAnotherOneUses() throws IOException {
    try (ScratchFolder one = ScratchFolder.in(parent);
        ScratchFolder other = ScratchFolder.in(parent)) {
      assertThat(one.newFile().getParent()).exists().isNotEqualTo(other.newFile().getParent());
    }
    assertThat(folders()).isEmpty();
  }

  @Test
  void shouldLeaveWhatIsNoneOfItsOwn() throws IOException {
    Path file = Files.writeString(parent.resolve("notes.txt"), "mine");
    Path folder = Files.createDirectory(parent.resolve("scratch-without-lock"));

    ScratchFolder.in(parent).close();

    assertThat(folders()).containsExactlyInAnyOrder(file, folder);
  }

  private List<Path> folders() throws IOException {
    try (Stream<Path> folders = Files.list(parent)) {
      return folders.toList();
    }
  }
}
