package io.millrace.operators.aggregate;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.math.BigDecimal;
import org.junit.jupiter.api.Test;

final class MomentsTest {
  private final ExactSum sum = new ExactSum();
  private final ExactSum squares = new ExactSum();
  private int count;

  private void add(double... values) {
    for (double value : values) {
      ExactNumber number = ExactNumber.of(value);
      sum.add(number);
      squares.add(number.times(number));
      count++;
    }
  }

  private void remove(double... values) {
    for (double value : values) {
      ExactNumber number = ExactNumber.of(value);
      sum.remove(number);
      squares.remove(number.times(number));
      count--;
    }
  }

  private double variance() {
    return Moments.covariance(sum, sum, squares, count, 0, 0);
  }

  private double deviation() {
    return Moments.deviation(sum, squares, count, 0, 0);
  }

  @Test
  void shouldNotCancelWhenValuesAreFarFromZero() {
    add(1e9 + 4, 1e9 + 7, 1e9 + 13, 1e9 + 16);

    assertThat(variance()).isEqualTo(22.5);
  }

  @Test
  void shouldLeaveNoResidueWhenValuesOfAnySizeLeave() {
    add(1.5, 2.5, 1e300, Double.MIN_VALUE, Double.NaN, Double.NEGATIVE_INFINITY);
    assertThat(variance()).isNaN();
    remove(1e300, Double.NaN, Double.NEGATIVE_INFINITY, Double.MIN_VALUE);

    assertThat(variance()).isEqualTo(0.25);
    remove(1.5, 2.5);
    assertThat(sum.get()).isEqualTo(ExactNumber.ZERO);
    assertThat(squares.get()).isEqualTo(ExactNumber.ZERO);
  }

  @Test
  void shouldStaySmallWhenTheSmallestHaveLeft() {
    add(Double.MIN_VALUE, 3.0);
    remove(Double.MIN_VALUE);

    assertThat(squares.get().units().bitLength()).isLessThan(8);
  }

  @Test
  void shouldHaveDeviationWhereVarianceOverflows() {
    add(1e200, -1e200);

    assertThat(variance()).isInfinite();
    assertThat(deviation()).isEqualTo(1e200);
  }

  @Test
  void shouldHaveDeviationWhereVarianceIsBelowAllDoubles() {
    add(Double.MIN_VALUE, -Double.MIN_VALUE);

    assertThat(variance()).isZero();
    assertThat(deviation()).isEqualTo(Double.MIN_VALUE);
  }

  @Test
  void shouldBeZeroOfEqualValues() {
    add(0.1, 0.1, 0.1);

    assertThat(variance()).isZero();
    assertThat(Moments.isConstant(sum, squares, count)).isTrue();
  }

  @Test
  void shouldCorrelateWhollyWhenOneIsALineOfTheOther() {
    ExactSum xy = new ExactSum();
    ExactSum y = new ExactSum();
    ExactSum yy = new ExactSum();
    for (double x : new double[] {0.1, 0.7, 12.3}) {
      add(x);
      ExactNumber other = ExactNumber.of(-x / 4);
      y.add(other);
      yy.add(other.times(other));
      xy.add(ExactNumber.of(x).times(other));
    }

    assertThat(Moments.correlation(sum, y, squares, yy, xy, count)).isEqualTo(-1.0);
  }

  @Test
  void shouldTakeEveryDoubleExactly() {
    double[] values = {0.0, -0.0, 1.0, -0.1, 1e300, Double.MIN_VALUE, -Double.MAX_VALUE, 0x1p-1022};
    for (double value : values) {
      ExactNumber number = ExactNumber.of(value);
      BigDecimal two = BigDecimal.valueOf(2);
      BigDecimal exact = new BigDecimal(number.units());
      exact =
          number.exponent() >= 0
              ? exact.multiply(two.pow(number.exponent()))
              : exact.divide(two.pow(-number.exponent()));
      assertThat(exact).isEqualByComparingTo(new BigDecimal(value));
    }
  }

  @Test
  void shouldBeTheSameAfterASnapshot() throws IOException {
    add(0.1, 1e100, Double.NaN);
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    ExactSum.CODEC.write(sum, new DataOutputStream(bytes));
    ExactSum restored =
        ExactSum.CODEC.read(1, new DataInputStream(new ByteArrayInputStream(bytes.toByteArray())));

    assertThat(restored.get()).isEqualTo(sum.get());
    assertThat(restored.isFinite()).isFalse();
    restored.remove(ExactNumber.of(Double.NaN));
    assertThat(restored.isFinite()).isTrue();
  }
}
