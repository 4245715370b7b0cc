package io.millrace.language.analysis;

import io.millrace.language.expression.Arithmetic;
import io.millrace.language.expression.ArithmeticOperator;
import io.millrace.language.expression.Cast;
import io.millrace.language.expression.Constant;
import io.millrace.language.expression.Negation;
import io.millrace.language.expression.RowExpression;
import io.millrace.language.rewrite.ConstantCast;
import io.millrace.spi.error.Span;
import io.millrace.spi.types.DataType;
import io.millrace.spi.types.DecimalTypes;
import io.millrace.spi.types.Widening;
import java.math.BigDecimal;
import java.util.List;
import java.util.Optional;

/** Types arithmetic: numbers, and times with intervals (LANGUAGE section 2). */
final class ArithmeticAnalyzer {
  private final Reporter reporter;
  private final OperatorAnalyzer operators;

  ArithmeticAnalyzer(Reporter reporter, OperatorAnalyzer operators) {
    this.reporter = reporter;
    this.operators = operators;
  }

  RowExpression negate(RowExpression operand, Span span) {
    DataType type = operand.type();
    if (Reporter.isFaulty(operand) || type == DataType.NULL) {
      return operand;
    }
    if (!Widening.isNumeric(type) && type != DataType.INTERVAL) {
      return reporter.error(
          "type-mismatch", span, "'-' takes a number or an interval, found " + type.sql());
    }
    if (operand instanceof Constant constant && constant.value() != null) {
      return negative(constant).orElseGet(() -> new Negation(operand));
    }
    return new Negation(operand);
  }

  /** Literals have no sign of their own; the smallest integers are written with one. */
  private static Optional<RowExpression> negative(Constant constant) {
    Object value = constant.value();
    if (value instanceof Long number && number != Long.MIN_VALUE) {
      boolean isSmallestInt = constant.type() == DataType.BIGINT && -number == Integer.MIN_VALUE;
      return Optional.of(new Constant(-number, isSmallestInt ? DataType.INT : constant.type()));
    }
    if (value instanceof Double number) {
      return Optional.of(new Constant(-number, DataType.DOUBLE));
    }
    if (value instanceof BigDecimal number) {
      BigDecimal negated = number.negate();
      boolean isSmallestLong =
          negated.compareTo(BigDecimal.valueOf(Long.MIN_VALUE)) == 0 && negated.scale() == 0;
      return Optional.of(
          isSmallestLong
              ? new Constant(Long.MIN_VALUE, DataType.BIGINT)
              : new Constant(negated, constant.type()));
    }
    return Optional.empty();
  }

  RowExpression compute(
      ArithmeticOperator operator, RowExpression left, RowExpression right, Span span) {
    if (Reporter.isFaulty(left) || Reporter.isFaulty(right)) {
      return Reporter.faulty();
    }
    Optional<List<RowExpression>> read = operators.readTemporals(List.of(left, right), span);
    if (read.isEmpty()) {
      return Reporter.faulty();
    }
    RowExpression a = typedLike(read.get().get(0), read.get().get(1), operator);
    RowExpression b = typedLike(read.get().get(1), read.get().get(0), operator);
    if (Widening.isNumeric(a.type()) && Widening.isNumeric(b.type())) {
      return numbers(operator, a, b);
    }
    return times(operator, dateAsTimestamp(a, b), dateAsTimestamp(b, a))
        .orElseGet(
            () -> reporter.error("type-mismatch", span, mismatch(operator, a, b), hint(a, b)));
  }

  /** NULL beside a number is one, beside a time an interval. */
  private static RowExpression typedLike(
      RowExpression operand, RowExpression other, ArithmeticOperator operator) {
    if (operand.type() != DataType.NULL) {
      return operand;
    }
    if (Coercion.isTemporal(other.type())) {
      return Constant.nullOf(DataType.INTERVAL);
    }
    if (other.type() == DataType.INTERVAL) {
      boolean scales =
          operator == ArithmeticOperator.MULTIPLY || operator == ArithmeticOperator.DIVIDE;
      return Constant.nullOf(scales ? DataType.BIGINT : DataType.INTERVAL);
    }
    return Constant.nullOf(Widening.isNumeric(other.type()) ? other.type() : DataType.INT);
  }

