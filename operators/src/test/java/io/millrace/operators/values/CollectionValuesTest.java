package io.millrace.operators.values;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.spi.error.RowException;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

class CollectionValuesTest {
  @Test
  void shouldCountElementsFromOneAndFromTheEnd() {
    List<?> array = Arrays.asList("a", null, "c");

    assertThat(CollectionValues.element(array, 1)).isEqualTo("a");
    assertThat(CollectionValues.element(array, 2)).isNull();
    assertThat(CollectionValues.element(array, -1)).isEqualTo("c");
    assertThat(CollectionValues.element(array, -3)).isEqualTo("a");
  }

  @Test
  void shouldGiveNullWhenOutOfRange() {
    for (long index : new long[] {0, 4, -4, Long.MAX_VALUE, Long.MIN_VALUE}) {
      assertThat(CollectionValues.element(List.of("a", "b", "c"), index)).isNull();
    }
  }

  @Test
  void shouldKeepLastOfEqualKeysAndRefuseNullKeys() {
    assertThat(CollectionValues.map(new Object[] {"a", 1L, "b", null, "a", 3L}, "m"))
        .containsEntry("a", 3L)
        .containsEntry("b", null)
        .hasSize(2);
    assertThatThrownBy(() -> CollectionValues.map(new Object[] {null, 1L}, "MAP[x, 1]"))
        .isInstanceOf(RowException.class)
        .hasMessage("a key of a map is NULL in MAP[x, 1]");
  }
}
