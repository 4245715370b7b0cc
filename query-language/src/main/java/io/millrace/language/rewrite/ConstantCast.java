package io.millrace.language.rewrite;

import io.millrace.language.expression.Constant;
import io.millrace.spi.types.DataType;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.Optional;

/**
 * Casts of constants between numbers. Other casts stay: their texts are the business of compiled
 * code.
 */
public final class ConstantCast {
  private ConstantCast() {}

  /** The constant as another type; empty where that fails, or is not done here. */
  public static Optional<Constant> cast(Constant constant, DataType to) {
    Object value = constant.value();
    if (constant.type().equals(to)) {
      return Optional.of(constant);
    }
    if (value == null) {
      return Optional.of(Constant.nullOf(to));
    }
    if (to == DataType.INT || to == DataType.BIGINT) {
      return isNumber(constant.type()) ? toInteger((Number) value, to) : Optional.empty();
    }
    if (to == DataType.DOUBLE && isNumber(constant.type())) {
      return Optional.of(new Constant(((Number) value).doubleValue(), to));
    }
    return to instanceof DataType.Decimal decimal && isNumber(constant.type())
        ? toDecimal((Number) value, decimal)
        : Optional.empty();
  }

  private static boolean isNumber(DataType type) {
    return type == DataType.INT
        || type == DataType.BIGINT
        || type == DataType.DOUBLE
        || type instanceof DataType.Decimal;
  }

  /** Towards zero. */
  private static Optional<Constant> toInteger(Number value, DataType to) {
    if (value instanceof Double number && !Double.isFinite(number)) {
      return Optional.empty();
    }
    BigDecimal whole = exact(value).setScale(0, RoundingMode.DOWN);
    long least = to == DataType.INT ? Integer.MIN_VALUE : Long.MIN_VALUE;
    long greatest = to == DataType.INT ? Integer.MAX_VALUE : Long.MAX_VALUE;
    boolean fits =
        whole.compareTo(BigDecimal.valueOf(least)) >= 0
            && whole.compareTo(BigDecimal.valueOf(greatest)) <= 0;
    return fits ? Optional.of(new Constant(whole.longValueExact(), to)) : Optional.empty();
  }

  /** Half up. A DOUBLE has the digits that compiled code gives it. */
  private static Optional<Constant> toDecimal(Number value, DataType.Decimal to) {
    if (value instanceof Double) {
      return Optional.empty();
    }
    BigDecimal rounded = exact(value).setScale(to.scale(), RoundingMode.HALF_UP);
    return rounded.precision() - rounded.scale() <= to.precision() - to.scale()
        ? Optional.of(new Constant(rounded, to))
        : Optional.empty();
  }

  private static BigDecimal exact(Number value) {
    if (value instanceof BigDecimal decimal) {
      return decimal;
    }
    return value instanceof Double number
        ? new BigDecimal(number)
        : BigDecimal.valueOf(value.longValue());
  }
}
