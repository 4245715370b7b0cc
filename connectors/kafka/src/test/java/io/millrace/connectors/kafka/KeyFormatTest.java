package io.millrace.connectors.kafka;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.spi.connector.DecodeException;
import io.millrace.spi.data.Bytes;
import io.millrace.spi.error.MillraceException;
import io.millrace.spi.types.DataType;
import io.millrace.spi.types.Field;
import io.millrace.testkit.connector.BatchFixture;
import io.millrace.testkit.connector.StreamFixture;
import java.math.BigDecimal;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class KeyFormatTest {

  private static StreamFixture keyed(DataType type) {
    return StreamFixture.of(new Field("v", DataType.STRING), new Field("k", type))
        .withConnector(new KafkaConnector())
        .with("topic", "t")
        .keyedBy(1);
  }

  private static KeyCodec codec(StreamFixture stream) {
    return KeyFormat.codec(stream.definition()).orElseThrow();
  }

  static Stream<Arguments> textKeys() {
    return Stream.of(
        Arguments.of(DataType.STRING, "ibm", "ibm"),
        Arguments.of(DataType.STRING, "", ""),
        Arguments.of(DataType.INT, -7L, "-7"),
        Arguments.of(DataType.BIGINT, Long.MAX_VALUE, "9223372036854775807"),
        Arguments.of(DataType.DOUBLE, 1.5, "1.5"),
        Arguments.of(DataType.decimal(5, 2), new BigDecimal("10.00"), "10.00"));
  }

  @ParameterizedTest
  @MethodSource("textKeys")
  void shouldWriteAndReadTextWhenKeyIsStringOrNumber(DataType type, Object value, String text) {
    StreamFixture stream = keyed(type);
    KeyCodec codec = codec(stream);

    byte[] key = codec.encode(new BatchFixture(stream.schema()).row("v", value).batch(), 0);

    assertThat(key).isEqualTo(text.getBytes(UTF_8));
    assertThat(codec.decode(text.getBytes(UTF_8))).containsExactly(value);
  }

  static Stream<Arguments> rawKeys() {
    return Stream.of(
        Arguments.of(DataType.BYTES, Bytes.wrap(new byte[] {1, -1}), new byte[] {1, -1}),
        Arguments.of(DataType.STRING, "é", "é".getBytes(UTF_8)),
        Arguments.of(DataType.INT, -2L, new byte[] {-1, -1, -1, -2}),
        Arguments.of(DataType.BIGINT, 258L, new byte[] {0, 0, 0, 0, 0, 0, 1, 2}),
        Arguments.of(DataType.DOUBLE, 1.0, new byte[] {0x3f, (byte) 0xf0, 0, 0, 0, 0, 0, 0}));
  }

  @ParameterizedTest
  @MethodSource("rawKeys")
  void shouldWriteAndReadBytesWhenKeyIsRaw(DataType type, Object value, byte[] bytes) {
    StreamFixture stream = keyed(type).with("key.format", "RAW");
    KeyCodec codec = codec(stream);

    byte[] key = codec.encode(new BatchFixture(stream.schema()).row("v", value).batch(), 0);

    assertThat(key).isEqualTo(bytes);
    assertThat(codec.decode(bytes)).containsExactly(value);
  }

  static Stream<Arguments> badKeys() {
    return Stream.of(
        Arguments.of("string", DataType.INT, "4000000000", "the record key '4000000000' is no INT"),
        Arguments.of("string", DataType.BIGINT, "x", "the record key 'x' is no BIGINT"),
        Arguments.of("string", DataType.DOUBLE, "", "the record key '' is no DOUBLE"),
        Arguments.of(
            "string",
            DataType.decimal(4, 2),
            "99.999",
            "the record key '99.999' is no DECIMAL(4,2)"),
        Arguments.of(
            "string",
            DataType.decimal(4, 2),
            "1e999999999",
            "the record key '1e999999999' is no DECIMAL(4,2)"),
        Arguments.of(
            "raw", DataType.INT, "12345", "the record key has 5 bytes, but a raw INT has 4"));
  }

  @ParameterizedTest
  @MethodSource("badKeys")
  void shouldSayWhyWhenKeyDoesNotFitItsColumn(
      String format, DataType type, String key, String message) {
    KeyCodec codec = codec(keyed(type).with("key.format", format));

    assertThatThrownBy(() -> codec.decode(key.getBytes(UTF_8)))
        .isInstanceOf(DecodeException.class)
        .hasMessage(message);
  }

  @Test
  void shouldRefuseWhenTextIsNotUtf8() {
    KeyCodec codec = codec(keyed(DataType.STRING));

    assertThatThrownBy(() -> codec.decode(new byte[] {(byte) 0xC3}))
        .isInstanceOf(DecodeException.class)
        .hasMessage(
            "the record key is not UTF-8 text; declare a column BYTES KEY with 'key.format' ="
                + " 'raw'");
  }

  @Test
  void shouldWriteNoKeyWhenValueIsNull() {
    StreamFixture stream = keyed(DataType.STRING);

    byte[] key = codec(stream).encode(new BatchFixture(stream.schema()).row("v", null).batch(), 0);

    assertThat(key).isNull();
  }

  @Test
  void shouldHaveNoCodecWhenThereIsNoKeyColumn() {
    assertThat(KeyFormat.codec(keyed(DataType.STRING).keyedBy().definition())).isEmpty();
  }

  @Test
  void shouldRefuseWhenFormatCannotHoldType() {
    assertThatThrownBy(() -> codec(keyed(DataType.DATE).with("key.format", "string")))
        .isInstanceOf(MillraceException.class)
        .hasMessage(
            "option 'key.format' = 'string' cannot hold column 'k' of type DATE; use 'json'");
  }

  @Test
  void shouldRefuseWhenSeveralColumnsAreNotJson() {
    assertThatThrownBy(() -> codec(keyed(DataType.BYTES).keyedBy(0, 1).with("key.format", "raw")))
        .isInstanceOf(MillraceException.class)
        .hasMessage(
            "option 'key.format' = 'raw' holds one KEY column, but 'Test' has 2; use 'json'");
  }
}
