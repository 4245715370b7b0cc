package io.millrace.operators.values;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.spi.data.Bytes;
import io.millrace.spi.data.Struct;
import io.millrace.spi.error.RowException;
import io.millrace.spi.types.Casting;
import io.millrace.spi.types.DataType;
import io.millrace.spi.types.TypeParser;
import java.math.BigDecimal;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CasterTest {

  private static Object cast(String from, String to, Object value) {
    Object result = Caster.of(TypeParser.parse(from), TypeParser.parse(to)).cast(value);
    assertThat(result).isNotNull();
    return result == null ? "" : result;
  }

  private static String text(String type, Object value) {
    return ValueText.of(TypeParser.parse(type), value);
  }

  /** Every value travels as text: cast to its type, then cast on, then shown. */
  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      textBlock =
          """
          INT; 12; BIGINT; 12
          INT; ' -7 '; DOUBLE; -7.0
          INT; 1e3; INT; 1000
          INT; 12.0; STRING; 12
          BIGINT; 2147483647; INT; 2147483647
          BIGINT; -9223372036854775808; DECIMAL(38,0); -9223372036854775808
          DOUBLE; 2.9; INT; 2
          DOUBLE; -2.9; BIGINT; -2
          DOUBLE; -2147483648.9; INT; -2147483648
          DOUBLE; 1.005; DECIMAL(3,2); 1.01
          DOUBLE; 0.1; STRING; 0.1
          DOUBLE; 1e10; STRING; 1.0E10
          DOUBLE; nan; STRING; NaN
          DOUBLE; -Infinity; STRING; -Infinity
          DOUBLE; -0.0; BOOLEAN; false
          DOUBLE; 0.5; BOOLEAN; true
          DECIMAL(5,3); 1.345; DECIMAL(3,2); 1.35
          DECIMAL(5,3); -1.345; DECIMAL(3,2); -1.35
          DECIMAL(5,3); 9.999; INT; 9
          DECIMAL(5,3); -9.999; BIGINT; -9
          DECIMAL(5,3); 1.5; DOUBLE; 1.5
          DECIMAL(20,0); 9223372036854775807; BIGINT; 9223372036854775807
          DECIMAL(20,1); 9223372036854775807.9; BIGINT; 9223372036854775807
          DECIMAL(30,10); 1e-1000000000; STRING; 0.0000000000
          BOOLEAN; yes; INT; 1
          BOOLEAN; OFF; BIGINT; 0
          BOOLEAN; T; DOUBLE; 1.0
          BOOLEAN; 1; DECIMAL(2,1); 1.0
          BOOLEAN; TRUE; STRING; true
          TIMESTAMP; 2024-03-01 10:00:00; STRING; 2024-03-01T10:00:00Z
          TIMESTAMP; 2024-03-01T10:00:00.120+02:00; STRING; 2024-03-01T08:00:00.120Z
          TIMESTAMP; 1969-12-31T23:59:59.999Z; DATE; 1969-12-31
          TIMESTAMP; 1969-12-31T23:59:59.999Z; TIME; 23:59:59.999
          TIMESTAMP; 1970-01-01T00:00:01Z; BIGINT; 1000
          BIGINT; 1500; TIMESTAMP; 1970-01-01T00:00:01.500Z
          INT; 1500; INTERVAL; PT1.5S
          INTERVAL; PT1H30M; BIGINT; 5400000
          DATE; 2024-03-01; TIMESTAMP; 2024-03-01T00:00:00Z
          TIME; 10:00; STRING; 10:00:00
          STRING; grün; BYTES; grün
          """)
  void shouldCast(String from, String value, String to, String expected) {
    Object internal = cast("STRING", from, value);

    assertThat(text(to, cast(from, to, internal))).isEqualTo(expected);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      textBlock =
          """
          STRING; abc; INT; cannot cast 'abc' to INT
          STRING; 1.5; INT; cannot cast '1.5' to INT
          STRING; ''; BIGINT; cannot cast '' to BIGINT
          STRING; 2147483648; INT; cannot cast '2147483648' to INT: out of range
          STRING; 9223372036854775808; BIGINT; cannot cast '9223372036854775808' to BIGINT: out of range
          STRING; 0x1p3; DOUBLE; cannot cast '0x1p3' to DOUBLE
          STRING; 1d; DOUBLE; cannot cast '1d' to DOUBLE
          STRING; 1e400; DOUBLE; cannot cast '1e400' to DOUBLE: out of range
          STRING; 1e2000000000; DECIMAL(38,0); cannot cast 1E+2000000000 to DECIMAL(38,0): out of range
          STRING; maybe; BOOLEAN; cannot cast 'maybe' to BOOLEAN
          STRING; 2024-02-30; DATE; cannot cast '2024-02-30' to DATE
          STRING; 25:00; TIME; cannot cast '25:00' to TIME
          STRING; yesterday; TIMESTAMP; cannot cast 'yesterday' to TIMESTAMP
          STRING; 1 hour; INTERVAL; cannot cast '1 hour' to INTERVAL
          BIGINT; 2147483648; INT; cannot cast 2147483648 to INT: out of range
          DOUBLE; 2147483648; INT; cannot cast 2.147483648E9 to INT: out of range
          DOUBLE; NaN; BIGINT; cannot cast NaN to BIGINT: out of range
          DOUBLE; 9223372036854775808; BIGINT; cannot cast 9.223372036854776E18 to BIGINT: out of range
          DOUBLE; Infinity; DECIMAL(38,0); cannot cast Infinity to DECIMAL(38,0): out of range
          DECIMAL(20,0); 9223372036854775808; BIGINT; cannot cast 9223372036854775808 to BIGINT: out of range
          DECIMAL(4,2); 99.95; DECIMAL(3,1); cannot cast 99.95 to DECIMAL(3,1): out of range
          """)
  void shouldFailWhenTheValueDoesNotFit(String from, String value, String to, String message) {
    Object internal = cast("STRING", from, value);

    assertThatThrownBy(() -> cast(from, to, internal))
        .isInstanceOf(RowException.class)
        .hasMessage(message);
  }

  @Test
  void shouldCutLongTextsInMessages() {
    assertThatThrownBy(() -> cast("STRING", "INT", "x".repeat(1_000_000)))
        .isInstanceOf(RowException.class)
        .hasMessage("cannot cast '" + "x".repeat(50) + "…' to INT");
    assertThatThrownBy(() -> cast("STRING", "DECIMAL(38,0)", "9".repeat(10_000_000)))
        .isInstanceOf(RowException.class);
  }

  @Test
  void shouldCastCollectionsByWhatTheyHold() {
    assertThat(cast("ARRAY<STRING>", "ARRAY<INT>", Arrays.asList("1", null, "3")))
        .isEqualTo(Arrays.asList(1L, null, 3L));
    assertThat(cast("MAP<STRING, INT>", "MAP<DATE, DOUBLE>", Map.of("1970-01-02", 2L)))
        .isEqualTo(Map.of(1L, 2.0));
    assertThat(cast("STRUCT<a INT, b STRING>", "STRUCT<c STRING, d INT>", Struct.of(1L, "2")))
        .isEqualTo(Struct.of("1", 2L));
  }

  @Test
  void shouldWriteCollectionsAsJson() {
    assertThat(
            text(
                "STRUCT<a ARRAY<DOUBLE>, b MAP<STRING, DATE>, c BYTES, d DECIMAL(3,1), e TIME>",
                Struct.of(
                    Arrays.asList(1.5, Double.NaN, null),
                    Map.of("k\"\n\u0001", 0L),
                    Bytes.copyOf(new byte[] {1, 2}),
                    new BigDecimal("1.0"),
                    null)))
        .isEqualTo(
            "{\"a\":[1.5,\"NaN\",null],\"b\":{\"k\\\"\\n\\u0001\":\"1970-01-01\"},\"c\":\"AQI=\","
                + "\"d\":1.0,\"e\":null}");
    assertThat(text("ARRAY<STRING>", List.of())).isEqualTo("[]");
    assertThat(text("MAP<STRING, STRING>", Map.of())).isEqualTo("{}");
    assertThat(text("ARRAY<STRING>", List.of("\ud83d\ude00\ud83d")))
        .isEqualTo("[\"\ud83d\ude00\\ud83d\"]");
  }

  @Test
  void shouldRefuseBytesThatAreNoText() {
    assertThatThrownBy(() -> cast("BYTES", "STRING", Bytes.copyOf(new byte[] {(byte) 0xC3})))
        .isInstanceOf(RowException.class)
        .hasMessage("cannot cast BYTES 'c3' to STRING: not UTF-8");
  }

  @Test
  void shouldHaveACasterForEveryCastThatThereIs() {
    List<DataType> types =
        List.of(
            DataType.BOOLEAN,
            DataType.INT,
            DataType.BIGINT,
            DataType.DOUBLE,
            DataType.decimal(38, 10),
            DataType.STRING,
            DataType.BYTES,
            DataType.TIMESTAMP,
            DataType.DATE,
            DataType.TIME,
            DataType.INTERVAL);
    List<Object> values =
        List.of(true, 1L, 1L, 1.0, BigDecimal.ONE, "x", Bytes.copyOf(new byte[0]), 1L, 1L, 1L, 1L);
    for (int i = 0; i < types.size(); i++) {
      for (DataType to : types) {
        if (types.get(i) != DataType.STRING && Casting.canCast(types.get(i), to)) {
          assertThat(Caster.of(types.get(i), to).cast(values.get(i)))
              .as("%s to %s", types.get(i), to)
              .isNotNull();
          assertThat(Caster.of(types.get(i), to).cast(null)).isNull();
        }
      }
    }
  }

  @Test
  void shouldGiveBackWhatWasWrittenAsText() {
    long seed = 17;
    Random random = new Random(seed);
    for (int i = 0; i < 20_000; i++) {
      double number = Double.longBitsToDouble(random.nextLong());
      assertThat(Casts.toDouble(ValueText.of(number)))
          .as("seed %d", seed)
          .isEqualTo((Double) number);
      long time = random.nextLong() >> 16;
      assertThat(Casts.toTimestamp(ValueText.timestamp(time))).as("seed %d", seed).isEqualTo(time);
      assertThat(Casts.toInterval(ValueText.interval(time))).as("seed %d", seed).isEqualTo(time);
      long day = random.nextLong() >> 40;
      assertThat(Casts.toDate(ValueText.date(day))).as("seed %d", seed).isEqualTo(day);
    }
  }
}
