package io.millrace.formats.raw;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.spi.connector.ByteOutput;
import io.millrace.spi.connector.DecodeException;
import io.millrace.spi.connector.Decoder;
import io.millrace.spi.connector.Encoder;
import io.millrace.spi.connector.Framing;
import io.millrace.spi.connector.RowWriter;
import io.millrace.spi.data.Bytes;
import io.millrace.spi.data.RowKind;
import io.millrace.spi.error.MillraceException;
import io.millrace.spi.types.DataType;
import io.millrace.spi.types.Field;
import io.millrace.testkit.connector.BatchFixture;
import io.millrace.testkit.connector.RecordingRowWriter;
import io.millrace.testkit.connector.StreamFixture;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

class RawFormatTest {
  private final RawFormat format = new RawFormat();

  @Test
  void shouldTakeBytesAsTheyAre() {
    byte[] bytes = {1, (byte) 0xFF, 0, 2};
    Bytes value = Bytes.copyOf(new byte[] {(byte) 0xFF, 0});
    StreamFixture stream = fixture(new Field("b", DataType.BYTES));
    RecordingRowWriter writer = RecordingRowWriter.of(stream.schema());
    writer.record(() -> "test", RowWriter.NO_TIME);
    format.decoder(stream.definition()).decode(bytes, 1, 2, writer);
    assertThat(writer.values()).containsExactly(Arrays.asList(value));
    ByteOutput out = new ByteOutput(1);
    Encoder encoder = format.encoder(stream.definition(), false);
    encoder.encode(new BatchFixture(stream.schema()).row(value).batch(), 0, out);
    assertThat(out.toByteArray()).containsExactly(0xFF, 0);
  }

  @Test
  void shouldFillTheColumnBesideTheKey() {
    StreamFixture stream =
        fixture(new Field("k", DataType.BIGINT), new Field("v", DataType.STRING)).keyedBy(0);
    RecordingRowWriter writer = RecordingRowWriter.of(stream.schema());
    writer.record(() -> "test", RowWriter.NO_TIME);
    format.decoder(stream.definition()).decode("x".getBytes(UTF_8), 0, 1, writer);
    assertThat(writer.values()).containsExactly(Arrays.asList(null, "x"));
  }

  @Test
  void shouldRefuseInvalidUtf8() {
    StreamFixture stream = fixture(new Field("s", DataType.STRING));
    Decoder decoder = format.decoder(stream.definition());
    RecordingRowWriter writer = RecordingRowWriter.of(stream.schema());
    assertThatThrownBy(() -> decoder.decode(new byte[] {'a', (byte) 0xC0}, 0, 2, writer))
        .isInstanceOf(DecodeException.class)
        .hasMessage("not valid UTF-8 at byte 1");
  }

  @Test
  void shouldFrameByOption() {
    StreamFixture stream = fixture(new Field("s", DataType.STRING));
    assertThat(format.decoder(stream.definition()).framing()).isEqualTo(Framing.LINES);
    StreamFixture whole = stream.with("raw.framing", "whole");
    assertThat(format.decoder(whole.definition()).framing()).isEqualTo(Framing.WHOLE);
    assertThat(format.encoder(whole.definition(), false).framing()).isEqualTo(Framing.WHOLE);
  }

  @Test
  void shouldRefuseOtherColumns() {
    assertThatThrownBy(() -> format.decoder(fixture(new Field("n", DataType.INT)).definition()))
        .isInstanceOf(MillraceException.class)
        .hasMessage("format 'raw' takes a STRING or BYTES column, but 'n' is INT");
    StreamFixture two = fixture(new Field("a", DataType.STRING), new Field("b", DataType.STRING));
    assertThatThrownBy(() -> format.encoder(two.definition(), false))
        .hasMessage("format 'raw' takes one column beside the key, but 'Test' has 2");
  }

  @Test
  void shouldRefuseKindsAndDeletions() {
    StreamFixture stream = fixture(new Field("s", DataType.STRING));
    assertThatThrownBy(() -> format.encoder(stream.definition(), true))
        .hasMessage("format 'raw' cannot show the kinds of rows; use format = 'json'");
    Encoder encoder = format.encoder(stream.definition(), false);
    var batch = new BatchFixture(stream.schema()).change(RowKind.DELETE, 0, "x").batch();
    assertThatThrownBy(() -> encoder.encode(batch, 0, new ByteOutput(1)))
        .hasMessage("format 'raw' cannot write a deletion; use format = 'json'");
  }

  private StreamFixture fixture(Field... fields) {
    return StreamFixture.of(fields).withFormat(format);
  }
}
