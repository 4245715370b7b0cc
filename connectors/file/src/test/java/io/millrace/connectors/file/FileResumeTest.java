package io.millrace.connectors.file;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.spi.connector.Framing;
import io.millrace.spi.error.MillraceException;
import io.millrace.testkit.connector.LineFormat;
import io.millrace.testkit.connector.StreamFixture;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileTime;
import java.util.List;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Going on behind a position of an earlier process, whatever has become of the files. */
class FileResumeTest {
  private static final String REMEDY =
      "; put the old one back, or start the job without its snapshots";

  @TempDir private Path folder;

  @Test
  void shouldGoOnInTheMiddleOfCompressedFile() throws IOException {
    StreamFixture stream = stream("in").with("max.record.size", "1 MB");
    gzip("in/a.txt.gz", "header\n1\n2\n3\n");
    gzip("in/b.txt.gz", "header\n4\n");
    String position = readFrom(stream, "", 3, "1", "2");
    readFrom(stream, position, 9, "3", "4");
  }

  @Test
  void shouldKnowThatMovedFileIsFinished() throws IOException {
    StreamFixture stream = stream("in").with("done.folder", folder + "/done");
    write("in/a.txt", "header\na\n");
    write("in/b.txt", "header\nb1\nb2\n");
    String position;
    try (SourceUnderTest source = open(stream)) {
      assertThat(source.poll(4)).containsExactly("a", "b1");
      position = source.position();
      source.acknowledge();
    }
    assertThat(folder.resolve("done/a.txt")).exists();
    readFrom(stream, position, 9, "b2");
  }

  @Test
  void shouldReadNewFileUnderTheNameOfFinishedOne() throws IOException {
    StreamFixture stream =
        stream("in").with("done.folder", folder + "/done").with("mode", "follow");
    write("in/a.txt", "header\na\n");
    write("in/b.txt", "header\nb\n");
    String position;
    try (SourceUnderTest source = open(stream)) {
      assertThat(source.poll()).containsExactly("a", "b");
      position = source.position();
      source.acknowledge();
    }
    write("in/a.txt", "header\nnew a\n");
    try (SourceUnderTest source = open(stream)) {
      source.seek(position);
      assertThat(source.poll()).containsExactly("new a");
      assertThat(folder.resolve("in/a.txt")).exists();
    }
  }

  @Test
  void shouldNotMoveNewFileForFinishedOneOfItsName() throws IOException {
    StreamFixture stream = stream("in").with("done.folder", folder + "/done");
    Path file = write("in/a.txt", "header\na\n");
    try (SourceUnderTest source = open(stream)) {
      assertThat(source.poll()).containsExactly("a");
      Files.writeString(file, "other\n");
      Files.setLastModifiedTime(file, FileTime.fromMillis(0));
      source.acknowledge();
    }
    assertThat(file).hasContent("other");
  }

  @Test
  void shouldRefuseFinishedFileThatHasChanged() throws IOException {
    StreamFixture stream = stream("in").with("done.folder", folder + "/done");
    Path file = write("in/a.txt", "header\na\n");
    String position;
    try (SourceUnderTest source = open(stream)) {
      assertThat(source.poll()).containsExactly("a");
      position = source.position();
    }
    Files.writeString(file, "header\na\nmore\n");
    try (SourceUnderTest source = open(stream)) {
      assertThatThrownBy(() -> source.seek(position))
          .isInstanceOf(MillraceException.class)
          .hasMessage(
              "'"
                  + file
                  + "' was read to its end and has changed since; if it is another file, give it"
                  + " another name, else move it to the done folder");
    }
  }

  @Test
  void shouldGoOnInFileThatWasMovedToDoneFolder() throws IOException {
    StreamFixture stream = stream("in").with("done.folder", folder + "/done");
    Path file = write("in/a.txt", "header\n1\n2\n");
    write("in/b.txt", "header\n3\n");
    String position = readFrom(stream, "", 2, "1");
    Files.move(file, folder.resolve("done/a.txt"));
    readFrom(stream, position, 9, "2", "3");
    Files.copy(folder.resolve("done/a.txt"), folder.resolve("copy"));
    Files.move(
        folder.resolve("copy"), folder.resolve("done/a.txt"), StandardCopyOption.REPLACE_EXISTING);
    readFrom(stream, position, 9, "2", "3");
  }

  @Test
  void shouldReadRestOfLogThatWasRotatedMeanwhile() throws IOException {
    StreamFixture stream = stream("in.log").with("mode", "follow");
    Path log = write("in.log", "header\n1\n2\n");
    String position = readFrom(stream, "", 2, "1");
    Files.move(log, folder.resolve("in.log.1"));
    write("in.log", "header\n3\n4\n5\n");
    position = readFrom(stream, position, 1, "2");
    position = readFrom(stream, position, 2, "3");
    position = readFrom(stream, position, 9, "4", "5");
    Files.writeString(log, "header\n3\n4\n5\n6\n");
    readFrom(stream, position, 9, "6");
  }

  @Test
  void shouldRefuseToGoOnInFileThatIsGoneOrCutOff() throws IOException {
    StreamFixture stream = stream("in");
    Path file = write("in/a.txt", "header\n1\n2\n3\n");
    write("in/b.txt", "header\n4\n");
    String position = readFrom(stream, "", 3, "1", "2");
    Files.writeString(file, "header\n1\n");
    assertRefused(
        stream,
        position,
        "'"
            + file
            + "' is not the file that was read before: it has 9 bytes, and 11 were read"
            + REMEDY);
    Files.delete(file);
    assertRefused(
        stream, position, "'" + file + "' is gone, and reading is to go on in it" + REMEDY);
  }

  @Test
  void shouldBeginAgainWhenFollowedFileWasCutOff() throws IOException {
    StreamFixture stream = stream("in.log").with("mode", "follow");
    Path log = write("in.log", "header\n1\n2\n3\n");
    String position = readFrom(stream, "", 3, "1", "2");
    Files.writeString(log, "header\n4\n");
    readFrom(stream, position, 9, "4");
  }

  private static void assertRefused(StreamFixture stream, String position, String message) {
    try (SourceUnderTest source = open(stream)) {
      source.seek(position);
      assertThatThrownBy(source::poll).isInstanceOf(MillraceException.class).hasMessage(message);
    }
  }

  /** Reads at most so many records behind a position, checks them, and gives the next position. */
  private static String readFrom(
      StreamFixture stream, String position, int records, String... expected) {
    try (SourceUnderTest source = open(stream)) {
      if (!position.isEmpty()) {
        source.seek(position);
      }
      assertThat(source.poll(records)).isEqualTo(List.of(expected));
      return source.position();
    }
  }

  private static SourceUnderTest open(StreamFixture stream) {
    return new SourceUnderTest(stream, new LineFormat(Framing.LINES, "header"));
  }

  private StreamFixture stream(String path) {
    return SourceUnderTest.STREAM.with("path", folder + "/" + path);
  }

  private Path write(String name, String text) throws IOException {
    Path file = folder.resolve(name);
    Files.createDirectories(file.getParent());
    return Files.writeString(file, text);
  }

  private void gzip(String name, String text) throws IOException {
    Path file = folder.resolve(name);
    Files.createDirectories(file.getParent());
    try (OutputStream out = new GZIPOutputStream(Files.newOutputStream(file))) {
      out.write(text.getBytes(UTF_8));
    }
  }
}
