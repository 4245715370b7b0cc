package io.millrace.operators.aggregate;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.math.BigDecimal;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Random;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Sums of windows over random numbers, beside {@link BigDecimal}, which is exact too. */
final class ExactSumTest {
  private static final int CASES = 200;
  private static final int FEWER_CASES = 30;
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

  /**
   * Multiples of a power of two, whose sums fit into a long, and at times one that is none; saved
   * and restored at times.
   */
  @ParameterizedTest
  @ValueSource(ints = {0, 1, 6, 13, 40})
  void shouldBeExactOfNumbersOfFewBits(int fractionBits) throws IOException {
    for (int seed = 0; seed < FEWER_CASES; seed++) {
      Random random = new Random(seed);
      ExactSum[] sums = {new ExactSum(), new ExactSum(), new ExactSum()};
      Deque<Term> window = new ArrayDeque<>();
      int others = random.nextInt(3) == 0 ? 100 : Integer.MAX_VALUE;
      for (int step = 0; step < STEPS; step++) {
        if (window.isEmpty() || random.nextInt(5) > 1) {
          Term term =
              new Term(
                  random.nextInt(others) == 1 ? number(random, 80) : fewBits(random, fractionBits),
                  fewBits(random, random.nextInt(fractionBits + 1)));
          window.add(term);
          sums[0].add(term.x);
          sums[1].add(term.y);
          sums[2].addProduct(term.x, term.y);
        } else {
          Term term = window.remove();
          sums[0].remove(term.x);
          sums[1].remove(term.y);
          sums[2].removeProduct(term.x, term.y);
        }
        if (random.nextInt(50) == 0) {
          int one = random.nextInt(sums.length);
          sums[one] = restored(sums[one]);
        }
        assertThat(value(sums[2]))
            .as("seed %d, step %d", seed, step)
            .isEqualByComparingTo(
                window.stream().map(Term::exact).reduce(BigDecimal.ZERO, BigDecimal::add));
        assertIsRoundedOnce(sums, window.size());
      }
    }
  }

  /** The covariance as it is reckoned without any shortcut. */
  private static void assertIsRoundedOnce(ExactSum[] sums, int count) {
    if (count > 0) {
      ExactNumber n = ExactNumber.of(count);
      ExactNumber numerator = n.times(sums[2].get()).minus(sums[0].get().times(sums[1].get()));
      assertThat(Moments.covariance(sums[0], sums[1], sums[2], count, 0, 0))
          .isEqualTo(numerator.over(n.times(n)) + 0.0);
    }
  }

  private static double fewBits(Random random, int fractionBits) {
    return Math.scalb((double) random.nextInt(2_001) - 1_000, -fractionBits);
  }

  private static ExactSum restored(ExactSum sum) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    ExactSum.CODEC.write(sum, new DataOutputStream(bytes));
    return ExactSum.CODEC.read(
        1, new DataInputStream(new ByteArrayInputStream(bytes.toByteArray())));
  }

  /** Sums of few bits that come to the end of a long, from either side. */
  @ParameterizedTest
  @ValueSource(
      doubles = {0x1p60, -0x1p60, 0x1p57, -0x1p57, 0x1p52 + 0.5, 1e18, 0x1p35, -3e9 - 0.25})
  void shouldBeExactWhereALongIsTooShort(double value) {
    ExactSum sum = new ExactSum();
    ExactSum squares = new ExactSum();
    ExactSum merged = new ExactSum();
    BigDecimal exact = new BigDecimal(value);
    sum.add(0.25);
    sum.remove(0.25);
    for (int i = 1; i <= 40; i++) {
      sum.add(value);
      squares.addProduct(value, value);
      assertThat(value(sum)).isEqualByComparingTo(exact.multiply(BigDecimal.valueOf(i)));
      assertThat(value(squares)).isEqualByComparingTo(exact.pow(2).multiply(BigDecimal.valueOf(i)));
    }
    for (int i = 0; i < 3; i++) {
      merged.addAll(sum);
      merged.add(0.5);
    }
    assertThat(value(merged))
        .isEqualByComparingTo(exact.multiply(BigDecimal.valueOf(120)).add(new BigDecimal("1.5")));
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
