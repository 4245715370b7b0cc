package io.millrace.language.analysis;

import io.millrace.language.expression.Constant;
import io.millrace.language.expression.RowExpression;
import io.millrace.spi.types.DataType;
import java.math.BigDecimal;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What an argument of an aggregate may be that is the same for all rows. */
enum AggregateSetting {
  COUNT("a whole number from 1 on"),
  FRACTION("a number from 0 to 1"),
  SEPARATOR("a text in quotes");

  private final String description;

  AggregateSetting(String description) {
    this.description = description;
  }

  /** What it is, for a message. */
  String description() {
    return description;
  }

  /** The setting that was given, fractions as decimals; empty if it is none. */
  Optional<Constant> read(RowExpression given) {
    if (!(given instanceof Constant constant)) {
      return Optional.empty();
    }
    return switch (this) {
      case COUNT -> isCount(constant.value()) ? Optional.of(constant) : Optional.empty();
      case FRACTION -> fraction(constant.value());
      case SEPARATOR ->
          constant.value() instanceof String ? Optional.of(constant) : Optional.empty();
    };
  }

  private static boolean isCount(@Nullable Object value) {
    return value instanceof Long number && number > 0 && number <= Integer.MAX_VALUE;
  }

  private static Optional<Constant> fraction(@Nullable Object value) {
    BigDecimal fraction;
    if (value instanceof BigDecimal decimal) {
      fraction = decimal;
    } else if (value instanceof Long integer) {
      fraction = BigDecimal.valueOf(integer);
    } else if (value instanceof Double number && Double.isFinite(number)) {
      fraction = BigDecimal.valueOf(number);
    } else {
      return Optional.empty();
    }
    return fraction.signum() < 0 || fraction.compareTo(BigDecimal.ONE) > 0
        ? Optional.empty()
        : Optional.of(new Constant(fraction, typeOf(fraction)));
  }

  private static DataType typeOf(BigDecimal fraction) {
    int scale = Math.max(0, Math.min(fraction.scale(), DataType.MAX_PRECISION));
    return DataType.decimal(DataType.MAX_PRECISION, scale);
  }
}
