package io.millrace.connectors.file;

import io.millrace.spi.connector.Sink;
import io.millrace.spi.types.DataType;
import io.millrace.spi.types.Field;
import io.millrace.testkit.connector.LineFormat;
import io.millrace.testkit.connector.SinkContractTest;
import io.millrace.testkit.connector.StreamFixture;
import io.millrace.testkit.connector.TestSinkContext;
import io.millrace.testkit.time.VirtualClock;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.io.TempDir;

class FileSinkContractTest extends SinkContractTest {
  @TempDir private Path folder;

  @Override
  protected StreamFixture stream() {
    return StreamFixture.of(new Field("line", DataType.STRING))
        .withConnector(new FileConnector())
        .with("path", folder.resolve("out.txt").toString());
  }

  @Override
  protected List<@Nullable Object[]> rows() {
    return List.of(new @Nullable Object[] {"one"}, new @Nullable Object[] {"two"});
  }

  @Override
  protected Sink open() {
    var stream = stream().definition();
    return new FileConnector()
        .open(stream, TestSinkContext.of(stream, LineFormat.lines(), new VirtualClock()));
  }

  @Override
  protected List<String> written() {
    try {
      return Files.readAllLines(folder.resolve("out.txt"));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  protected void clear() {
    try {
      Files.deleteIfExists(folder.resolve("out.txt"));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
