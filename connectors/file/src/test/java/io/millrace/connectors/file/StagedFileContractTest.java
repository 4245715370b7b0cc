package io.millrace.connectors.file;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.millrace.spi.connector.Framing;
import io.millrace.spi.connector.StagedOutput;
import io.millrace.spi.connector.StagedSink;
import io.millrace.spi.types.DataType;
import io.millrace.spi.types.Field;
import io.millrace.testkit.connector.LineFormat;
import io.millrace.testkit.connector.StagedSinkContractTest;
import io.millrace.testkit.connector.StreamFixture;
import io.millrace.testkit.connector.TestSinkContext;
import io.millrace.testkit.time.VirtualClock;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;
import java.util.zip.GZIPInputStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.io.TempDir;

/** The contract, for every kind of path. */
class StagedFileContractTest {

  @Nested
  class OneFile extends FileContract {
    OneFile() {
      super("out.txt");
    }
  }

  @Nested
  class OneCompressedFile extends FileContract {
    OneCompressedFile() {
      super("out.txt.gz");
    }
  }

  @Nested
  class AppendedFile extends FileContract {
    AppendedFile() {
      super("out.txt", "mode", "append");
    }
  }

  @Nested
  class FilePerValue extends FileContract {
    FilePerValue() {
      super("{name}/{line}.txt", "open.files", "1");
    }
  }

  @Nested
  class CompressedFilePerValue extends FileContract {
    CompressedFilePerValue() {
      super("{name}.txt.gz", "open.files", "1");
    }
  }

  @Nested
  class RotatedFiles extends FileContract {
    RotatedFiles() {
      super("out.txt", "rotate.size", "14");
    }
  }

  @Nested
  class FilePerRow extends FileContract {
    FilePerRow() {
      super("{name}.txt.gz", "rotate.size", "1", "open.files", "1");
    }
  }

  /** The contract for one path and its options. */
  abstract static class FileContract extends StagedSinkContractTest {
    @TempDir private Path folder;
    private final String path;
    private final String[] options;

    FileContract(String path, String... options) {
      this.path = path;
      this.options = options;
    }

    @Override
    protected StreamFixture stream() {
      StreamFixture stream =
          StreamFixture.of(new Field("line", DataType.STRING), new Field("name", DataType.STRING))
              .withConnector(new FileConnector())
              .with("path", folder.resolve(path).toString());
      for (int i = 0; i < options.length; i += 2) {
        stream = stream.with(options[i], options[i + 1]);
      }
      return stream;
    }

    @Override
    protected List<@Nullable Object[]> rows() {
      List<@Nullable Object[]> rows = new ArrayList<>();
      for (int i = 0; i < 7; i++) {
        rows.add(new @Nullable Object[] {"line " + i, "name " + i % 3});
      }
      return rows;
    }

    @Override
    protected StagedSink open(@Nullable StagedOutput resumed) {
      var stream = stream().definition();
      LineFormat format = new LineFormat(Framing.LINES, "header");
      return new FileConnector()
          .openStaged(stream, TestSinkContext.of(stream, format, new VirtualClock()), resumed);
    }

    /** The lines of all files, which begin with one header each; in the order of the rows. */
    @Override
    protected List<String> written() {
      List<String> lines = new ArrayList<>();
      for (Path file : files()) {
        String text = read(file);
        if (file.getFileName().toString().startsWith(".millrace-")) {
          continue;
        }
        boolean isComplete = text.startsWith("header\n") && text.endsWith("\n");
        lines.addAll(
            isComplete
                ? List.of(text.substring("header\n".length()).split("(?<=\n)"))
                : List.of(file + " is not complete: " + text));
      }
      lines.removeIf(String::isEmpty);
      lines.sort(Comparator.naturalOrder());
      return lines;
    }

    @Override
    protected void clear() {
      try {
        for (Path file : files()) {
          Files.delete(file);
        }
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }

    private List<Path> files() {
      try (Stream<Path> files = Files.walk(folder).filter(Files::isRegularFile)) {
        return files.toList();
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }

    private static String read(Path file) {
      try (InputStream in = Files.newInputStream(file);
          InputStream text = file.toString().endsWith(".gz") ? new GZIPInputStream(in) : in) {
        return new String(text.readAllBytes(), UTF_8);
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
  }
}
