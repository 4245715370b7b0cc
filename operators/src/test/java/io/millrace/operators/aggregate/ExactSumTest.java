package io.millrace.operators.aggregate;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Random;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Sums of windows over random numbers, beside {@link BigDecimal}, which is exact too. */
final class ExactSumTest {
  private static final int CASES = 200;
  private static final int STEPS = 300;

  /** A number, or with {@code y} a product. */
  private record Term(double x, double y) {
    BigDecimal exact() {
      return new BigDecimal(x).multiply(new BigDecimal(y));
    }
  }

  /** How far the exponents of the numbers are apart: within one kind of sum, or beyond. */
  @ParameterizedTest
  @ValueSource(ints = {1, 10, 40, 100, 600})
  void shouldBeExactWhateverEntersAndLeaves(int spread) {
    for (int seed = 0; seed < CASES; seed++) {
      Random random = new Random(seed);
      ExactSum sum = new ExactSum();
      Deque<Term> window = new ArrayDeque<>();
      BigDecimal expected = BigDecimal.ZERO;
      for (int step = 0; step < STEPS; step++) {
        if (window.isEmpty() || random.nextInt(5) > 1) {
          Term term = new Term(number(random, spread), number(random, spread));
          window.add(term);
          sum.addProduct(term.x, term.y);
          expected = expected.add(term.exact());
        } else {
          Term term = window.remove();
          sum.removeProduct(term.x, term.y);
          expected = expected.subtract(term.exact());
        }
        assertThat(value(sum)).as("seed %d, step %d", seed, step).isEqualByComparingTo(expected);
      }
    }
  }

  @ParameterizedTest
  @ValueSource(longs = {5, Long.MAX_VALUE, Long.MIN_VALUE})
  void shouldTakeWholeNumbersOfAnySize(long value) {
    ExactSum sum = new ExactSum();
    BigDecimal square = BigDecimal.valueOf(value).pow(2);
    for (int i = 1; i <= 10; i++) {
      sum.addProduct(value, value);
      sum.add(value);
      sum.remove(3L);
      BigDecimal each = square.add(BigDecimal.valueOf(value)).subtract(BigDecimal.valueOf(3));
      assertThat(value(sum)).isEqualByComparingTo(each.multiply(BigDecimal.valueOf(i)));
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 70, 500})
  void shouldMergeSumsOfDifferentSizes(int apart) {
    ExactSum sum = new ExactSum();
    ExactSum other = new ExactSum();
    double small = Math.nextUp(12.3);
    double large = Math.scalb(-0.1, apart);
    sum.add(small);
    other.add(large);
    sum.addAll(other);
    sum.addAll(new ExactSum());

    assertThat(value(sum)).isEqualByComparingTo(new BigDecimal(small).add(new BigDecimal(large)));
    assertThat(value(other)).isEqualByComparingTo(new BigDecimal(large));
  }

  private static double number(Random random, int spread) {
    return Math.scalb(random.nextDouble() - 0.5, random.nextInt(2 * spread) - spread);
  }

  private static BigDecimal value(ExactSum sum) {
    ExactNumber number = sum.get();
    BigDecimal two = BigDecimal.valueOf(2);
    BigDecimal units = new BigDecimal(number.units());
    return number.exponent() >= 0
        ? units.multiply(two.pow(number.exponent()))
        : units.divide(two.pow(-number.exponent()));
  }
}
