package io.millrace.formats.json;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.spi.connector.ByteOutput;
import io.millrace.spi.data.Batch;
import io.millrace.spi.data.Bytes;
import io.millrace.spi.data.RowKind;
import io.millrace.spi.data.Struct;
import io.millrace.spi.types.DataType;
import io.millrace.spi.types.Field;
import io.millrace.testkit.connector.BatchFixture;
import io.millrace.testkit.connector.StreamFixture;
import java.math.BigDecimal;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class JsonEncoderTest {
  private static final StreamFixture KEYED =
      StreamFixture.of(
              new Field("id", DataType.BIGINT),
              new Field("n", DataType.INT),
              new Field("part", DataType.STRING))
          .keyedBy(0, 2);

  @Test
  void shouldEncodeScalars() {
    assertThat(encode(DataType.BOOLEAN, true)).isEqualTo("{\"f\":true}");
    assertThat(encode(DataType.INT, -5L)).isEqualTo("{\"f\":-5}");
    assertThat(encode(DataType.DOUBLE, 1.0)).isEqualTo("{\"f\":1.0}");
    assertThat(encode(DataType.DOUBLE, 1e10)).isEqualTo("{\"f\":1.0E10}");
    assertThat(encode(DataType.DOUBLE, Double.NaN)).isEqualTo("{\"f\":\"NaN\"}");
    assertThat(encode(DataType.DOUBLE, Double.NEGATIVE_INFINITY))
        .isEqualTo("{\"f\":\"-Infinity\"}");
    assertThat(encode(DataType.decimal(20, 10), new BigDecimal("0.0000000010")))
        .isEqualTo("{\"f\":0.0000000010}");
    assertThat(encode(DataType.TIMESTAMP, 1_709_287_200_000L))
        .isEqualTo("{\"f\":\"2024-03-01T10:00:00Z\"}");
    assertThat(encode(DataType.TIMESTAMP, 1_709_287_200_050L))
        .isEqualTo("{\"f\":\"2024-03-01T10:00:00.050Z\"}");
    assertThat(encode(DataType.DATE, 0L)).isEqualTo("{\"f\":\"1970-01-01\"}");
    assertThat(encode(DataType.TIME, 1_000L)).isEqualTo("{\"f\":\"00:00:01\"}");
    assertThat(encode(DataType.INTERVAL, 1_000L)).isEqualTo("{\"f\":1000}");
    assertThat(encode(DataType.BYTES, Bytes.copyOf(new byte[] {0, 1})))
        .isEqualTo("{\"f\":\"AAE=\"}");
    assertThat(encode(DataType.STRING, null)).isEqualTo("{\"f\":null}");
  }

  @Test
  void shouldEscapeStrings() {
    assertThat(encode(DataType.STRING, "a\"b\\c/\n\r\t\b\f\u0001ä€\uD83D\uDE00\uD83D"))
        .isEqualTo("{\"f\":\"a\\\"b\\\\c/\\n\\r\\t\\b\\f\\u0001ä€\uD83D\uDE00\\ud83d\"}");
  }

  @Test
  void shouldEncodeLongStringsWithSurrogatesAtAnyPlace() {
    for (int shift = 0; shift < 3; shift++) {
      String text = "x".repeat(shift) + "\"" + "\uD83D\uDE00".repeat(3_000);
      assertThat(encode(DataType.STRING, text))
          .isEqualTo("{\"f\":\"" + text.replace("\"", "\\\"") + "\"}");
    }
  }

  @Test
  void shouldEncodeNestedValues() {
    DataType struct =
        new DataType.StructOf(
            List.of(
                new Field("a", DataType.array(DataType.DOUBLE)), new Field("b", DataType.DATE)));
    Map<Object, @Nullable Object> map = new LinkedHashMap<>();
    map.put(2L, Struct.of(Arrays.asList(1.5, null, Double.NaN), 0L));
    map.put(1L, null);
    map.put(0L, Struct.of(List.of(), null));
    assertThat(encode(DataType.map(DataType.INT, struct), map))
        .isEqualTo(
            "{\"f\":{\"2\":{\"a\":[1.5,null,\"NaN\"],\"b\":\"1970-01-01\"},\"1\":null,"
                + "\"0\":{\"a\":[],\"b\":null}}}");
    assertThat(encode(DataType.map(DataType.STRING, DataType.INT), Map.of()))
        .isEqualTo("{\"f\":{}}");
    assertThat(encode(DataType.map(DataType.STRING, DataType.INT), Map.of("a\"", 1L)))
        .isEqualTo("{\"f\":{\"a\\\"\":1}}");
  }

  @Test
  void shouldEncodeTimestampAsMillisWhenAsked() {
    StreamFixture stream =
        StreamFixture.of(
            new Field("f", DataType.TIMESTAMP), new Field("g", DataType.array(DataType.TIMESTAMP)));
    Batch batch = new BatchFixture(stream.schema()).row(5L, List.of(7L)).batch();
    assertThat(
            encode(
                stream.withFormat(new JsonFormat()).with("json.timestamp", "millis"), batch, false))
        .containsExactly("{\"f\":5,\"g\":[7]}");
  }

  @Test
  void shouldEncodeDeletionAsItsKey() {
    Batch batch =
        new BatchFixture(KEYED.schema())
            .change(RowKind.UPDATE_AFTER, 0, 1L, 2L, "x")
            .change(RowKind.DELETE, 0, 1L, 2L, "x")
            .batch();
    assertThat(encode(KEYED.withFormat(new JsonFormat()).asTable(), batch, false))
        .containsExactly(
            "{\"id\":1,\"n\":2,\"part\":\"x\"}", "{\"ROW_KIND\":\"-D\",\"id\":1,\"part\":\"x\"}");
  }

  @Test
  void shouldShowRowKindWhenAsked() {
    Batch batch =
        new BatchFixture(KEYED.schema())
            .row(1L, 2L, "x")
            .change(RowKind.UPDATE_BEFORE, 0, 1L, 2L, null)
            .change(RowKind.UPDATE_AFTER, 0, 1L, 3L, "x")
            .change(RowKind.DELETE, 0, 1L, 3L, "x")
            .batch();
    assertThat(encode(KEYED.withFormat(new JsonFormat()), batch, true))
        .containsExactly(
            "{\"ROW_KIND\":\"+I\",\"id\":1,\"n\":2,\"part\":\"x\"}",
            "{\"ROW_KIND\":\"-U\",\"id\":1,\"n\":2,\"part\":null}",
            "{\"ROW_KIND\":\"+U\",\"id\":1,\"n\":3,\"part\":\"x\"}",
            "{\"ROW_KIND\":\"-D\",\"id\":1,\"n\":3,\"part\":\"x\"}");
  }

  @Test
  void shouldNotRepeatKindOfDeletionThatColumnSays() {
    StreamFixture stream =
        StreamFixture.of(new Field("n", DataType.BIGINT), new Field("ROW_KIND", DataType.STRING));
    Batch batch =
        new BatchFixture(stream.schema())
            .row(1L, "+I")
            .change(RowKind.DELETE, 0, 1L, "-D")
            .change(RowKind.DELETE, 0, 2L, "x")
            .batch();
    assertThat(encode(stream.withFormat(new JsonFormat()), batch, false))
        .containsExactly(
            "{\"n\":1,\"ROW_KIND\":\"+I\"}",
            "{\"n\":1,\"ROW_KIND\":\"-D\"}",
            "{\"ROW_KIND\":\"-D\",\"n\":2,\"ROW_KIND\":\"x\"}");
  }

  private static String encode(DataType type, @Nullable Object value) {
    StreamFixture stream = StreamFixture.of(new Field("f", type));
    Batch batch = new BatchFixture(stream.schema()).row(new @Nullable Object[] {value}).batch();
    return encode(stream.withFormat(new JsonFormat()), batch, false).get(0);
  }

  private static List<String> encode(StreamFixture stream, Batch batch, boolean showsRowKind) {
    var encoder = new JsonFormat().encoder(stream.definition(), showsRowKind);
    String[] rows = new String[batch.size()];
    for (int row = 0; row < rows.length; row++) {
      ByteOutput out = new ByteOutput(1);
      encoder.encode(batch, row, out);
      rows[row] = new String(out.toByteArray(), UTF_8);
    }
    return List.of(rows);
  }
}
