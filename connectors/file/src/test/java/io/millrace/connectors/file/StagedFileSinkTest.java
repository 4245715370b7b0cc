package io.millrace.connectors.file;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.spi.connector.Framing;
import io.millrace.spi.connector.StagedOutput;
import io.millrace.spi.connector.StagedSink;
import io.millrace.spi.data.Batch;
import io.millrace.spi.error.MillraceException;
import io.millrace.spi.types.DataType;
import io.millrace.spi.types.Field;
import io.millrace.testkit.connector.BatchFixture;
import io.millrace.testkit.connector.LineFormat;
import io.millrace.testkit.connector.StreamFixture;
import io.millrace.testkit.connector.TestSinkContext;
import io.millrace.testkit.time.VirtualClock;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class StagedFileSinkTest {
  private static final String REMEDY =
      "; put it back as it was, or start the job without its snapshots";

  @TempDir private Path folder;
  private final VirtualClock clock = new VirtualClock();

  @Test
  void shouldGiveRotatedFileItsNameWhenSnapshotIsApplied() throws IOException {
    StreamFixture stream = stream("out.txt").with("rotate.size", "1");
    try (StagedSink sink = open(stream, null)) {
      sink.write(batch("one"));
      sink.write(batch("two"));
      assertThat(names()).containsExactly(".out-00001.txt", "out.txt");
      StagedOutput first = stage(sink, 1);
      sink.write(batch("three"));
      assertThat(names())
          .containsExactly(
              ".millrace-test-Test-1.undo", ".out-00001.txt", ".out-00002.txt", "out.txt");
      sink.apply(first);
      assertThat(names())
          .containsExactly(
              ".millrace-test-Test-1.undo", ".out-00002.txt", "out-00001.txt", "out.txt");
      sink.apply(stage(sink, 2));
    }
    assertThat(names()).containsExactly("out-00001.txt", "out-00002.txt", "out.txt");
    assertThat(read("out-00001.txt")).isEqualTo("one\n");
    assertThat(read("out-00002.txt")).isEqualTo("two\n");
    assertThat(read("out.txt")).isEqualTo("three\n");
  }

  @Test
  void shouldGoBackOneMoreSnapshot() throws IOException {
    StreamFixture stream = stream("{name}.txt").with("rotate.size", "8");
    StagedSink crashed = open(stream, null);
    crashed.write(batch("one", "a"));
    StagedOutput first = stage(crashed, 1);
    crashed.apply(first);
    crashed.write(batch("two", "a"));
    crashed.write(batch("three", "a"));
    crashed.write(batch("one", "b"));
    crashed.apply(stage(crashed, 2));
    crashed.write(batch("four", "a"));
    crashed.write(batch("two", "b"));
    assertThat(read("a-00001.txt")).isEqualTo("one\ntwo\n");
    crashed.close();
    open(stream, first).close();
    assertThat(names()).containsExactly("a.txt");
    assertThat(read("a.txt")).isEqualTo("one\n");
  }

  @Test
  void shouldLeaveFilesOfOthersAsTheyWere() throws IOException {
    Files.writeString(folder.resolve("b.txt"), "old\n");
    StreamFixture stream = stream("{name}.txt").with("mode", "append");
    StagedSink crashed = open(stream, null);
    StagedOutput first = stage(crashed, 1);
    crashed.write(batch("one", "a"));
    crashed.write(batch("one", "b"));
    crashed.close();
    assertThat(read("b.txt")).isEqualTo("old\none\n");
    open(stream, first).close();
    assertThat(names()).containsExactly("b.txt");
    assertThat(read("b.txt")).isEqualTo("old\n");
  }

  @Test
  void shouldOverwriteOldFilesAlsoBehindSnapshot() throws IOException {
    Files.writeString(folder.resolve("b.txt"), "old\n");
    StreamFixture stream = stream("{name}.txt");
    StagedOutput first;
    try (StagedSink sink = open(stream, null)) {
      sink.write(batch("one", "a"));
      first = stage(sink, 1);
    }
    try (StagedSink sink = open(stream, first)) {
      sink.write(batch("two", "a"));
      sink.write(batch("two", "b"));
      sink.flush();
      assertThat(read("a.txt")).isEqualTo("one\ntwo\n");
      assertThat(read("b.txt")).isEqualTo("two\n");
    }
  }

  @Test
  void shouldTakeBackWhatTornEntryAnnouncesOnlyIfItIsComplete() throws IOException {
    StreamFixture stream = stream("{name}.txt");
    StagedSink crashed = open(stream, null);
    StagedOutput first = stage(crashed, 1);
    crashed.write(batch("one", "a"));
    crashed.close();
    Path log = folder.resolve(".millrace-test-Test-1.undo");
    Files.writeString(log, Files.readString(log) + "MADE&0&b.t");
    open(stream, first).close();
    assertThat(names()).isEmpty();

    Files.writeString(log, "MADE&x\n");
    assertThatThrownBy(() -> open(stream, first))
        .isInstanceOf(MillraceException.class)
        .hasMessage(
            "'"
                + log
                + "', which says how to take back what was written behind the last snapshot, is"
                + " damaged at byte 0");
  }

  @Test
  void shouldForgetWhatJobLeftThatBeginsAnew() throws IOException {
    StreamFixture stream = stream("out.txt").with("rotate.size", "1");
    StagedSink crashed = open(stream, null);
    stage(crashed, 1);
    crashed.write(batch("one"));
    crashed.write(batch("two"));
    crashed.close();
    assertThat(names()).containsExactly(".millrace-test-Test-1.undo", ".out-00001.txt", "out.txt");
    open(stream, null).close();
    assertThat(names()).containsExactly("out.txt");
    assertThat(read("out.txt")).isEmpty();
  }

  @Test
  void shouldCountOnThoughFinishedFilesWereTakenAway() throws IOException {
    StreamFixture stream = stream("out.txt").with("rotate.size", "1");
    StagedOutput last;
    try (StagedSink sink = open(stream, null)) {
      sink.write(batch("one"));
      sink.write(batch("two"));
      last = stage(sink, 1);
      sink.apply(last);
    }
    Files.delete(folder.resolve("out-00001.txt"));
    try (StagedSink sink = open(stream, last)) {
      sink.write(batch("three"));
      sink.apply(stage(sink, 2));
    }
    assertThat(names()).containsExactly("out-00002.txt", "out.txt");
  }

  @Test
  void shouldKeepAgeAndSizeOverRestart() throws IOException {
    StreamFixture stream = stream("out.txt.gz").with("rotate.interval", "1 min");
    StagedOutput last;
    try (StagedSink sink = open(stream, null)) {
      sink.write(batch("one"));
      last = stage(sink, 1);
    }
    clock.advance(Duration.ofSeconds(60));
    try (StagedSink sink = open(stream, last)) {
      sink.apply(stage(sink, 2));
    }
    assertThat(names()).containsExactly("out-00001.txt.gz");
    StreamFixture bySize = stream("sized.txt.gz").with("rotate.size", "8");
    try (StagedSink sink = open(bySize, null)) {
      sink.write(batch("one"));
      last = stage(sink, 1);
    }
    try (StagedSink sink = open(bySize, last)) {
      sink.write(batch("two"));
      sink.write(batch("three"));
      sink.apply(stage(sink, 2));
    }
    assertThat(names()).contains("sized-00001.txt.gz", "sized.txt.gz");
  }

  @Test
  void shouldSayWhatHasHappenedToFile() throws IOException {
    StreamFixture stream = stream("out.txt");
    Path file = folder.resolve("out.txt");
    StagedOutput last;
    try (StagedSink sink = open(stream, null)) {
      sink.write(batch("one"));
      last = stage(sink, 7);
    }
    String begin = "cannot go on behind snapshot 7: '" + file + "' ";
    Files.writeString(file, "on");
    assertRefused(stream, last, begin + "has 2 bytes, but had 4" + REMEDY);
    Files.writeString(file, "other\n");
    assertRefused(
        stream, last, begin + "is another file than before: its first bytes have changed" + REMEDY);
    Files.delete(file);
    assertRefused(stream, last, begin + "is gone; it had 4 bytes" + REMEDY);
    assertRefused(
        stream,
        new StagedOutput(7, new byte[] {1, 0}),
        "what snapshot 7 says of the files of a sink is damaged");
  }

  @Test
  void shouldDoWithoutClosedFilesThatWereTakenAway() throws IOException {
    StreamFixture stream = stream("{name}.txt").with("open.files", "1");
    StagedOutput last;
    try (StagedSink sink = open(stream, null)) {
      sink.write(batch("one", "a"));
      sink.write(batch("one", "b"));
      last = stage(sink, 1);
    }
    Files.delete(folder.resolve("a.txt"));
    try (StagedSink sink = open(stream, last)) {
      sink.write(batch("two", "a"));
      sink.write(batch("two", "b"));
    }
    assertThat(read("a.txt")).isEqualTo("two\n");
    assertThat(read("b.txt")).isEqualTo("one\ntwo\n");
  }

  private void assertRefused(StreamFixture stream, StagedOutput resumed, String message) {
    assertThatThrownBy(() -> open(stream, resumed))
        .isInstanceOf(MillraceException.class)
        .hasMessage(message);
  }

  private StreamFixture stream(String path) {
    return StreamFixture.of(new Field("line", DataType.STRING), new Field("name", DataType.STRING))
        .withConnector(new FileConnector())
        .with("path", folder + "/" + path);
  }

  private StagedSink open(StreamFixture stream, @Nullable StagedOutput resumed) {
    var definition = stream.definition();
    LineFormat format = new LineFormat(Framing.LINES, "");
    return new FileConnector()
        .openStaged(definition, TestSinkContext.of(definition, format, clock), resumed);
  }

  private static StagedOutput stage(StagedSink sink, long id) {
    return new StagedOutput(id, sink.stage(id));
  }

  private Batch batch(String line) {
    return batch(line, "x");
  }

  private Batch batch(String line, String name) {
    return new BatchFixture(stream("x").schema()).row(line, name).batch();
  }

  private List<String> names() throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      return files.map(file -> file.getFileName().toString()).sorted().toList();
    }
  }

  private String read(String name) throws IOException {
    return Files.readString(folder.resolve(name));
  }
}
