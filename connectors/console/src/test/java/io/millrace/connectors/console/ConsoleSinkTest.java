package io.millrace.connectors.console;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.spi.connector.Framing;
import io.millrace.spi.connector.Sink;
import io.millrace.spi.data.Batch;
import io.millrace.spi.data.Bytes;
import io.millrace.spi.data.RowKind;
import io.millrace.spi.data.Struct;
import io.millrace.spi.error.MillraceException;
import io.millrace.spi.types.DataType;
import io.millrace.spi.types.Field;
import io.millrace.testkit.connector.BatchFixture;
import io.millrace.testkit.connector.LineFormat;
import io.millrace.testkit.connector.StreamFixture;
import io.millrace.testkit.connector.TestSinkContext;
import io.millrace.testkit.time.VirtualClock;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.math.BigDecimal;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ConsoleSinkTest {
  private static final StreamFixture STREAM =
      StreamFixture.of(
              new Field("symbol", DataType.STRING),
              new Field("n", DataType.BIGINT),
              new Field("at", DataType.TIMESTAMP))
          .withConnector(new ConsoleConnector())
          .keyedBy(0);

  private final ByteArrayOutputStream console = new ByteArrayOutputStream();

  @Test
  void shouldPrintAlignedRowsBelowTheirNames() {
    Batch batch =
        new BatchFixture(STREAM.schema())
            .row("IBM", 12_150L, 0L)
            .row("ÄPFEL & Co", 7L, null)
            .batch();
    try (Sink sink = open(STREAM, false)) {
      sink.write(batch);
      sink.write(new BatchFixture(STREAM.schema()).row("X", 1L, 5L).batch());
    }
    assertThat(console.toString(UTF_8))
        .isEqualTo(
            """
            symbol          n  at
            IBM         12150  1970-01-01T00:00:00Z
            ÄPFEL & Co      7  NULL
            X               1  1970-01-01T00:00:00.005Z
            """);
  }

  @Test
  void shouldShowKindsOfChanges() {
    Batch batch =
        new BatchFixture(STREAM.schema())
            .change(RowKind.INSERT, 0, "a", 1L, 0L)
            .change(RowKind.UPDATE_AFTER, 0, "a", 2L, 0L)
            .change(RowKind.DELETE, 0, "a", 2L, 0L)
            .batch();
    try (Sink sink = open(STREAM.asTable(), false)) {
      sink.write(batch);
    }
    assertThat(console.toString(UTF_8))
        .isEqualTo(
            """
            ROW_KIND  symbol  n  at
            +I        a       1  1970-01-01T00:00:00Z
            +U        a       2  1970-01-01T00:00:00Z
            -D        a
            """);
  }

  @Test
  void shouldShowKindsWhenAsked() {
    Batch batch =
        new BatchFixture(STREAM.schema()).change(RowKind.UPDATE_BEFORE, 0, "a", 1L, 0L).batch();
    try (Sink sink = open(STREAM, true)) {
      sink.write(batch);
    }
    assertThat(console.toString(UTF_8))
        .isEqualTo("ROW_KIND  symbol  n  at\n-U        a       1  1970-01-01T00:00:00Z\n");
  }

  @Test
  void shouldPrintNameOfStreamWhenAsked() {
    try (Sink sink = open(STREAM.with("show.name", "true"), false)) {
      sink.write(new BatchFixture(STREAM.schema()).row("a", 1L, null).batch());
    }
    assertThat(console.toString(UTF_8)).isEqualTo("Test: symbol  n  at\nTest: a       1  NULL\n");
  }

  @Test
  void shouldPrintNestedValuesAndEscapeControlCharacters() {
    StreamFixture stream =
        StreamFixture.of(
                new Field("s", DataType.STRING),
                new Field("b", DataType.BYTES),
                new Field("list", DataType.array(DataType.decimal(4, 1))),
                new Field("map", DataType.map(DataType.STRING, DataType.BOOLEAN)),
                new Field(
                    "item",
                    new DataType.StructOf(
                        List.of(new Field("x", DataType.DOUBLE), new Field("y", DataType.DATE)))))
            .withConnector(new ConsoleConnector());
    Batch batch =
        new BatchFixture(stream.schema())
            .row(
                "a\tb\u001b[2J\n",
                Bytes.copyOf(new byte[] {1}),
                Arrays.asList(new BigDecimal("1.5"), null),
                Map.of("k", true),
                Struct.of(2.5, 0L))
            .batch();
    try (Sink sink = open(stream, false)) {
      sink.write(batch);
    }
    assertThat(console.toString(UTF_8).lines().skip(1))
        .containsExactly("a\\tb\\u001b[2J\\n  AQ==  [1.5, NULL]  {k=true}  (x=2.5, y=1970-01-01)");
  }

  @Test
  void shouldPrintRecordsOfAFormatWithTheirHeaderOnce() {
    StreamFixture stream =
        StreamFixture.of(new Field("line", DataType.STRING))
            .withConnector(new ConsoleConnector())
            .with("format", "line");
    var definition = stream.definition();
    var context =
        TestSinkContext.of(definition, new LineFormat(Framing.LINES, "head"), new VirtualClock())
            .withConsole(new PrintStream(console, false, UTF_8));
    try (Sink sink = new ConsoleConnector().open(definition, context)) {
      sink.write(new BatchFixture(stream.schema()).row("one").batch());
      sink.write(new BatchFixture(stream.schema()).row("two").batch());
    }
    assertThat(console.toString(UTF_8)).isEqualTo("head\none\ntwo\n");
  }

  @Test
  void shouldStopWhenNobodyReadsTheConsole() {
    OutputStream broken =
        new OutputStream() {
          @Override
          public void write(int b) throws IOException {
            throw new IOException("Broken pipe");
          }
        };
    var definition = STREAM.definition();
    var context =
        TestSinkContext.of(definition, null, new VirtualClock())
            .withConsole(new PrintStream(broken, false, UTF_8));
    try (Sink sink = new ConsoleConnector().open(definition, context)) {
      Batch batch = new BatchFixture(STREAM.schema()).row("a", 1L, null).batch();
      assertThatThrownBy(() -> sink.write(batch))
          .isInstanceOf(MillraceException.class)
          .hasMessageStartingWith("the console takes nothing any more");
    }
  }

  private Sink open(StreamFixture stream, boolean showsRowKind) {
    var definition = stream.definition();
    var context =
        TestSinkContext.of(definition, null, new VirtualClock())
            .withConsole(new PrintStream(console, false, UTF_8));
    return new ConsoleConnector()
        .open(definition, showsRowKind ? context.showingRowKind() : context);
  }
}
