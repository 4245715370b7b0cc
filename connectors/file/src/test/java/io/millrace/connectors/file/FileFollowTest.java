package io.millrace.connectors.file;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.spi.connector.Framing;
import io.millrace.spi.connector.PollStatus;
import io.millrace.testkit.connector.LineFormat;
import io.millrace.testkit.connector.StreamFixture;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FileFollowTest {
  @TempDir private Path folder;

  @Test
  void shouldReadLinesWhenTheyAreComplete() throws IOException {
    Path file = append("in.log", "one\ntw");
    try (SourceUnderTest source = follow(file)) {
      assertThat(source.poll()).containsExactly("one");
      assertThat(source.status()).isEqualTo(PollStatus.IDLE);
      append("in.log", "o\nthree\n");
      assertThat(source.poll()).containsExactly("two", "three");
      assertThat(source.origins()).containsExactly(file + ":2", file + ":3");
    }
  }

  @Test
  void shouldWaitForFileThatIsNotThereYet() throws IOException {
    try (SourceUnderTest source = follow(folder.resolve("in.log"))) {
      assertThat(source.status()).isEqualTo(PollStatus.IDLE);
      append("in.log", "one\n");
      assertThat(source.poll()).containsExactly("one");
    }
  }

  @Test
  void shouldFollowRotation() throws IOException {
    Path file = append("in.log", "one\n");
    try (SourceUnderTest source = follow(file)) {
      assertThat(source.poll()).containsExactly("one");
      append("in.log", "two\nhalf");
      Files.move(file, folder.resolve("in.log.1"));
      assertThat(source.poll()).containsExactly("two");
      assertThat(source.status()).isEqualTo(PollStatus.IDLE);
      append("in.log", "three\n");
      assertThat(source.poll()).containsExactly("half", "three");
      append("in.log", "four\n");
      assertThat(source.poll()).containsExactly("four");
    }
  }

  @Test
  void shouldBeginAgainWhenFileIsTruncated() throws IOException {
    Path file = append("in.log", "one\ntwo\n");
    try (SourceUnderTest source = follow(file)) {
      assertThat(source.poll()).containsExactly("one", "two");
      Files.writeString(file, "new\n");
      assertThat(source.poll()).containsExactly("new");
    }
  }

  @Test
  void shouldGoOnWithFilesThatComeLater() throws IOException {
    append("a.log", "a1\na2");
    try (SourceUnderTest source = follow(folder)) {
      assertThat(source.poll()).containsExactly("a1");
      append("c.log", "c1\n");
      assertThat(source.poll()).containsExactly("a2", "c1");
      append("c.log", "c2\n");
      assertThat(source.poll()).containsExactly("c2");
    }
  }

  @Test
  void shouldTakeFilesInAnyOrderWhenTheyAreMovedAway() throws IOException {
    append("in/b.log", "b\n");
    StreamFixture stream = stream(folder.resolve("in")).with("done.folder", folder + "/done");
    try (SourceUnderTest source = new SourceUnderTest(stream, LineFormat.lines())) {
      assertThat(source.poll()).containsExactly("b");
      append("in/a.log", "a\n");
      assertThat(source.poll()).containsExactly("a");
      source.acknowledge();
      assertThat(folder.resolve("done/b.log")).exists();
      append("in/b.log", "b again\n");
      assertThat(source.poll()).containsExactly("b again");
    }
  }

  @Test
  void shouldGoOnBehindPosition() throws IOException {
    Path file = append("in.log", "header\none\n");
    LineFormat format = new LineFormat(Framing.LINES, "header");
    String position;
    try (SourceUnderTest source = new SourceUnderTest(stream(file), format)) {
      assertThat(source.poll()).containsExactly("one");
      position = source.position();
    }
    append("in.log", "two\n" + "x".repeat(3_000) + "\n");
    try (SourceUnderTest source = new SourceUnderTest(stream(file), format)) {
      source.seek(position);
      assertThat(source.poll()).containsExactly("two", "x".repeat(3_000));
      assertThat(source.origins()).containsExactly(file + ":3", file + ":4");
      position = source.position();
    }
    append("in.log", "three\n");
    try (SourceUnderTest source = new SourceUnderTest(stream(file), format)) {
      source.seek(position);
      assertThat(source.poll()).containsExactly("three");
    }
  }

  @Test
  void shouldBeginAgainWhenFileWasReplacedWhileStopped() throws IOException {
    Path file = append("in.log", "one\ntwo\n");
    String position;
    try (SourceUnderTest source = follow(file)) {
      source.poll();
      position = source.position();
    }
    Path other = append("other", "new one\nnew two\nnew three\n");
    Files.move(other, file, StandardCopyOption.REPLACE_EXISTING);
    try (SourceUnderTest source = follow(file)) {
      source.seek(position);
      assertThat(source.poll()).containsExactly("new one", "new two", "new three");
    }
  }

  private static SourceUnderTest follow(Path path) {
    return new SourceUnderTest(stream(path), LineFormat.lines());
  }

  private static StreamFixture stream(Path path) {
    return SourceUnderTest.STREAM.with("path", path.toString()).with("mode", "follow");
  }

  private Path append(String name, String text) throws IOException {
    Path file = folder.resolve(name);
    Files.createDirectories(file.getParent());
    return Files.writeString(file, text, StandardOpenOption.CREATE, StandardOpenOption.APPEND);
  }
}
