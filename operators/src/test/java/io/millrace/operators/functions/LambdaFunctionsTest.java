package io.millrace.operators.functions;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.spi.error.RowException;
import io.millrace.spi.function.Lambda;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class LambdaFunctionsTest {
  private static final List<@Nullable Object> NUMBERS = Arrays.asList(1L, null, 3L);
  private static final Lambda ABOVE_ONE = (x, unused) -> x == null ? null : (Object) ((Long) x > 1);

  @Test
  void shouldTransformEveryElement() {
    assertThat(LambdaFunctions.transform(NUMBERS, (x, unused) -> x == null ? (Object) 0L : x))
        .isEqualTo(List.of(1L, 0L, 3L));
  }

  @Test
  void shouldKeepWhatTheConditionIsTrueFor() {
    assertThat(LambdaFunctions.filter(NUMBERS, ABOVE_ONE)).isEqualTo(List.of(3L));
    assertThat(LambdaFunctions.filter(Map.of("a", 1L, "b", 2L), (k, v) -> "a".equals(k)))
        .isEqualTo(Map.of("a", 1L));
  }

  @Test
  void shouldReduceFromTheFirstElement() {
    assertThat(
            LambdaFunctions.reduce(List.of("a", "b"), "-", (text, x) -> String.valueOf(text) + x))
        .isEqualTo("-ab");
    assertThat(LambdaFunctions.reduce(List.of(), null, (sum, x) -> x)).isNull();
  }

  @Test
  void shouldMatchByThreeValuedLogic() {
    assertThat(LambdaFunctions.anyMatch(NUMBERS, ABOVE_ONE)).isTrue();
    assertThat(LambdaFunctions.anyMatch(Arrays.asList(1L, null), ABOVE_ONE)).isNull();
    assertThat(LambdaFunctions.anyMatch(List.of(1L), ABOVE_ONE)).isFalse();
    assertThat(LambdaFunctions.anyMatch(List.of(), ABOVE_ONE)).isFalse();
    assertThat(LambdaFunctions.allMatch(Arrays.asList(null, 1L), ABOVE_ONE)).isFalse();
    assertThat(LambdaFunctions.allMatch(Arrays.asList(null, 2L), ABOVE_ONE)).isNull();
    assertThat(LambdaFunctions.allMatch(List.of(), ABOVE_ONE)).isTrue();
    assertThat(LambdaFunctions.noneMatch(NUMBERS, ABOVE_ONE)).isFalse();
    assertThat(LambdaFunctions.noneMatch(Arrays.asList(1L, null), ABOVE_ONE)).isNull();
    assertThat(LambdaFunctions.noneMatch(List.of(1L), ABOVE_ONE)).isTrue();
  }

  @Test
  void shouldFailWhenALambdaMakesANullKey() {
    assertThatThrownBy(
            () -> LambdaFunctions.transform(Map.of("a", 1L), (k, v) -> null, (k, v) -> v))
        .isInstanceOf(RowException.class)
        .hasMessage("a key of a MAP is NULL");
  }
}
