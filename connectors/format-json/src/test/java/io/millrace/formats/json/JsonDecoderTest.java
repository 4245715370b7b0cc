package io.millrace.formats.json;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.spi.connector.DecodeException;
import io.millrace.spi.connector.Decoder;
import io.millrace.spi.connector.RowWriter;
import io.millrace.spi.data.Bytes;
import io.millrace.spi.data.Struct;
import io.millrace.spi.error.MillraceException;
import io.millrace.spi.types.DataType;
import io.millrace.spi.types.Field;
import io.millrace.testkit.connector.RecordingRowWriter;
import io.millrace.testkit.connector.StreamFixture;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class JsonDecoderTest {
  @Test
  void shouldMatchNamesExactlyThenWithoutCase() {
    assertThat(decodeOne(DataType.BIGINT, "{\"F\":1}")).isEqualTo(1L);
    assertThat(decodeOne(DataType.BIGINT, "{\"F\":1,\"f\":2}")).isEqualTo(2L);
    assertThat(decodeOne(DataType.BIGINT, "{\"f\":2,\"F\":1}")).isEqualTo(2L);
  }

  @Test
  void shouldIgnoreUnknownFieldsAndTakeAbsentOnesAsNull() {
    assertThat(decodeOne(DataType.BIGINT, "{\"x\":{\"f\":[1,{\"f\":2}]},\"f\":3,\"y\":[]}"))
        .isEqualTo(3L);
    assertThat(decodeOne(DataType.BIGINT, "{\"x\":1}")).isNull();
    assertThat(decodeOne(DataType.BIGINT, "{}")).isNull();
    assertThat(decodeOne(DataType.BIGINT, "{\"f\":null}")).isNull();
  }

  @Test
  void shouldTakeLastOfDuplicates() {
    assertThat(decodeOne(DataType.BIGINT, "{\"f\":1,\"f\":2}")).isEqualTo(2L);
    assertThat(decodeOne(DataType.BIGINT, "{\"f\":1,\"f\":null}")).isNull();
  }

  @Test
  void shouldDecodeFieldsInAnyOrderThatChangesFromRecordToRecord() {
    Decoder decoder = decoder(new Field("a", DataType.BIGINT), new Field("b", DataType.STRING));
    RecordingRowWriter writer =
        RecordingRowWriter.of(
            StreamFixture.of(new Field("a", DataType.BIGINT), new Field("b", DataType.STRING))
                .schema());
    for (String record :
        List.of(
            "{\"a\":1,\"b\":\"x\"}",
            "{\"b\":\"y\",\"a\":2}",
            "{\"z\":0,\"b\":\"w\"}",
            "{\"a\":4}")) {
      decode(decoder, record, writer);
    }
    assertThat(writer.values())
        .containsExactly(
            List.of(1L, "x"), List.of(2L, "y"), Arrays.asList(null, "w"), Arrays.asList(4L, null));
  }

  @ParameterizedTest
  @CsvSource({
    "1, 1",
    "-9223372036854775808, -9223372036854775808",
    "1.0, 1",
    "1e3, 1000",
    "'\"12\"', 12",
    "'\" 12 \"', 12"
  })
  void shouldDecodeWholeNumbers(String json, long expected) {
    assertThat(decodeOne(DataType.BIGINT, "{\"f\":" + json + "}")).isEqualTo(expected);
  }

  @ParameterizedTest
  @CsvSource({
    "BIGINT, 9223372036854775808, 'field ''f'': 9223372036854775808 is out of the range of BIGINT'",
    "INT, 2147483648, 'field ''f'': 2147483648 is out of the range of INT'",
    "INT, 1.5, 'field ''f'' must be INT, not ''1.5'''",
    "INT, '\"x\"', 'field ''f'' must be INT, not ''x'''",
    "INT, true, 'field ''f'' must be INT, not a boolean'",
    "INT, '[1]', 'field ''f'' must be INT, not an array'",
    "DOUBLE, 1e400, 'field ''f'': 1e400 is out of the range of DOUBLE'",
    "DOUBLE, '{}', 'field ''f'' must be DOUBLE, not an object'",
    "BOOLEAN, 1, 'field ''f'' must be BOOLEAN, not a number'",
    "BYTES, 12, 'field ''f'' must be BYTES, not a number'",
    "BYTES, '\"%\"', 'field ''f'' must be BYTES, not ''%'''",
    "TIMESTAMP, '\"noon\"', 'field ''f'' must be TIMESTAMP, not ''noon'''",
    "DATE, 5, 'field ''f'' must be DATE, not ''5'''"
  })
  void shouldNameFieldAndValueThatDoNotFit(DataType.Simple type, String json, String message) {
    assertThatThrownBy(() -> decodeOne(type, "{\"f\":" + json + "}"))
        .isInstanceOf(DecodeException.class)
        .hasMessage(message);
  }

  @Test
  void shouldDecodeDecimalsExactly() {
    DataType type = DataType.decimal(5, 2);
    assertThat(decodeOne(type, "{\"f\":0.1}")).isEqualTo(new BigDecimal("0.10"));
    assertThat(decodeOne(type, "{\"f\":1.005}")).isEqualTo(new BigDecimal("1.01"));
    assertThat(decodeOne(type, "{\"f\":\"12.3\"}")).isEqualTo(new BigDecimal("12.30"));
    assertThatThrownBy(() -> decodeOne(type, "{\"f\":1000}"))
        .hasMessage("field 'f': 1000 is out of the range of DECIMAL(5,2)");
    assertThat(
            decodeOne(DataType.decimal(38, 10), "{\"f\":1234567890123456789012345678.0123456789}"))
        .isEqualTo(new BigDecimal("1234567890123456789012345678.0123456789"));
  }

  @Test
  void shouldDecodeTimes() {
    long expected = Instant.parse("2024-03-01T10:00:00Z").toEpochMilli();
    assertThat(decodeOne(DataType.TIMESTAMP, "{\"f\":\"2024-03-01T10:00:00Z\"}"))
        .isEqualTo(expected);
    assertThat(decodeOne(DataType.TIMESTAMP, "{\"f\":\"2024-03-01 11:00:00+01:00\"}"))
        .isEqualTo(expected);
    assertThat(decodeOne(DataType.TIMESTAMP, "{\"f\":" + expected + "}")).isEqualTo(expected);
    assertThat(decodeOne(DataType.DATE, "{\"f\":\"1970-01-03\"}")).isEqualTo(2L);
    assertThat(decodeOne(DataType.TIME, "{\"f\":\"00:00:01.5\"}")).isEqualTo(1_500L);
  }

  @Test
  void shouldDecodeDoublesToTheNearest() {
    long seed = 5;
    Random random = new Random(seed);
    for (int i = 0; i < 20_000; i++) {
      double value =
          i % 2 == 0
              ? Double.longBitsToDouble(random.nextLong())
              : random.nextInt() / Math.pow(10, random.nextInt(12));
      if (Double.isFinite(value)) {
        String json = "{\"f\":" + value + "}";
        assertThat(decodeOne(DataType.DOUBLE, json)).as("seed %d, %s", seed, json).isEqualTo(value);
      }
    }
    assertThat(decodeOne(DataType.DOUBLE, "{\"f\":-0}")).isEqualTo(-0.0);
    assertThat(decodeOne(DataType.DOUBLE, "{\"f\":\"12.5\"}")).isEqualTo(12.5);
    assertThat(decodeOne(DataType.DOUBLE, "{\"f\":123456789012345678901234567890}"))
        .isEqualTo(1.2345678901234568E29);
  }

  @Test
  void shouldDecodeSpecialDoublesFromStrings() {
    assertThat(decodeOne(DataType.DOUBLE, "{\"f\":\"NaN\"}")).isEqualTo(Double.NaN);
    assertThat(decodeOne(DataType.DOUBLE, "{\"f\":\"-Infinity\"}"))
        .isEqualTo(Double.NEGATIVE_INFINITY);
    assertThatThrownBy(() -> decodeOne(DataType.DOUBLE, "{\"f\":NaN}"))
        .isInstanceOf(DecodeException.class);
  }

  @Test
  void shouldGiveStringTheTextOfAnyValue() {
    assertThat(decodeOne(DataType.STRING, "{\"f\":1.50}")).isEqualTo("1.50");
    assertThat(decodeOne(DataType.STRING, "{\"f\":true}")).isEqualTo("true");
    assertThat(decodeOne(DataType.STRING, "{\"f\":{\"a\": [1, \"ä\"]} }"))
        .isEqualTo("{\"a\": [1, \"ä\"]}");
    assertThat(decodeOne(DataType.STRING, "{\"f\":[ ],\"g\":1}")).isEqualTo("[ ]");
    assertThat(decodeOne(DataType.STRING, "{\"f\":\"\\u00e4\\n\\ud83d\\ude00\"}"))
        .isEqualTo("ä\n\uD83D\uDE00");
    assertThat(decodeOne(DataType.BYTES, "{\"f\":\"AAE=\"}"))
        .isEqualTo(Bytes.copyOf(new byte[] {0, 1}));
  }

  @Test
  void shouldGiveTheTextOfAnObjectAfterManyRecords() {
    Decoder decoder = decoder(new Field("f", DataType.STRING));
    RecordingRowWriter writer =
        RecordingRowWriter.of(StreamFixture.of(new Field("f", DataType.STRING)).schema());
    for (int i = 0; i < 25_000; i++) {
      writer.clear();
      decode(decoder, "{\"f\": [" + i + "] , \"g\": {}}  ", writer);
      assertThat(writer.values()).containsExactly(List.of("[" + i + "]"));
    }
  }

  @Test
  void shouldDecodeNestedValues() {
    DataType item =
        new DataType.StructOf(
            List.of(
                new Field("id", DataType.BIGINT),
                new Field("tags", DataType.array(DataType.STRING))));
    assertThat(
            decodeOne(
                DataType.array(item),
                "{\"f\":[{\"ID\":1,\"x\":{},\"tags\":[\"a\",null]},null,{\"tags\":[],\"id\":2}]}"))
        .isEqualTo(
            Arrays.asList(Struct.of(1L, Arrays.asList("a", null)), null, Struct.of(2L, List.of())));
    assertThat(
            decodeOne(
                DataType.map(DataType.INT, DataType.decimal(4, 1)), "{\"f\":{\"2\":1,\"1\":2.25}}"))
        .isEqualTo(Map.of(2L, new BigDecimal("1.0"), 1L, new BigDecimal("2.3")));
  }

  @Test
  void shouldNamePathOfNestedValueThatDoesNotFit() {
    DataType item = new DataType.StructOf(List.of(new Field("id", DataType.BIGINT)));
    assertThatThrownBy(() -> decodeOne(DataType.array(item), "{\"f\":[{\"id\":\"x\"}]}"))
        .hasMessage("field 'f[].id' must be BIGINT, not 'x'");
    assertThatThrownBy(() -> decodeOne(DataType.array(item), "{\"f\":{}}"))
        .hasMessage("field 'f' must be ARRAY<STRUCT<id BIGINT>>, not an object");
    assertThatThrownBy(
            () -> decodeOne(DataType.map(DataType.INT, DataType.INT), "{\"f\":{\"a\":1}}"))
        .hasMessage("field 'f (key)' must be INT, not 'a'");
  }

  @Test
  void shouldRefuseMapWithCollectionsAsKeys() {
    DataType type = DataType.map(DataType.array(DataType.INT), DataType.INT);
    assertThatThrownBy(() -> decoder(new Field("f", type)))
        .isInstanceOf(MillraceException.class)
        .hasMessage("column 'f' cannot be JSON: the keys of a MAP must be scalar, not ARRAY<INT>");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "   ", "\t\r", "\r\n"})
  void shouldIgnoreBlankLine(String line) {
    assertThat(decodeAll(DataType.BIGINT, line)).isEmpty();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "[1] | expected a JSON object, found an array",
        "1 | expected a JSON object, found a number",
        "null | expected a JSON object, found null",
        "{'f':1} x | not valid JSON: the object ends, but the record goes on",
        "{'f':1}{'f':2} | not valid JSON: the object ends, but the record goes on",
        "{'f':1}} | not valid JSON: the object ends, but the record goes on",
        "{'f':1 | not valid JSON: the record ends in the middle of its object",
        "{'f':'1 | not valid JSON: the record ends in the middle of its object",
        "{'f' | not valid JSON: the record ends in the middle of its object",
        "{ | not valid JSON: the record ends in the middle of its object"
      })
  void shouldSayWhatIsWrongWithRecord(String record, String message) {
    assertThatThrownBy(() -> decodeOne(DataType.STRING, record.replace('\'', '"')))
        .isInstanceOf(DecodeException.class)
        .hasMessage(message);
  }

  @ParameterizedTest
  @ValueSource(strings = {"{f:1}", "{\"f\":01}", "{\"f\":1,}", "{\"f\":'x'}", "{\"f\":+1}", "nope"})
  void shouldSayWhereJsonIsNotValid(String record) {
    assertThatThrownBy(() -> decodeOne(DataType.STRING, record))
        .isInstanceOf(DecodeException.class)
        .hasMessageStartingWith("not valid JSON at byte ");
  }

  @Test
  void shouldSayWhereJsonIsNotValidAfterOtherRecords() {
    Decoder decoder = decoder(new Field("f", DataType.BIGINT));
    RecordingRowWriter writer =
        RecordingRowWriter.of(StreamFixture.of(new Field("f", DataType.BIGINT)).schema());
    decode(decoder, "{\"f\":1}", writer);
    decode(decoder, "{\"f\":2}", writer);
    assertThatThrownBy(() -> decode(decoder, "{\"f\":x}", writer))
        .hasMessageStartingWith("not valid JSON at byte 5: unrecognized token 'x'");
    decode(decoder, "{\"f\":3}", writer);
    assertThat(writer.values()).containsExactly(List.of(1L), List.of(2L), List.of(3L));
  }

  @Test
  void shouldRefuseInvalidUtf8() {
    byte[] bytes = "{\"f\":\"a?b\"}".getBytes(UTF_8);
    bytes[7] = (byte) 0xFF;
    Decoder decoder = decoder(new Field("f", DataType.STRING));
    RecordingRowWriter writer =
        RecordingRowWriter.of(StreamFixture.of(new Field("f", DataType.STRING)).schema());
    assertThatThrownBy(() -> decoder.decode(bytes, 0, bytes.length, writer))
        .isInstanceOf(DecodeException.class)
        .hasMessage("not valid UTF-8 at byte 7");
    byte[] overlong = HexFormat.of().parseHex("7b2266223a22c0af227d");
    assertThatThrownBy(() -> decoder.decode(overlong, 0, overlong.length, writer))
        .hasMessage("not valid UTF-8 at byte 6");
  }

  @Test
  void shouldBoundNesting() {
    String deep = "{\"x\":" + "[".repeat(100_000) + "]".repeat(100_000) + "}";
    assertThatThrownBy(() -> decodeOne(DataType.BIGINT, deep))
        .isInstanceOf(DecodeException.class)
        .hasMessage("not readable JSON: nested deeper than 1000 levels");
    String fine = "{\"x\":" + "[".repeat(900) + "]".repeat(900) + ",\"f\":1}";
    assertThat(decodeOne(DataType.BIGINT, fine)).isEqualTo(1L);
  }

  @Test
  void shouldBoundNumbers() {
    String huge = "{\"f\":" + "9".repeat(2_000) + "}";
    assertThatThrownBy(() -> decodeOne(DataType.BIGINT, huge))
        .isInstanceOf(DecodeException.class)
        .hasMessageContaining("a number of more than 1000 characters");
  }

  @Test
  void shouldDecodeRecordOfTenMegabytes() {
    String large = "x".repeat(10_000_000);
    assertThat(decodeOne(DataType.STRING, "{\"y\":[1,2],\"f\":\"" + large + "\"}"))
        .isEqualTo(large);
  }

  @Test
  void shouldRefuseGarbageBehindLargeRecord() {
    String large = "x".repeat(100_000);
    assertThatThrownBy(() -> decodeOne(DataType.STRING, "{\"f\":\"" + large + "\"} {"))
        .hasMessage("not valid JSON: the object ends, but the record goes on");
  }

  private static @Nullable Object decodeOne(DataType type, String record) {
    List<List<@Nullable Object>> rows = decodeAll(type, record);
    assertThat(rows).hasSize(1);
    return rows.get(0).get(0);
  }

  private static List<List<@Nullable Object>> decodeAll(DataType type, String record) {
    Field field = new Field("f", type);
    RecordingRowWriter writer = RecordingRowWriter.of(StreamFixture.of(field).schema());
    decode(decoder(field), record, writer);
    return writer.values();
  }

  private static Decoder decoder(Field... fields) {
    JsonFormat format = new JsonFormat();
    return format.decoder(StreamFixture.of(fields).withFormat(format).definition());
  }

  private static void decode(Decoder decoder, String record, RecordingRowWriter writer) {
    byte[] bytes = record.getBytes(UTF_8);
    writer.record(() -> "test", RowWriter.NO_TIME);
    decoder.decode(bytes, 0, bytes.length, writer);
  }
}
