package io.millrace.language.rewrite;

import io.millrace.language.expression.Arithmetic;
import io.millrace.language.expression.ArithmeticOperator;
import io.millrace.language.expression.Constant;
import io.millrace.language.expression.Negation;
import io.millrace.language.expression.RowExpression;
import io.millrace.spi.types.DataType;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.Optional;

/** Arithmetic of constants that are not NULL, as compiled code does it; empty where it fails. */
final class ConstantArithmetic {
  private ConstantArithmetic() {}

  static Optional<RowExpression> compute(Arithmetic expression) {
    Object left = ((Constant) expression.left()).value();
    Object right = ((Constant) expression.right()).value();
    if (left == null || right == null) {
      return Optional.empty();
    }
    DataType type = expression.type();
    if (left instanceof BigDecimal a
        && right instanceof BigDecimal b
        && type instanceof DataType.Decimal decimal) {
      return decimal(expression.operator(), a, b, decimal).map(v -> new Constant(v, type));
    }
    if (left instanceof Double a && right instanceof Double b) {
      return floating(expression.operator(), a, b).map(v -> new Constant(v, type));
    }
    if (left instanceof Long a && right instanceof Long b && isMillisOrInteger(expression)) {
      return integer(expression.operator(), a, b)
          .filter(v -> type != DataType.INT || v == v.intValue())
          .map(v -> new Constant(v, type));
    }
    return Optional.empty();
  }

  static Optional<RowExpression> negate(Negation expression) {
    Object value = ((Constant) expression.operand()).value();
    DataType type = expression.type();
    if (value instanceof Double number) {
      return Optional.of(new Constant(-number, type));
    }
    if (value instanceof BigDecimal number) {
      return Optional.of(new Constant(number.negate(), type));
    }
    boolean isSmallest =
        value instanceof Long number
            && number == (type == DataType.INT ? Integer.MIN_VALUE : Long.MIN_VALUE);
    return value instanceof Long number && !isSmallest
        ? Optional.of(new Constant(-number, type))
        : Optional.empty();
  }

  /** Dates count days and times of day wrap: compiled code knows how. */
  private static boolean isMillisOrInteger(Arithmetic expression) {
    for (RowExpression operand : expression.operands()) {
      if (operand.type() == DataType.DATE || operand.type() == DataType.TIME) {
        return false;
      }
    }
    return true;
  }

  private static Optional<Long> integer(ArithmeticOperator operator, long a, long b) {
    try {
      return switch (operator) {
        case ADD -> Optional.of(Math.addExact(a, b));
        case SUBTRACT -> Optional.of(Math.subtractExact(a, b));
        case MULTIPLY -> Optional.of(Math.multiplyExact(a, b));
        case DIVIDE ->
            b == 0 || (a == Long.MIN_VALUE && b == -1) ? Optional.empty() : Optional.of(a / b);
        case REMAINDER -> b == 0 ? Optional.empty() : Optional.of(a % b);
      };
    } catch (ArithmeticException ignored) { // it fails for each row
      return Optional.empty();
    }
  }

  private static Optional<Double> floating(ArithmeticOperator operator, double a, double b) {
    return switch (operator) {
      case ADD -> Optional.of(a + b);
      case SUBTRACT -> Optional.of(a - b);
      case MULTIPLY -> Optional.of(a * b);
      case DIVIDE -> b == 0 ? Optional.empty() : Optional.of(a / b);
      case REMAINDER -> b == 0 ? Optional.empty() : Optional.of(a % b);
    };
  }

  private static Optional<BigDecimal> decimal(
      ArithmeticOperator operator, BigDecimal a, BigDecimal b, DataType.Decimal type) {
    boolean dividesByZero =
        b.signum() == 0
            && (operator == ArithmeticOperator.DIVIDE || operator == ArithmeticOperator.REMAINDER);
    if (dividesByZero) {
      return Optional.empty();
    }
    BigDecimal exact =
        switch (operator) {
          case ADD -> a.add(b);
          case SUBTRACT -> a.subtract(b);
          case MULTIPLY -> a.multiply(b);
          case DIVIDE -> a.divide(b, type.scale(), RoundingMode.HALF_UP);
          case REMAINDER -> a.remainder(b);
        };
    return Optional.of(exact.setScale(type.scale(), RoundingMode.HALF_UP))
        .filter(v -> v.precision() - v.scale() <= type.precision() - type.scale());
  }
}
