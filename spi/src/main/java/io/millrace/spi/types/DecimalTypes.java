package io.millrace.spi.types;

/**
 * The types of arithmetic on decimals. Sums, products and remainders are exact; where their digits
 * may be more than 38, the type has 38 and a value that does not fit is a row error. INT and BIGINT
 * take part as {@link Widening#asDecimal} says.
 */
public final class DecimalTypes {
  /** A quotient never has fewer digits after the point. */
  private static final int LEAST_QUOTIENT_SCALE = 6;

  private DecimalTypes() {}

  /** The type of {@code a + b} and {@code a - b}: one more digit before the point. */
  public static DataType.Decimal sum(DataType.Decimal a, DataType.Decimal b) {
    int scale = Math.max(a.scale(), b.scale());
    return capped(Math.max(whole(a), whole(b)) + 1 + scale, scale);
  }

  /** The type of {@code a * b}: the digits of both, before and after the point. */
  public static DataType.Decimal product(DataType.Decimal a, DataType.Decimal b) {
    int scale = Math.min(DataType.MAX_PRECISION, a.scale() + b.scale());
    return capped(a.precision() + b.precision(), scale);
  }

  /**
   * The type of {@code a / b}: {@code max(6, s1 + p2 + 1)} digits after the point, fewer (but 6)
   * where there would be more than 38 in all. The quotient is rounded half up.
   */
  public static DataType.Decimal quotient(DataType.Decimal a, DataType.Decimal b) {
    int scale = Math.max(LEAST_QUOTIENT_SCALE, a.scale() + b.precision() + 1);
    int whole = whole(a) + b.scale();
    if (whole + scale > DataType.MAX_PRECISION) {
      scale = Math.max(LEAST_QUOTIENT_SCALE, DataType.MAX_PRECISION - whole);
    }
    return capped(whole + scale, scale);
  }

  /** The type of {@code a % b}. */
  public static DataType.Decimal remainder(DataType.Decimal a, DataType.Decimal b) {
    int scale = Math.max(a.scale(), b.scale());
    return capped(Math.min(whole(a), whole(b)) + scale, scale);
  }

  private static int whole(DataType.Decimal type) {
    return type.precision() - type.scale();
  }

  private static DataType.Decimal capped(int precision, int scale) {
    return new DataType.Decimal(Math.max(1, Math.min(DataType.MAX_PRECISION, precision)), scale);
  }
}