  private static RowExpression numbers(
      ArithmeticOperator operator, RowExpression a, RowExpression b) {
    DataType common = Widening.common(a.type(), b.type()).orElseThrow();
    if (!(common instanceof DataType.Decimal)) {
      return new Arithmetic(operator, Coercion.widen(a, common), Coercion.widen(b, common), common);
    }
    RowExpression left = decimal(a);
    RowExpression right = decimal(b);
    DataType type =
        decimalType(operator, (DataType.Decimal) left.type(), (DataType.Decimal) right.type());
    return new Arithmetic(operator, left, right, type);
  }

  /** An integer as a decimal; a constant with no more digits than it has. */
  private static RowExpression decimal(RowExpression number) {
    if (number instanceof Constant constant && constant.value() instanceof Long value) {
      DataType digits = DataType.decimal(BigDecimal.valueOf(value).precision(), 0);
      return ConstantCast.cast(constant, digits).orElseThrow();
    }
    return Coercion.widen(number, Widening.asDecimal(number.type()).orElseThrow());
  }

  private static DataType decimalType(
      ArithmeticOperator operator, DataType.Decimal a, DataType.Decimal b) {
    return switch (operator) {
      case ADD, SUBTRACT -> DecimalTypes.sum(a, b);
      case MULTIPLY -> DecimalTypes.product(a, b);
      case DIVIDE -> DecimalTypes.quotient(a, b);
      case REMAINDER -> DecimalTypes.remainder(a, b);
    };
  }

  /** A date takes part in arithmetic as the moment at which it begins. */
  private static RowExpression dateAsTimestamp(RowExpression operand, RowExpression other) {
    if (operand.type() != DataType.DATE || other.type() != DataType.INTERVAL) {
      return operand;
    }
    return new Cast(operand, DataType.TIMESTAMP, false, false);
  }

  private static Optional<RowExpression> times(
      ArithmeticOperator operator, RowExpression a, RowExpression b) {
    boolean intervalLeft = a.type() == DataType.INTERVAL;
    boolean intervalRight = b.type() == DataType.INTERVAL;
    return switch (operator) {
      case ADD -> {
        if (intervalRight && (intervalLeft || isMoment(a.type()))) {
          yield arithmetic(operator, a, b, a.type());
        }
        yield intervalLeft && isMoment(b.type())
            ? arithmetic(operator, b, a, b.type())
            : Optional.empty();
      }
      case SUBTRACT -> {
        if (intervalRight && (intervalLeft || isMoment(a.type()))) {
          yield arithmetic(operator, a, b, a.type());
        }
        yield a.type() == DataType.TIMESTAMP && b.type() == DataType.TIMESTAMP
            ? arithmetic(operator, a, b, DataType.INTERVAL)
            : Optional.empty();
      }
      case MULTIPLY -> {
        if (intervalLeft && Coercion.isInteger(b.type())) {
          yield scaled(operator, a, b);
        }
        yield intervalRight && Coercion.isInteger(a.type())
            ? scaled(operator, b, a)
            : Optional.empty();
      }
      case DIVIDE ->
          intervalLeft && Coercion.isInteger(b.type()) ? scaled(operator, a, b) : Optional.empty();
      case REMAINDER -> Optional.empty();
    };
  }

  private static boolean isMoment(DataType type) {
    return type == DataType.TIMESTAMP || type == DataType.TIME;
  }

  private static Optional<RowExpression> arithmetic(
      ArithmeticOperator operator, RowExpression a, RowExpression b, DataType type) {
    return Optional.of(new Arithmetic(operator, a, b, type));
  }

  private static Optional<RowExpression> scaled(
      ArithmeticOperator operator, RowExpression interval, RowExpression factor) {
    return arithmetic(
        operator, interval, Coercion.widen(factor, DataType.BIGINT), DataType.INTERVAL);
  }

  private static String mismatch(ArithmeticOperator operator, RowExpression a, RowExpression b) {
    return "'" + operator.symbol() + "' does not take " + a.type().sql() + " and " + b.type().sql();
  }

  private static Optional<String> hint(RowExpression a, RowExpression b) {
    boolean hasTime = Coercion.isTemporal(a.type()) || Coercion.isTemporal(b.type());
    if (hasTime && (Widening.isNumeric(a.type()) || Widening.isNumeric(b.type()))) {
      return Optional.of("to a time a duration is added, such as 5 SECONDS");
    }
    if (a.type() == DataType.DATE && b.type() == DataType.DATE) {
      return Optional.of("count the days between two dates with date_diff('day', a, b)");
    }
    return a.type() == DataType.STRING && b.type() == DataType.STRING
        ? Optional.of("strings are put together with ||")
        : Optional.empty();
  }
}
