package io.millrace.connectors.console;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.millrace.spi.connector.Framing;
import io.millrace.spi.connector.Sink;
import io.millrace.spi.types.DataType;
import io.millrace.spi.types.Field;
import io.millrace.testkit.connector.LineFormat;
import io.millrace.testkit.connector.SinkContractTest;
import io.millrace.testkit.connector.StreamFixture;
import io.millrace.testkit.connector.TestSinkContext;
import io.millrace.testkit.time.VirtualClock;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.util.List;
import org.jspecify.annotations.Nullable;

class ConsoleSinkContractTest extends SinkContractTest {
  private final ByteArrayOutputStream console = new ByteArrayOutputStream();

  @Override
  protected StreamFixture stream() {
    return StreamFixture.of(new Field("line", DataType.STRING))
        .withConnector(new ConsoleConnector())
        .with("format", "line");
  }

  @Override
  protected List<@Nullable Object[]> rows() {
    return List.of(new @Nullable Object[] {"one"}, new @Nullable Object[] {"two"});
  }

  @Override
  protected Sink open() {
    var stream = stream().definition();
    LineFormat format = new LineFormat(Framing.LINES, "");
    return new ConsoleConnector()
        .open(
            stream,
            TestSinkContext.of(stream, format, new VirtualClock())
                .withConsole(new PrintStream(console, false, UTF_8)));
  }

  @Override
  protected List<String> written() {
    return console.toString(UTF_8).lines().toList();
  }

  @Override
  protected void clear() {
    console.reset();
  }
}
