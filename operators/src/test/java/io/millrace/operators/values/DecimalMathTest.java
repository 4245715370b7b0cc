package io.millrace.operators.values;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.millrace.spi.error.RowException;
import io.millrace.spi.types.DataType;
import io.millrace.spi.types.DecimalTypes;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.MathContext;
import java.util.Random;
import org.junit.jupiter.api.Test;

class DecimalMathTest {
  private static final BigDecimal GREATEST = new BigDecimal("9".repeat(38));

  private static BigDecimal decimal(String text) {
    return new BigDecimal(text);
  }

  @Test
  void shouldComputeExactly() {
    assertThat(DecimalMath.add(decimal("0.1"), decimal("0.20"), 4, 2, "x"))
        .isEqualTo(decimal("0.30"));
    assertThat(DecimalMath.subtract(decimal("1.0"), decimal("1.00"), 4, 2, "x"))
        .isEqualTo(decimal("0.00"));
    assertThat(DecimalMath.multiply(decimal("1.5"), decimal("0.25"), 6, 3, "x"))
        .isEqualTo(decimal("0.375"));
    assertThat(DecimalMath.remainder(decimal("-7.5"), decimal("2"), 3, 1, "x"))
        .isEqualTo(decimal("-1.5"));
  }

  @Test
  void shouldRoundQuotientsHalfUp() {
    assertThat(DecimalMath.divide(decimal("7"), decimal("2.0"), 17, 6, "x"))
        .isEqualTo(decimal("3.500000"));
    assertThat(DecimalMath.divide(decimal("2"), decimal("3"), 17, 6, "x"))
        .isEqualTo(decimal("0.666667"));
    assertThat(DecimalMath.divide(decimal("-1"), decimal("2000000"), 17, 6, "x"))
        .isEqualTo(decimal("-0.000001"));
  }

  @Test
  void shouldFailWhenTheResultHasTooManyDigits() {
    assertThatThrownBy(() -> DecimalMath.add(GREATEST, BigDecimal.ONE, 38, 0, "a + b"))
        .isInstanceOf(RowException.class)
        .hasMessage("decimal overflow in a + b: the result does not fit DECIMAL(38,0)");
    assertThatThrownBy(() -> DecimalMath.multiply(GREATEST, GREATEST, 38, 0, "a * b"))
        .isInstanceOf(RowException.class);
    BigDecimal tiny = new BigDecimal(BigInteger.ONE, 30);
    assertThatThrownBy(() -> DecimalMath.multiply(tiny, tiny, 38, 38, "a * b"))
        .isInstanceOf(RowException.class);
  }

  @Test
  void shouldFailWhenTheDivisorIsZero() {
    assertThatThrownBy(() -> DecimalMath.divide(BigDecimal.ONE, decimal("0.00"), 17, 6, "a / b"))
        .isInstanceOf(RowException.class)
        .hasMessage("division by zero in a / b");
    assertThatThrownBy(() -> DecimalMath.remainder(BigDecimal.ONE, decimal("0.00"), 17, 6, "a % b"))
        .isInstanceOf(RowException.class)
        .hasMessage("division by zero in a % b");
  }

  @Test
  void shouldAgreeWithBigDecimalWhenTheResultFits() {
    long seed = 42;
    Random random = new Random(seed);
    for (int i = 0; i < 20_000; i++) {
      DataType.Decimal left = randomType(random);
      DataType.Decimal right = randomType(random);
      BigDecimal a = randomValue(random, left);
      BigDecimal b = randomValue(random, right);
      String state = "seed " + seed + ", round " + i + ": " + a + " and " + b;
      DataType.Decimal sum = DecimalTypes.sum(left, right);
      assertThat(DecimalMath.add(a, b, sum.precision(), sum.scale(), "x"))
          .as(state)
          .isEqualByComparingTo(a.add(b));
      DataType.Decimal product = DecimalTypes.product(left, right);
      BigDecimal found = DecimalMath.multiply(a, b, product.precision(), product.scale(), "x");
      assertThat(found).as(state).isEqualByComparingTo(a.multiply(b));
      assertThat(found.scale()).as(state).isEqualTo(product.scale());
      if (b.signum() != 0) {
        DataType.Decimal quotient = DecimalTypes.quotient(left, right);
        BigDecimal half = new BigDecimal(BigInteger.valueOf(5), quotient.scale() + 1);
        assertThat(DecimalMath.divide(a, b, quotient.precision(), quotient.scale(), "x"))
            .as(state)
            .isCloseTo(a.divide(b, new MathContext(80)), within(half));
      }
    }
  }

  private static DataType.Decimal randomType(Random random) {
    int precision = 1 + random.nextInt(12);
    return new DataType.Decimal(precision, random.nextInt(precision + 1));
  }

  private static BigDecimal randomValue(Random random, DataType.Decimal type) {
    long bound = (long) Math.pow(10, type.precision());
    return BigDecimal.valueOf(
        (random.nextLong() >>> 1) % (2 * bound - 1) - bound + 1, type.scale());
  }
}
