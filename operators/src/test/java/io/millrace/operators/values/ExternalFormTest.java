package io.millrace.operators.values;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.spi.data.Bytes;
import io.millrace.spi.data.Struct;
import io.millrace.spi.error.MillraceException;
import io.millrace.spi.types.TypeParser;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.time.DayOfWeek;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class ExternalFormTest {
  private record Address(String street, int Number) {}

  private static ExternalForm form(String type) {
    return ExternalForm.of(TypeParser.parse(type));
  }

  static Stream<Arguments> bothWays() {
    return Stream.of(
        Arguments.of("BOOLEAN", true, true),
        Arguments.of("INT", 7, 7L),
        Arguments.of("BIGINT", 7L, 7L),
        Arguments.of("DOUBLE", 1.5, 1.5),
        Arguments.of("DECIMAL(4,2)", new BigDecimal("1.50"), new BigDecimal("1.50")),
        Arguments.of("STRING", "a", "a"),
        Arguments.of("BYTES", new byte[] {1}, Bytes.copyOf(new byte[] {1})),
        Arguments.of("TIMESTAMP", Instant.ofEpochMilli(-1), -1L),
        Arguments.of("DATE", LocalDate.of(1970, 1, 3), 2L),
        Arguments.of("TIME", LocalTime.of(0, 0, 1), 1000L),
        Arguments.of("INTERVAL", Duration.ofSeconds(2), 2000L),
        Arguments.of("ARRAY<INT>", Arrays.asList(1, null), Arrays.asList(1L, null)),
        Arguments.of("MAP<DATE, INT>", Map.of(LocalDate.of(1970, 1, 2), 1), Map.of(1L, 1L)),
        Arguments.of("STRUCT<a INT, b STRING>", Map.of("a", 1, "b", "x"), Struct.of(1L, "x")));
  }

  @ParameterizedTest
  @MethodSource("bothWays")
  void shouldConvertBothWays(String type, Object external, Object internal) {
    assertThat(form(type).toInternal(external, "f")).isEqualTo(internal);
    assertThat(form(type).toExternal(internal)).isEqualTo(external);
    assertThat(form(type).toInternal(null, "f")).isNull();
    assertThat(form(type).toExternal(null)).isNull();
  }

  static Stream<Arguments> accepted() {
    return Stream.of(
        Arguments.of("INT", 7L, 7L),
        Arguments.of("INT", (short) 7, 7L),
        Arguments.of("INT", 7.0, 7L),
        Arguments.of("BIGINT", BigInteger.TEN, 10L),
        Arguments.of("BIGINT", new BigDecimal("1e3"), 1000L),
        Arguments.of("DOUBLE", 7, 7.0),
        Arguments.of("DOUBLE", 0.5f, 0.5),
        Arguments.of("DECIMAL(4,2)", 7, new BigDecimal("7.00")),
        Arguments.of("DECIMAL(4,2)", 0.1, new BigDecimal("0.10")),
        Arguments.of("STRING", DayOfWeek.MONDAY, "MONDAY"),
        Arguments.of("STRING", 'c', "c"),
        Arguments.of("STRING", new StringBuilder("ab"), "ab"),
        Arguments.of("BYTES", ByteBuffer.wrap(new byte[] {1, 2}, 1, 1), Bytes.wrap(new byte[] {2})),
        Arguments.of("TIMESTAMP", 5L, 5L),
        Arguments.of("TIMESTAMP", "1970-01-01T00:00:01Z", 1000L),
        Arguments.of("TIMESTAMP", OffsetDateTime.parse("1970-01-01T01:00:00+01:00"), 0L),
        Arguments.of("TIMESTAMP", LocalDateTime.parse("1970-01-01T01:00"), 3_600_000L),
        Arguments.of("TIMESTAMP", Instant.EPOCH.atZone(ZoneId.of("Asia/Tokyo")), 0L),
        Arguments.of("DATE", "1970-01-02", 1L),
        Arguments.of("TIME", "00:00:01", 1000L),
        Arguments.of("INTERVAL", 5L, 5L),
        Arguments.of("INTERVAL", "PT1S", 1000L),
        Arguments.of("ARRAY<BIGINT>", new int[] {1, 2}, List.of(1L, 2L)),
        Arguments.of("ARRAY<STRING>", new String[] {"a"}, List.of("a")),
        Arguments.of(
            "STRUCT<street STRING, number INT, zip STRING>",
            new Address("Kai", 3),
            Struct.of("Kai", 3L, null)),
        Arguments.of("STRUCT<a INT>", Struct.of(1L), Struct.of(1L)));
  }

  @ParameterizedTest
  @MethodSource("accepted")
  void shouldTakeWhatProgramsHave(String type, Object external, Object internal) {
    assertThat(form(type).toInternal(external, "f")).isEqualTo(internal);
  }

  static Stream<Arguments> refused() {
    return Stream.of(
        Arguments.of(
            "INT", 3_000_000_000L, "field 'f' is INT: expected Integer, found Long '3000000000'"),
        Arguments.of("BIGINT", 1.5, "field 'f' is BIGINT: expected Long, found Double '1.5'"),
        Arguments.of("BIGINT", "7", "field 'f' is BIGINT: expected Long, found String '7'"),
        Arguments.of("DOUBLE", "7", "field 'f' is DOUBLE: expected Double, found String '7'"),
        Arguments.of(
            "DECIMAL(4,2)",
            new BigDecimal("1.005"),
            "field 'f' is DECIMAL(4,2): expected BigDecimal of at most 2 digits before the point and"
                + " 2 after it, found BigDecimal '1.005'"),
        Arguments.of("STRING", 7, "field 'f' is STRING: expected String, found Integer '7'"),
        Arguments.of("BOOLEAN", 1, "field 'f' is BOOLEAN: expected Boolean, found Integer '1'"),
        Arguments.of("BYTES", "a", "field 'f' is BYTES: expected byte[], found String 'a'"),
        Arguments.of(
            "TIMESTAMP",
            "soon",
            "field 'f' is TIMESTAMP: expected Instant, milliseconds since the epoch or ISO text,"
                + " found String 'soon'"),
        Arguments.of(
            "DATE", 1L, "field 'f' is DATE: expected LocalDate or ISO text, found Long '1'"),
        Arguments.of(
            "ARRAY<INT>",
            List.of(1, "x"),
            "field 'f[2]' is INT: expected Integer, found String 'x'"),
        Arguments.of(
            "ARRAY<INT>",
            5,
            "field 'f' is ARRAY<INT>: expected a collection or an array, found Integer '5'"),
        Arguments.of(
            "MAP<STRING, INT>",
            Map.of("k", "x"),
            "field 'f['k']' is INT: expected Integer, found String 'x'"),
        Arguments.of(
            "MAP<STRING, INT>",
            Collections.singletonMap(null, 1),
            "field 'f' has a null key: keys of a MAP are not NULL"),
        Arguments.of(
            "STRUCT<price INT>",
            Map.of("pricee", 1),
            "field 'f' is a STRUCT without a field 'pricee'; did you mean 'price'?"),
        Arguments.of(
            "STRUCT<a STRUCT<b INT>>",
            Map.of("a", Map.of("b", "x")),
            "field 'f.a.b' is INT: expected Integer, found String 'x'"));
  }

  @ParameterizedTest
  @MethodSource("refused")
  void shouldNameTheFieldWhenAValueDoesNotFit(String type, Object external, String message) {
    assertThatThrownBy(() -> form(type).toInternal(external, "f"))
        .isInstanceOf(MillraceException.class)
        .hasMessage(message);
  }

  @Test
  void shouldNotShareMutableArrays() {
    byte[] array = {1};
    Object internal = form("BYTES").toInternal(array, "f");
    array[0] = 2;

    assertThat(internal).isEqualTo(Bytes.wrap(new byte[] {1}));
  }
}
