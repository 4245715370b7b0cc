package io.millrace.connectors.file;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.spi.connector.Framing;
import io.millrace.spi.connector.Sink;
import io.millrace.spi.data.Batch;
import io.millrace.spi.error.MillraceException;
import io.millrace.spi.types.DataType;
import io.millrace.spi.types.Field;
import io.millrace.testkit.connector.BatchFixture;
import io.millrace.testkit.connector.LineFormat;
import io.millrace.testkit.connector.StreamFixture;
import io.millrace.testkit.connector.TestSinkContext;
import io.millrace.testkit.time.VirtualClock;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import java.util.zip.GZIPInputStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FileSinkTest {
  private static final LineFormat WITH_HEADER = new LineFormat(Framing.LINES, "header");

  @TempDir private Path folder;
  private final VirtualClock clock = new VirtualClock();

  @Test
  void shouldMakeParentsAndWriteHeaderOnce() throws IOException {
    StreamFixture stream = stream("a/b/out.txt");
    try (Sink sink = open(stream, WITH_HEADER)) {
      sink.write(batch("one"));
      sink.flush();
      sink.write(batch("two"));
    }
    assertThat(read("a/b/out.txt")).isEqualTo("header\none\ntwo\n");
  }

  @Test
  void shouldOverwriteByDefault() throws IOException {
    Files.writeString(folder.resolve("out.txt"), "old\n");
    try (Sink sink = open(stream("out.txt"), WITH_HEADER)) {
      sink.write(batch("new"));
    }
    assertThat(read("out.txt")).isEqualTo("header\nnew\n");
  }

  @Test
  void shouldAppendWhenAskedAndEndLineThatWasCutOff() throws IOException {
    Files.writeString(folder.resolve("out.txt"), "header\nold\nhal");
    try (Sink sink = open(stream("out.txt").with("mode", "append"), WITH_HEADER)) {
      sink.write(batch("new"));
    }
    assertThat(read("out.txt")).isEqualTo("header\nold\nhal\nnew\n");
  }

  @Test
  void shouldKeepWhatItWroteWhenJobResumes() throws IOException {
    try (Sink sink = open(stream("out.txt"), WITH_HEADER)) {
      sink.write(batch("one"));
    }
    var definition = stream("out.txt").definition();
    var context = TestSinkContext.of(definition, WITH_HEADER, clock).resumed();
    try (Sink sink = new FileConnector().open(definition, context)) {
      sink.write(batch("two"));
    }
    assertThat(read("out.txt")).isEqualTo("header\none\ntwo\n");
  }

  @Test
  void shouldCompressBySuffix() throws IOException {
    for (int i = 0; i < 2; i++) {
      try (Sink sink = open(stream("out.txt.gz").with("mode", "append"), WITH_HEADER)) {
        sink.write(batch("one"));
        sink.flush();
        assertThat(unzip("out.txt.gz")).endsWith("one\n");
        sink.write(batch("two"));
      }
    }
    assertThat(unzip("out.txt.gz")).isEqualTo("header\none\ntwo\none\ntwo\n");
  }

  @Test
  void shouldRotateBySize() throws IOException {
    try (Sink sink = open(stream("out.txt").with("rotate.size", "14"), WITH_HEADER)) {
      for (String line : List.of("one", "two", "three", "four", "five")) {
        sink.write(batch(line));
      }
    }
    assertThat(read("out-00001.txt")).isEqualTo("header\none\ntwo\n");
    assertThat(read("out-00002.txt")).isEqualTo("header\nthree\nfour\n");
    assertThat(read("out.txt")).isEqualTo("header\nfive\n");
  }

  @Test
  void shouldRotateByAgeAlsoWithoutRows() throws IOException {
    try (Sink sink = open(stream("out.txt.gz").with("rotate.interval", "1 min"), WITH_HEADER)) {
      sink.write(batch("one"));
      clock.advance(Duration.ofSeconds(59));
      sink.write(batch("two"));
      sink.flush();
      clock.advance(Duration.ofSeconds(1));
      sink.flush();
      assertThat(unzip("out-00001.txt.gz")).isEqualTo("header\none\ntwo\n");
      assertThat(folder.resolve("out.txt.gz")).doesNotExist();
      sink.write(batch("three"));
    }
    assertThat(unzip("out.txt.gz")).isEqualTo("header\nthree\n");
  }

  @Test
  void shouldNotReplaceRotatedFilesOfEarlierRuns() throws IOException {
    Files.writeString(folder.resolve("out-00001.txt"), "old");
    try (Sink sink = open(stream("out.txt").with("rotate.size", "1"), LineFormat.lines())) {
      sink.write(batch("one"));
      sink.write(batch("two"));
    }
    assertThat(read("out-00001.txt")).isEqualTo("old");
    assertThat(read("out-00002.txt")).isEqualTo("one\n");
    assertThat(read("out.txt")).isEqualTo("two\n");
  }

  @Test
  void shouldWriteFilePerValue() throws IOException {
    StreamFixture stream = stream("{day:yyyy/MM}/{name}.txt");
    try (Sink sink = open(stream, WITH_HEADER)) {
      sink.write(
          new BatchFixture(stream.schema())
              .row("one", "a", 0L)
              .row("two", "b", 0L)
              .row("three", "a", 31L)
              .row("four", "a", 0L)
              .batch());
    }
    assertThat(read("1970/01/a.txt")).isEqualTo("header\none\nfour\n");
    assertThat(read("1970/01/b.txt")).isEqualTo("header\ntwo\n");
    assertThat(read("1970/02/a.txt")).isEqualTo("header\nthree\n");
  }

  @Test
  void shouldReopenFilesWhenMoreAreNeededThanMayBeOpen() throws IOException {
    StreamFixture stream = stream("{name}.txt").with("open.files", "2");
    try (Sink sink = open(stream, WITH_HEADER)) {
      for (int i = 0; i < 9; i++) {
        sink.write(new BatchFixture(stream.schema()).row("line " + i, "n" + i % 3, 0L).batch());
      }
    }
    assertThat(read("n0.txt")).isEqualTo("header\nline 0\nline 3\nline 6\n");
    assertThat(read("n2.txt")).isEqualTo("header\nline 2\nline 5\nline 8\n");
  }

  @Test
  void shouldNeverLeaveFolderWhateverTheValue() throws IOException {
    StreamFixture stream = stream("out/{name}.txt");
    String long1 = "x".repeat(500);
    try (Sink sink = open(stream, LineFormat.lines())) {
      BatchFixture rows = new BatchFixture(stream.schema());
      for (String name :
          new @Nullable String[] {
            "../up",
            "..",
            "/etc/x",
            "a\\b",
            "a:b\u0000",
            "ä",
            "",
            null,
            "null",
            "%",
            long1,
            long1 + "y"
          }) {
        rows.row("line", name, 0L);
      }
      sink.write(rows.batch());
    }
    try (Stream<Path> files = Files.walk(folder).filter(Files::isRegularFile)) {
      List<String> names = files.map(file -> folder.relativize(file).toString()).sorted().toList();
      assertThat(names)
          .hasSize(12)
          .allMatch(name -> name.startsWith("out/"))
          .contains(
              "out/%2E.%2Fup.txt",
              "out/%2E..txt",
              "out/%2Fetc%2Fx.txt",
              "out/a%5Cb.txt",
              "out/a%3Ab%00.txt",
              "out/%C3%A4.txt",
              "out/%empty.txt",
              "out/%null.txt",
              "out/null.txt",
              "out/%25.txt");
    }
  }

  @Test
  void shouldSayWhyFileCannotBeWritten() throws IOException {
    assertThatThrownBy(() -> open(stream(""), LineFormat.lines()))
        .isInstanceOf(MillraceException.class)
        .hasMessage("cannot write '" + folder + "': it is a folder; name a file in it");
    Files.writeString(folder.resolve("file"), "");
    assertThatThrownBy(() -> open(stream("file/out.txt"), LineFormat.lines()))
        .isInstanceOf(MillraceException.class)
        .hasMessageStartingWith("cannot write '" + folder + "/file/out.txt': ");
  }

  @ParameterizedTest
  @CsvSource({
    "{nam}.txt, 'names the unknown column ''nam''; did you mean ''name''?'",
    "{what}.txt, 'names the unknown column ''what''; the columns are line, name, day'",
    "{name, 'has a ''{'' without ''}'''",
    "{name:yyyy}, 'a pattern needs a TIMESTAMP or DATE, but ''name'' is STRING'",
    "{day:bbb}, 'is no pattern of a time'"
  })
  void shouldRefuseTemplateThatMakesNoSense(String path, String message) {
    assertThatThrownBy(() -> open(stream(path), LineFormat.lines()))
        .isInstanceOf(MillraceException.class)
        .hasMessageContaining(message);
  }

  @ParameterizedTest
  @CsvSource({
    "mode, follow, 'option ''mode'' of a sink must be ''overwrite'' or ''append'', not ''follow'''",
    "done.folder, x, 'option ''done.folder'' is for sources only'",
    "rotate.size, 0, 'option ''rotate.size'' must be above 0'",
    "open.files, 0, 'option ''open.files'' must be from 1 to 10000'"
  })
  void shouldRefuseOptionsThatMakeNoSense(String option, String value, String message) {
    assertThatThrownBy(() -> open(stream("out.txt").with(option, value), LineFormat.lines()))
        .isInstanceOf(MillraceException.class)
        .hasMessage(message);
  }

  @Test
  void shouldRefuseToEmptyAFileThatASourceReads() throws IOException {
    Files.writeString(folder.resolve("data.txt"), "kept\n");
    StreamFixture read = SourceUnderTest.STREAM.with("path", folder.resolve("data.txt").toString());
    try (SourceUnderTest source = new SourceUnderTest(read, LineFormat.lines())) {
      assertThatThrownBy(() -> open(stream("data.txt"), LineFormat.lines()))
          .isInstanceOf(MillraceException.class)
          .hasMessageContaining("data.txt': another stream reads or writes it; name another file");
      assertThat(source.poll()).containsExactly("kept");
    }
    open(stream("data.txt"), LineFormat.lines()).close();
    assertThat(read("data.txt")).isEmpty();
  }

  @Test
  void shouldRefuseToEmptyAFileThatASinkWrites() throws IOException {
    try (Sink first = open(stream("out.txt"), LineFormat.lines())) {
      first.write(batch("one"));
      assertThatThrownBy(() -> open(stream("out.txt"), LineFormat.lines()))
          .isInstanceOf(MillraceException.class)
          .hasMessageContaining("cannot overwrite");
    }
    assertThat(read("out.txt")).isEqualTo("one\n");
  }

  private StreamFixture stream(String path) {
    return StreamFixture.of(
            new Field("line", DataType.STRING),
            new Field("name", DataType.STRING),
            new Field("day", DataType.DATE))
        .withConnector(new FileConnector())
        .with("path", path.isEmpty() ? folder.toString() : folder + "/" + path);
  }

  private Sink open(StreamFixture stream, LineFormat format) {
    var definition = stream.definition();
    return new FileConnector().open(definition, TestSinkContext.of(definition, format, clock));
  }

  private Batch batch(String line) {
    return new BatchFixture(stream("x").schema()).row(line, null, null).batch();
  }

  private String read(String name) throws IOException {
    return Files.readString(folder.resolve(name));
  }

  private String unzip(String name) throws IOException {
    try (InputStream in = new GZIPInputStream(Files.newInputStream(folder.resolve(name)))) {
      return new String(readAvailable(in), UTF_8);
    }
  }

  /** Reads what is there, also of a file that has no end yet. */
  private static byte[] readAvailable(InputStream in) throws IOException {
    byte[] bytes = new byte[1_000];
    int size = 0;
    try {
      int count = in.read(bytes, 0, bytes.length);
      while (count > 0) {
        size += count;
        count = in.read(bytes, size, bytes.length - size);
      }
    } catch (EOFException ignored) { // the file is still being written
      return Arrays.copyOf(bytes, size);
    }
    return Arrays.copyOf(bytes, size);
  }
}
