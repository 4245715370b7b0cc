package io.millrace.formats.csv;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.spi.connector.ByteOutput;
import io.millrace.spi.connector.Encoder;
import io.millrace.spi.data.Batch;
import io.millrace.spi.data.RowKind;
import io.millrace.spi.types.DataType;
import io.millrace.spi.types.Field;
import io.millrace.testkit.connector.BatchFixture;
import io.millrace.testkit.connector.StreamFixture;
import org.junit.jupiter.api.Test;

class CsvEncoderTest {
  private final CsvFormat format = new CsvFormat();
  private final StreamFixture stream =
      StreamFixture.of(
              new Field("id", DataType.BIGINT),
              new Field("name, full", DataType.STRING),
              new Field("at", DataType.TIMESTAMP))
          .keyedBy(0)
          .withFormat(format);

  @Test
  void shouldWriteHeaderAndRows() {
    Batch batch =
        new BatchFixture(stream.schema())
            .row(1L, "a \"b\", c\n", 0L)
            .row(null, "", null)
            .row(2L, null, 5L)
            .batch();
    assertThat(encode(stream, batch, false))
        .isEqualTo(
            """
            id,"name, full",at
            1,"a ""b"", c
            ",1970-01-01T00:00:00Z
            ,"",
            2,,1970-01-01T00:00:00.005Z
            """);
  }

  @Test
  void shouldQuoteWhateverHoldsTheDelimiter() {
    Batch batch = new BatchFixture(stream.schema()).row(-1L, "x", 0L).batch();
    StreamFixture other = stream.with("csv.delimiter", "-").with("csv.header", "false");
    assertThat(encode(other, batch, false)).isEqualTo("\"-1\"-x-\"1970-01-01T00:00:00Z\"\n");
  }

  @Test
  void shouldBeginRowsOfTablesWithTheirKind() {
    Batch batch =
        new BatchFixture(stream.schema())
            .row(1L, "a", 0L)
            .change(RowKind.DELETE, 0, 1L, "a", 0L)
            .batch();
    assertThat(encode(stream.asTable(), batch, false))
        .isEqualTo("ROW_KIND,id,\"name, full\",at\n+I,1,a,1970-01-01T00:00:00Z\n-D,1,,\n");
  }

  private String encode(StreamFixture fixture, Batch batch, boolean showsRowKind) {
    Encoder encoder = format.encoder(fixture.definition(), showsRowKind);
    ByteOutput out = new ByteOutput(1);
    out.write(encoder.header());
    for (int row = 0; row < batch.size(); row++) {
      encoder.encode(batch, row, out);
      out.write('\n');
    }
    return new String(out.toByteArray(), UTF_8);
  }
}
