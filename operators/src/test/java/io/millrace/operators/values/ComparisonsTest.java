package io.millrace.operators.values;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.spi.data.Bytes;
import io.millrace.spi.data.Struct;
import java.math.BigDecimal;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class ComparisonsTest {

  static Stream<Arguments> rising() {
    return Stream.of(
        Arguments.of(List.of(false, true)),
        Arguments.of(List.of(Long.MIN_VALUE, -1L, 0L, Long.MAX_VALUE)),
        Arguments.of(
            List.of(
                Double.NEGATIVE_INFINITY, -1.0, 0.0, 1e300, Double.POSITIVE_INFINITY, Double.NaN)),
        Arguments.of(List.of(new BigDecimal("-1.5"), new BigDecimal("1.49"), BigDecimal.TEN)),
        Arguments.of(List.of("", "a", "ab", "b")),
        Arguments.of(List.of(Bytes.copyOf(new byte[] {1}), Bytes.copyOf(new byte[] {(byte) 0x80}))),
        Arguments.of(
            List.of(List.of(), List.of(1L), List.of(1L, 2L), List.of(2L), Arrays.asList(2L, null))),
        Arguments.of(
            List.of(Struct.of(1L, "b"), Struct.of(2L, "a"), Struct.of((Object) null, "a"))),
        Arguments.of(
            List.of(Map.of(), Map.of("a", 2L), Map.of("b", 1L), Map.of("a", 1L, "b", 1L))));
  }

  @ParameterizedTest
  @MethodSource("rising")
  void shouldOrderTheValuesOfAType(List<Object> values) {
    for (int i = 0; i < values.size(); i++) {
      for (int j = 0; j < values.size(); j++) {
        assertThat(Integer.signum(Comparisons.compare(values.get(i), values.get(j))))
            .as("%s and %s", values.get(i), values.get(j))
            .isEqualTo(Integer.compare(i, j));
      }
    }
  }

  static Stream<Arguments> equal() {
    return Stream.of(
        Arguments.of(0.0, -0.0),
        Arguments.of(Double.NaN, Double.longBitsToDouble(0x7ff8000000000001L)),
        Arguments.of(new BigDecimal("1.0"), new BigDecimal("1.00")),
        Arguments.of(Arrays.asList(0.0, null), Arrays.asList(-0.0, null)),
        Arguments.of(Map.of("a", 0.0, "b", 1.0), Map.of("b", 1.0, "a", -0.0)),
        Arguments.of(Struct.of(0.0), Struct.of(-0.0)));
  }

  @ParameterizedTest
  @MethodSource("equal")
  void shouldHaveEqualKeysWhenValuesAreEqual(Object a, Object b) {
    assertThat(Comparisons.equal(a, b)).isTrue();
    assertThat(Comparisons.key(a))
        .isEqualTo(Comparisons.key(b))
        .hasSameHashCodeAs(Comparisons.key(b));
  }

  @Test
  void shouldPutNullLast() {
    List<@Nullable Object> values = Arrays.asList(null, 2L, 1L);
    values.sort(Comparisons.NULLS_LAST);

    assertThat(values).containsExactly(1L, 2L, null);
  }
}
