package io.millrace.operators.values;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class DoubleMathTest {
  private static final double[] VALUES = {
    Double.NEGATIVE_INFINITY,
    -1.5,
    -Double.MIN_VALUE,
    -0.0,
    0.0,
    Double.MIN_VALUE,
    1.0,
    Double.MAX_VALUE,
    Double.POSITIVE_INFINITY,
    Double.NaN
  };

  @Test
  void shouldOrderAsEverywhere() {
    for (double a : VALUES) {
      for (double b : VALUES) {
        int order = Comparisons.compare(a, b);
        assertThat(DoubleMath.equal(a, b)).as("%s = %s", a, b).isEqualTo(order == 0);
        assertThat(DoubleMath.less(a, b)).as("%s < %s", a, b).isEqualTo(order < 0);
        assertThat(DoubleMath.lessOrEqual(a, b)).as("%s <= %s", a, b).isEqualTo(order <= 0);
        assertThat(Long.compare(DoubleMath.toSortable(a), DoubleMath.toSortable(b)))
            .as("%s, %s", a, b)
            .isEqualTo(order);
      }
    }
  }

  @Test
  void shouldFindValueOfSortable() {
    for (double value : VALUES) {
      assertThat(DoubleMath.ofSortable(DoubleMath.toSortable(value)))
          .isEqualTo((Double) (value + 0.0));
    }
  }

  @Test
  void shouldFailWhenDividingByZero() {
    assertThat(DoubleMath.divide(7, 2, "a / b")).isEqualTo(3.5);
    assertThat(DoubleMath.remainder(-7, 2, "a % b")).isEqualTo(-1);
    assertThatThrownBy(() -> DoubleMath.divide(1, -0.0, "a / b"))
        .hasMessage("division by zero in a / b");
    assertThatThrownBy(() -> DoubleMath.remainder(1, 0, "a % b"))
        .hasMessage("division by zero in a % b");
  }
}
