package io.millrace.connectors.file;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.spi.connector.Framing;
import io.millrace.spi.connector.PollStatus;
import io.millrace.spi.error.MillraceException;
import io.millrace.testkit.connector.LineFormat;
import io.millrace.testkit.connector.RejectedRecord;
import io.millrace.testkit.connector.StreamFixture;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Random;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FileSourceTest {
  @TempDir private Path folder;

  @Test
  void shouldReadLinesAndNameThem() throws IOException {
    Path file = write("in.txt", "\uFEFFone\r\n\ntwo\nlast");
    try (SourceUnderTest source = open(file.toString())) {
      assertThat(source.poll()).containsExactly("one", "", "two", "last");
      assertThat(source.origins())
          .containsExactly(file + ":1", file + ":2", file + ":3", file + ":4");
      assertThat(source.status()).isEqualTo(PollStatus.ENDED);
    }
  }

  @Test
  void shouldReadFolderInOrderOfNames() throws IOException {
    write("b.txt", "b\n");
    write("a.txt", "a\n");
    write("sub/c.txt", "c\n");
    try (SourceUnderTest source = open(folder.toString())) {
      assertThat(source.poll()).containsExactly("a", "b");
    }
  }

  @Test
  void shouldReadWhatGlobMatches() throws IOException {
    write("a.txt", "a\n");
    write("b.csv", "b\n");
    write("x/c.txt", "c\n");
    write("x/y/d.txt", "d\n");
    try (SourceUnderTest source = open(folder + "/*.txt")) {
      assertThat(source.poll()).containsExactly("a");
    }
    try (SourceUnderTest source = open(folder + "/*/{c,e}.txt")) {
      assertThat(source.poll()).containsExactly("c");
    }
    try (SourceUnderTest source = open(folder + "/**.txt")) {
      assertThat(source.poll()).containsExactly("a", "c", "d");
    }
  }

  @Test
  void shouldRejectBadRecordsAndGoOn() throws IOException {
    Path file = write("in.txt", "one\nbad\ntwo\n");
    try (SourceUnderTest source = open(file.toString())) {
      assertThat(source.poll()).containsExactly("one", "two");
      assertThat(source.rejected())
          .containsExactly(new RejectedRecord(file + ":2", "bad", "a bad record"));
    }
  }

  @Test
  void shouldRejectRecordThatIsTooLong() throws IOException {
    Path file = write("in.txt", "0123456789\n01234567890\nok\n" + "x".repeat(1_000_000) + "\nend");
    StreamFixture stream = stream(file.toString()).with("max.record.size", "10");
    try (SourceUnderTest source = new SourceUnderTest(stream, LineFormat.lines())) {
      assertThat(source.poll()).containsExactly("0123456789", "ok", "end");
      assertThat(source.origins()).containsExactly(file + ":1", file + ":3", file + ":5");
      String error = "the record is longer than 'max.record.size' = 10 bytes";
      assertThat(source.rejected())
          .containsExactly(
              new RejectedRecord(file + ":2", "0123456789", error),
              new RejectedRecord(file + ":4", "xxxxxxxxxx", error));
    }
  }

  @Test
  void shouldReadRecordOfTenMegabytes() throws IOException {
    String large = "x".repeat(10_000_000);
    Path file = write("in.txt", "a\n" + large + "\nb\n");
    try (SourceUnderTest source = open(file.toString())) {
      assertThat(source.poll()).containsExactly("a", large, "b");
    }
  }

  @Test
  void shouldFindEveryLineEndWhereverItLies() throws IOException {
    long seed = 11;
    Random random = new Random(seed);
    StringBuilder text = new StringBuilder();
    String[] expected = new String[40_000];
    for (int i = 0; i < expected.length; i++) {
      expected[i] = "y".repeat(random.nextInt(30)) + i;
      text.append(expected[i]).append('\n');
    }
    Path file = write("in.txt", text.toString());
    try (SourceUnderTest source = open(file.toString())) {
      assertThat(source.poll()).as("seed %d", seed).containsExactly(expected);
    }
  }

  @Test
  void shouldKeepQuotedLineEndsInRecord() throws IOException {
    Path file =
        write("in.csv", "a,\"x\ny\"\n5\" pipe,b\n\"\"\"\n\",\"\"\n\"never closed\nto the end");
    LineFormat format = new LineFormat(Framing.quotedLines('"', ','), "");
    try (SourceUnderTest source = new SourceUnderTest(stream(file.toString()), format)) {
      assertThat(source.poll())
          .containsExactly(
              "a,\"x\ny\"", "5\" pipe,b", "\"\"\"\n\",\"\"", "\"never closed\nto the end");
      assertThat(source.origins())
          .containsExactly(file + ":1", file + ":3", file + ":4", file + ":6");
    }
  }

  @Test
  void shouldReadWholeFiles() throws IOException {
    write("a.txt", "one\ntwo\n");
    write("b.txt", "three");
    LineFormat format = new LineFormat(Framing.WHOLE, "");
    try (SourceUnderTest source = new SourceUnderTest(stream(folder.toString()), format)) {
      assertThat(source.poll()).containsExactly("one\ntwo\n", "three");
    }
  }

  @Test
  void shouldReadGzip() throws IOException {
    Path file = folder.resolve("in.txt.gz");
    Files.write(file, concat(gzip("one\ntwo"), gzip("\nthree\n")));
    try (SourceUnderTest source = open(file.toString())) {
      assertThat(source.poll()).containsExactly("one", "two", "three");
    }
  }

  @Test
  void shouldRejectRestOfTruncatedGzipAndGoOnWithNextFile() throws IOException {
    StringBuilder text = new StringBuilder();
    Random random = new Random(3);
    for (int i = 0; i < 1_000; i++) {
      text.append(random.nextLong()).append('\n');
    }
    byte[] whole = gzip(text.toString());
    Path file = folder.resolve("a.txt.gz");
    Files.write(file, Arrays.copyOf(whole, whole.length / 2));
    write("b.txt", "next\n");
    try (SourceUnderTest source = open(folder.toString())) {
      var lines = source.poll();
      assertThat(lines).hasSizeBetween(200, 800).endsWith("next");
      assertThat(text.toString()).startsWith(String.join("\n", lines.subList(0, lines.size() - 1)));
      assertThat(source.rejected()).hasSize(1);
      assertThat(source.rejected().get(0).error())
          .isEqualTo("the compressed data of '" + file + "' is cut off");
      assertThat(source.rejected().get(0).origin()).isEqualTo(file + ":" + lines.size());
    }
  }

  @Test
  void shouldRejectFileThatIsNoGzip() throws IOException {
    Path plain = write("a.gz", "not compressed");
    Path empty = write("b.gz", "");
    write("c.txt", "next\n");
    try (SourceUnderTest source = open(folder.toString())) {
      assertThat(source.poll()).containsExactly("next");
      assertThat(source.rejected())
          .containsExactly(
              new RejectedRecord(
                  plain.toString(),
                  "",
                  "the compressed data of '" + plain + "' is damaged: Not in GZIP format"),
              new RejectedRecord(
                  empty.toString(), "", "the compressed data of '" + empty + "' is cut off"));
    }
  }

  @Test
  void shouldRejectWhatFollowsCompressedDataAndIsNone() throws IOException {
    byte[] second = gzip("two\n");
    second[0] = 0x1e;
    Path file = folder.resolve("a.gz");
    Files.write(file, concat(gzip("one\n"), second));
    Files.write(folder.resolve("b.gz"), concat(gzip("filled up\n"), new byte[700]));
    try (SourceUnderTest source = open(folder.toString())) {
      assertThat(source.poll()).containsExactly("one", "filled up");
      assertThat(source.rejected())
          .extracting(RejectedRecord::error)
          .containsExactly(
              "the compressed data of '"
                  + file
                  + "' is damaged: there are bytes behind the end of the compressed data");
    }
  }

  @Test
  void shouldMoveFilesWhenTheirRowsAreSafe() throws IOException {
    write("in/a.txt", "a1\na2\n");
    write("in/b.txt", "b1\nb2\n");
    write("done/a.txt", "of another day");
    StreamFixture stream =
        stream(folder + "/in").with("done.folder", folder.resolve("done").toString());
    try (SourceUnderTest source = new SourceUnderTest(stream, LineFormat.lines())) {
      source.poll(3);
      assertThat(folder.resolve("in/a.txt")).exists();
      source.acknowledge();
      assertThat(folder.resolve("in/a.txt")).doesNotExist();
      assertThat(folder.resolve("done/a.txt.1")).hasContent("a1\na2");
      assertThat(source.poll()).containsExactly("b2");
      source.acknowledge();
    }
    assertThat(folder.resolve("in")).isEmptyDirectory();
    assertThat(folder.resolve("done/b.txt")).hasContent("b1\nb2");
  }

  @Test
  void shouldMoveFileThatWasFinishedBeforeTheStop() throws IOException {
    write("in/a.txt", "a\n");
    write("in/b.txt", "b\n");
    StreamFixture stream =
        stream(folder + "/in").with("done.folder", folder.resolve("done").toString());
    String position;
    try (SourceUnderTest source = new SourceUnderTest(stream, LineFormat.lines())) {
      assertThat(source.poll(2)).containsExactly("a", "b");
      position = source.position();
    }
    try (SourceUnderTest source = new SourceUnderTest(stream, LineFormat.lines())) {
      source.seek(position);
      assertThat(source.poll()).isEmpty();
      source.acknowledge();
    }
    assertThat(folder.resolve("in")).isEmptyDirectory();
  }

  @Test
  void shouldRefuseToGoOnInAnotherFileOfTheSameName() throws IOException {
    Path file = write("in.txt", "one\ntwo\n");
    String position;
    try (SourceUnderTest source = open(file.toString())) {
      source.poll(1);
      position = source.position();
    }
    write("in.txt", "new\ntwo\n");
    try (SourceUnderTest source = open(file.toString())) {
      source.seek(position);
      assertThatThrownBy(source::poll)
          .isInstanceOf(MillraceException.class)
          .hasMessage(
              "'"
                  + file
                  + "' is not the file that was read before: its first bytes have changed; put the"
                  + " old one back, or start the job without its snapshots");
    }
  }

  @Test
  void shouldRefuseTextThatIsNoPosition() throws IOException {
    try (SourceUnderTest source = open(write("in.txt", "").toString())) {
      assertThatThrownBy(() -> source.seek("17"))
          .isInstanceOf(MillraceException.class)
          .hasMessage("'17' is no position of a file source");
    }
  }

  @Test
  void shouldSayWhichFileWasMeant() throws IOException {
    write("trades.csv", "");
    assertThatThrownBy(() -> open(folder + "/trade.csv"))
        .isInstanceOf(MillraceException.class)
        .hasMessage("there is no file '" + folder + "/trade.csv'; did you mean 'trades.csv'?");
    assertThatThrownBy(() -> open(folder + "/no/trades.csv"))
        .hasMessage(
            "there is no file '"
                + folder
                + "/no/trades.csv'; there is no folder '"
                + folder
                + "/no'");
    assertThatThrownBy(() -> open(folder + "/*.json"))
        .hasMessage("no file matches '" + folder + "/*.json'");
    assertThatThrownBy(() -> open(folder + "/no/*.json"))
        .hasMessage(
            "there is no folder '" + folder + "/no' for the files '" + folder + "/no/*.json'");
    assertThatThrownBy(() -> open(folder + "/[a.json")).hasMessageContaining("is no glob");
  }

  @ParameterizedTest
  @CsvSource({
    "mode, append, 'option ''mode'' of a source must be ''once'' or ''follow'', not ''append'''",
    "rotate.size, 1 MB, 'option ''rotate.size'' is for sinks only'",
    "max.record.size, 0, 'option ''max.record.size'' must be from 1 byte to 1 GB'",
    "max.record.size, 2 GB, 'option ''max.record.size'' must be from 1 byte to 1 GB'",
    "mod, once, 'unknown option ''mod'''"
  })
  void shouldRefuseOptionsThatMakeNoSense(String option, String value, String message) {
    assertThatThrownBy(
            () ->
                new SourceUnderTest(
                    stream(folder.toString()).with(option, value), LineFormat.lines()))
        .isInstanceOf(MillraceException.class)
        .hasMessage(message);
  }

  @Test
  void shouldRefuseToFollowOneFileThatIsToBeMoved() throws IOException {
    StreamFixture stream =
        stream(write("in.txt", "").toString()).with("mode", "follow").with("done.folder", "done");
    assertThatThrownBy(() -> new SourceUnderTest(stream, LineFormat.lines()))
        .isInstanceOf(MillraceException.class)
        .hasMessageContaining("'done.folder' with 'mode' = 'follow' needs a folder or a glob");
  }

  @Test
  void shouldRefuseToFollowWholeFiles() {
    StreamFixture stream = stream(folder.toString()).with("mode", "follow");
    assertThatThrownBy(() -> new SourceUnderTest(stream, new LineFormat(Framing.WHOLE, "")))
        .isInstanceOf(MillraceException.class)
        .hasMessageContaining("the format takes whole files");
  }

  private SourceUnderTest open(String path) {
    return new SourceUnderTest(stream(path), LineFormat.lines());
  }

  private static StreamFixture stream(String path) {
    return SourceUnderTest.STREAM.with("path", path);
  }

  private Path write(String name, String text) throws IOException {
    Path file = folder.resolve(name);
    Files.createDirectories(file.getParent());
    return Files.writeString(file, text);
  }

  private static byte[] gzip(String text) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (OutputStream out = new GZIPOutputStream(bytes)) {
      out.write(text.getBytes(UTF_8));
    }
    return bytes.toByteArray();
  }

  private static byte[] concat(byte[] one, byte[] other) {
    byte[] both = Arrays.copyOf(one, one.length + other.length);
    System.arraycopy(other, 0, both, one.length, other.length);
    return both;
  }
}
