package io.millrace.operators.aggregate;

import java.math.BigInteger;

/**
 * Variance, covariance and correlation from exact sums of values and of their products. The formula
 * {@code (n Σxy - Σx Σy) / n²} loses all digits when it is computed in doubles (Chan, Golub and
 * LeVeque, "Algorithms for computing the sample variance", 1983), and Welford's, which does not,
 * keeps the rounding errors of values that have left a window; with sums without rounding it is
 * exact, and the result is rounded once.
 *
 * <p>Of values that are not all finite every result is NaN.
 */
public final class Moments {
  /** The square of a larger number is not exact as a double. */
  private static final long MOST_TO_SQUARE = 1L << 26;

  private Moments() {}

  /**
   * The covariance, or of a value with itself the variance.
   *
   * @param count the number of pairs, more than {@code lost}
   * @param lost 1 for that of a sample, 0 for that of a population
   * @param scale the number of decimal digits by which products are too great
   */
  public static double covariance(
      ExactSum x, ExactSum y, ExactSum xy, long count, int lost, int scale) {
    if (!xy.isFinite() || !x.isFinite() || !y.isFinite()) {
      return Double.NaN;
    }
    double certain = certain(x, y, xy, count, lost, scale);
    return Double.isNaN(certain)
        ? numerator(x, y, xy, count).over(denominator(count, lost, scale))
        : certain;
  }

  /** The standard deviation; parameters as those of {@link #covariance}. */
  public static double deviation(ExactSum x, ExactSum xx, long count, int lost, int scale) {
    if (!x.isFinite()) {
      return Double.NaN;
    }
    double certain = certain(x, x, xx, count, lost, scale);
    return Double.isNaN(certain)
        ? numerator(x, x, xx, count).rootOver(denominator(count, lost, scale))
        : Math.sqrt(certain);
  }

  /**
   * The covariance as it is found with 106 bits, which nearly always say how it is to be rounded;
   * NaN if they do not.
   */
  private static double certain(
      ExactSum x, ExactSum y, ExactSum xy, long count, int lost, int scale) {
    if (scale > 0 || count > MOST_TO_SQUARE) {
      return Double.NaN;
    }
    double divisor = (double) count * (count - lost);
    NarrowNumber narrow = xy.narrow();
    NarrowNumber narrowX = x.narrow();
    NarrowNumber narrowY = y.narrow();
    if (narrow != null && narrowX != null && narrowY != null) {
      double quotient = NarrowNumber.quotient(narrowX, narrowY, narrow, count, divisor);
      if (!Double.isNaN(quotient)) {
        return quotient;
      }
    }
    return Twofold.quotientOfDifference(
        xy.toTwofold().times((double) count), x.toTwofold().times(y.toTwofold()), divisor);
  }

  /** Whether there is no correlation, because all x or all y are equal. */
  public static boolean isConstant(ExactSum x, ExactSum xx, long count) {
    return x.isFinite() && numerator(x, x, xx, count).signum() == 0;
  }

  /** The correlation of Pearson, in [-1, 1]; neither x nor y is constant. */
  public static double correlation(
      ExactSum x, ExactSum y, ExactSum xx, ExactSum yy, ExactSum xy, long count) {
    if (!x.isFinite() || !y.isFinite()) {
      return Double.NaN;
    }
    ExactNumber both = numerator(x, y, xy, count);
    ExactNumber each = numerator(x, x, xx, count).times(numerator(y, y, yy, count));
    double absolute = both.times(both).rootOver(each);
    return both.signum() < 0 ? -absolute : absolute;
  }

  /** {@code n Σxy - Σx Σy}. */
  private static ExactNumber numerator(ExactSum x, ExactSum y, ExactSum xy, long count) {
    return ExactNumber.of(count).times(xy.get()).minus(x.get().times(y.get()));
  }

  private static ExactNumber denominator(long count, int lost, int scale) {
    BigInteger digits = BigInteger.TEN.pow(scale);
    return ExactNumber.of(count)
        .times(ExactNumber.of(count - lost))
        .times(new ExactNumber(digits, 0));
  }
}
