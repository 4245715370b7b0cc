package io.millrace.connectors.file;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.millrace.spi.connector.Framing;
import io.millrace.spi.connector.Source;
import io.millrace.spi.types.DataType;
import io.millrace.spi.types.Field;
import io.millrace.spi.types.Schema;
import io.millrace.testkit.connector.LineFormat;
import io.millrace.testkit.connector.SourceContractTest;
import io.millrace.testkit.connector.StreamFixture;
import io.millrace.testkit.connector.TestSourceContext;
import io.millrace.testkit.time.VirtualClock;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;

class FileSourceContractTest extends SourceContractTest {
  private static final StreamFixture STREAM =
      StreamFixture.of(new Field("line", DataType.STRING)).withConnector(new FileConnector());

  @TempDir private Path folder;

  @BeforeEach
  void writeFiles() throws IOException {
    Files.writeString(folder.resolve("a.txt"), "header\n" + lines("a", 300));
    try (OutputStream out =
        new GZIPOutputStream(Files.newOutputStream(folder.resolve("b.txt.gz")))) {
      out.write(("header\n" + lines("b", 50)).getBytes(UTF_8));
    }
    Files.writeString(folder.resolve("c.txt"), "");
    Files.writeString(folder.resolve("d.txt"), "header\r\nlast, without line end");
    Files.writeString(folder.resolve(".hidden"), "header\nhidden\n");
  }

  @Override
  protected Schema schema() {
    return STREAM.schema();
  }

  @Override
  protected Source open() {
    var stream = STREAM.with("path", folder.toString()).definition();
    LineFormat format = new LineFormat(Framing.LINES, "header");
    return new FileConnector()
        .open(stream, new TestSourceContext("test", new VirtualClock(), stream, format));
  }

  private static String lines(String name, int count) {
    return IntStream.range(0, count).mapToObj(i -> name + i + "\n").collect(Collectors.joining());
  }
}
