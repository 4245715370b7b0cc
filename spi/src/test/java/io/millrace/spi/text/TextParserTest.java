package io.millrace.spi.text;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.spi.connector.ByteOutput;
import io.millrace.spi.connector.DecodeException;
import io.millrace.spi.data.Bytes;
import io.millrace.spi.types.DataType;
import java.math.BigDecimal;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class TextParserTest {
  @Test
  void shouldParseEachScalarType() {
    assertThat(parse(DataType.BOOLEAN, "True")).isEqualTo(true);
    assertThat(parse(DataType.BOOLEAN, "0")).isEqualTo(false);
    assertThat(parse(DataType.INT, " -12 ")).isEqualTo(-12L);
    assertThat(parse(DataType.BIGINT, "9223372036854775807")).isEqualTo(Long.MAX_VALUE);
    assertThat(parse(DataType.BIGINT, "1.0")).isEqualTo(1L);
    assertThat(parse(DataType.BIGINT, "-1.2e3")).isEqualTo(-1200L);
    assertThat(parse(DataType.BIGINT, "0e999999999")).isEqualTo(0L);
    assertThat(parse(DataType.DOUBLE, "12.25")).isEqualTo(12.25);
    assertThat(parse(DataType.DOUBLE, "NaN")).isEqualTo(Double.NaN);
    assertThat(parse(DataType.DOUBLE, "-Infinity")).isEqualTo(Double.NEGATIVE_INFINITY);
    assertThat(parse(DataType.STRING, " x ")).isEqualTo(" x ");
    assertThat(parse(DataType.BYTES, "AAEC")).isEqualTo(Bytes.wrap(new byte[] {0, 1, 2}));
    assertThat(parse(DataType.TIMESTAMP, "1709287200000")).isEqualTo(1_709_287_200_000L);
    assertThat(parse(DataType.TIMESTAMP, "2024-03-01"))
        .isEqualTo(Instant.parse("2024-03-01T00:00:00Z").toEpochMilli());
    assertThat(parse(DataType.DATE, "1970-01-02")).isEqualTo(1L);
    assertThat(parse(DataType.TIME, "00:01")).isEqualTo(60_000L);
    assertThat(parse(DataType.INTERVAL, "PT1M")).isEqualTo(60_000L);
    assertThat(parse(DataType.INTERVAL, "-5")).isEqualTo(-5L);
  }

  @ParameterizedTest
  @CsvSource({
    "1.005, 1.01",
    "-1.005, -1.01",
    "1, 1.00",
    "0.004, 0.00",
    "0.005, 0.01",
    "999.994, 999.99",
    "1e2, 100.00",
    "1e-999999999, 0.00",
    "0e999999999, 0.00",
    "'  7.5 ', 7.50"
  })
  void shouldRoundDecimalHalfUp(String text, BigDecimal expected) {
    assertThat(parse(DataType.decimal(5, 2), text)).isEqualTo(expected);
  }

  @ParameterizedTest
  @ValueSource(strings = {"1000", "999.995", "1e9", "1e999999999", "-1000.00"})
  void shouldRefuseDecimalWithTooManyDigits(String text) {
    assertThatThrownBy(() -> parse(DataType.decimal(5, 2), text))
        .isInstanceOf(DecodeException.class)
        .hasMessage("field 'f': " + text + " is out of the range of DECIMAL(5,2)");
  }

  @ParameterizedTest
  @CsvSource({
    "INT, 2147483648",
    "INT, -2147483649",
    "BIGINT, 9223372036854775808",
    "BIGINT, 1e30",
    "BIGINT, 1e999999999",
    "DOUBLE, 1e400",
    "DOUBLE, -1e400"
  })
  void shouldRefuseNumberOutOfRange(DataType.Simple type, String text) {
    assertThatThrownBy(() -> parse(type, text))
        .isInstanceOf(DecodeException.class)
        .hasMessage("field 'f': " + text + " is out of the range of " + type.sql());
  }

  @ParameterizedTest
  @CsvSource({
    "INT, 1.5",
    "INT, 12x",
    "INT, ''",
    "INT, -",
    "BIGINT, 1e-1",
    "BIGINT, ٣",
    "DOUBLE, 1d",
    "DOUBLE, 0x1p3",
    "DOUBLE, .",
    "DOUBLE, 1e",
    "DOUBLE, inf",
    "BOOLEAN, maybe",
    "BYTES, a!b",
    "TIMESTAMP, yesterday",
    "DATE, 2024-02-30",
    "TIME, 25:00",
    "INTERVAL, soon"
  })
  void shouldRefuseTextThatIsNoValue(DataType.Simple type, String text) {
    assertThatThrownBy(() -> parse(type, text))
        .isInstanceOf(DecodeException.class)
        .hasMessage("field 'f' must be " + type.sql() + ", not '" + text + "'");
  }

  @Test
  void shouldCutLongTextInMessage() {
    assertThatThrownBy(() -> parse(DataType.BIGINT, "9".repeat(5_000)))
        .hasMessage("field 'f' must be BIGINT, not '" + "9".repeat(60) + "…'");
  }

  @Test
  void shouldHaveNoParserForCollections() {
    assertThat(TextParser.of(DataType.array(DataType.INT), "f")).isEmpty();
    assertThat(TextWriter.of(DataType.map(DataType.STRING, DataType.INT))).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({
    "BOOLEAN, true",
    "INT, -3",
    "BIGINT, 9223372036854775807",
    "DOUBLE, 1.5",
    "STRING, ä€",
    "BYTES, AAEC",
    "TIMESTAMP, 2024-03-01T10:00:00.005Z",
    "DATE, 2024-03-01",
    "TIME, 10:00:00",
    "INTERVAL, 60000"
  })
  void shouldWriteWhatItReads(DataType.Simple type, String text) {
    ByteOutput out = new ByteOutput(8);
    TextWriter.of(type).orElseThrow().write(parse(type, text), out);
    assertThat(new String(out.toByteArray(), UTF_8)).isEqualTo(text);
  }

  private static Object parse(DataType type, String text) {
    return TextParser.of(type, "f").orElseThrow().parse(text);
  }
}
