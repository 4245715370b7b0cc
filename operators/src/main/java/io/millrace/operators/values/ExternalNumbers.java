package io.millrace.operators.values;

import io.millrace.spi.text.NumberParser;
import io.millrace.spi.types.DataType;
import java.math.BigDecimal;
import java.math.BigInteger;
import org.jspecify.annotations.Nullable;

/** The external forms of numbers. */
final class ExternalNumbers {
  private ExternalNumbers() {}

  /** The exact value of a number of any class of the JDK; null for NaN, infinities and others. */
  private static @Nullable BigDecimal exact(Object number) {
    if (number instanceof BigDecimal decimal) {
      return decimal;
    }
    if (number instanceof BigInteger integer) {
      return new BigDecimal(integer);
    }
    if (number instanceof Double || number instanceof Float) {
      double value = ((Number) number).doubleValue();
      return Double.isFinite(value) ? new BigDecimal(number.toString()) : null;
    }
    return number instanceof Number integer ? BigDecimal.valueOf(integer.longValue()) : null;
  }

  /** INT and BIGINT. */
  static final class OfInteger extends ExternalForm {
    private final boolean isInt;

    OfInteger(DataType type) {
      super(type);
      isInt = type == DataType.INT;
    }

    @Override
    Object external(Object internal) {
      return isInt ? (Object) ((Long) internal).intValue() : internal;
    }

    @Override
    Object internal(Object external, String field) {
      Long value = external instanceof Long ready ? ready : null;
      if (value == null) {
        BigDecimal exact = exact(external);
        value = exact == null ? null : NumberParser.toLong(exact);
      }
      if (value == null || (isInt && value.intValue() != value)) {
        throw unfit(external, field);
      }
      return value;
    }

    @Override
    String expected() {
      return isInt ? "Integer" : "Long";
    }
  }

  static final class OfDouble extends ExternalForm {
    OfDouble() {
      super(DataType.DOUBLE);
    }

    @Override
    Object external(Object internal) {
      return internal;
    }

    @Override
    Object internal(Object external, String field) {
      if (external instanceof Number number) {
        return number.doubleValue();
      }
      throw unfit(external, field);
    }

    @Override
    String expected() {
      return "Double";
    }
  }

  static final class OfDecimal extends ExternalForm {
    private final DataType.Decimal type;

    OfDecimal(DataType.Decimal type) {
      super(type);
      this.type = type;
    }

    @Override
    Object external(Object internal) {
      return internal;
    }

    @Override
    Object internal(Object external, String field) {
      BigDecimal exact = exact(external);
      BigDecimal value =
          exact == null ? null : NumberParser.fit(exact, type.precision(), type.scale());
      if (exact == null || value == null || value.compareTo(exact) != 0) {
        throw unfit(external, field);
      }
      return value;
    }

    @Override
    String expected() {
      return "BigDecimal of at most "
          + (type.precision() - type.scale())
          + " digits before the point and "
          + type.scale()
          + " after it";
    }
  }
}
