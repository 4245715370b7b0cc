package io.millrace.operators.aggregate;

import io.millrace.spi.types.DataType;
import java.math.BigDecimal;
import java.math.RoundingMode;
import org.jspecify.annotations.Nullable;

/** Sums of decimals of one scale; null is a sum of nothing. */
public final class DecimalSums {
  private DecimalSums() {}

  public static BigDecimal add(@Nullable BigDecimal sum, BigDecimal value) {
    return sum == null ? value : sum.add(value);
  }

  /** Whether the sum with the value has no more digits than a DECIMAL. */
  public static boolean fits(@Nullable BigDecimal sum, BigDecimal value) {
    return sum == null
        || Math.max(sum.precision(), value.precision()) < DataType.MAX_PRECISION
        || sum.add(value).precision() <= DataType.MAX_PRECISION;
  }

  /** The mean, rounded half up. */
  public static BigDecimal mean(BigDecimal sum, long count, int scale) {
    return sum.divide(BigDecimal.valueOf(count), scale, RoundingMode.HALF_UP);
  }
}
