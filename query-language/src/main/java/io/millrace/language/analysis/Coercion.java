package io.millrace.language.analysis;

import io.millrace.language.expression.ArrayConstructor;
import io.millrace.language.expression.Cast;
import io.millrace.language.expression.Constant;
import io.millrace.language.expression.RowExpression;
import io.millrace.language.rewrite.ConstantCast;
import io.millrace.spi.error.Span;
import io.millrace.spi.types.Casting;
import io.millrace.spi.types.DataType;
import io.millrace.spi.types.Widening;
import java.util.List;
import java.util.Optional;

/** Makes values of one type of values of others, where the language does so by itself. */
final class Coercion {
  private final Reporter reporter;

  Coercion(Reporter reporter) {
    this.reporter = reporter;
  }

  static boolean isTemporal(DataType type) {
    return type == DataType.TIMESTAMP || type == DataType.DATE || type == DataType.TIME;
  }

  static boolean isInteger(DataType type) {
    return type == DataType.INT || type == DataType.BIGINT;
  }

  /** Whether it is a string that stands in the text, which may be read as a time. */
  static boolean isStringLiteral(RowExpression expression) {
    return expression instanceof Constant constant
        && constant.type() == DataType.STRING
        && constant.value() != null;
  }

  /**
   * The value as another type, to which it must widen, or which it has in common with others;
   * constants are converted at once.
   *
   * @throws IllegalArgumentException if the type does neither
   */
  static RowExpression widen(RowExpression expression, DataType to) {
    if (expression.type().equals(to) || Reporter.isFaulty(expression)) {
      return expression;
    }
    if (!Widening.canJoin(expression.type(), to)) {
      throw new IllegalArgumentException(expression.type().sql() + " does not widen to " + to);
    }
    if (expression instanceof ArrayConstructor array && to instanceof DataType.Array type) {
      return widenElements(array, type);
    }
    if (expression instanceof Constant constant) {
      Optional<Constant> converted = ConstantCast.cast(constant, to);
      if (converted.isPresent()) {
        return converted.get();
      }
    }
    return new Cast(expression, to, false, true);
  }

  private static RowExpression widenElements(ArrayConstructor array, DataType.Array to) {
    return new ArrayConstructor(
        array.values().stream().map(value -> widen(value, to.element())).toList(), to);
  }

  /**
   * The value as a type that is wanted of it: widened, or read from a literal of a time; otherwise
   * an error at the span.
   *
   * @param purpose what wants it, such as {@code column 'a'}
   */
  RowExpression coerce(RowExpression expression, DataType to, Span span, String purpose) {
    if (Reporter.isFaulty(expression) || Reporter.isUnknown(to)) {
      return Reporter.faulty();
    }
    if (Widening.canWiden(expression.type(), to)) {
      return widen(expression, to);
    }
    if (isTemporal(to)
        && expression instanceof Constant constant
        && constant.value() instanceof String text) {
      return temporal(text, to, span);
    }
    return reporter.error(
        "type-mismatch",
        span,
        purpose + " is " + to.sql() + ", found " + expression.type().sql(),
        Casting.canCast(expression.type(), to)
            ? Optional.of("convert it with CAST(… AS " + to.sql() + ")")
            : Optional.empty());
  }

  /** The text as a constant of a time type. */
  RowExpression temporal(String text, DataType type, Span span) {
    Optional<Long> value = TemporalText.parse(text, type);
    return value.isPresent()
        ? new Constant(value.get(), type)
        : reporter.error(
            "bad-literal",
            span,
            "'" + text + "' is no " + type.sql(),
            "write it as '" + TemporalText.example(type) + "'");
  }

  /** The type to which all widen; empty if there is none. NULL if all are NULL. */
  static Optional<DataType> common(List<DataType> types) {
    DataType common = DataType.NULL;
    for (DataType type : types) {
      Optional<DataType> next = Widening.common(common, type);
      if (next.isEmpty()) {
        return Optional.empty();
      }
      common = next.get();
    }
    return Optional.of(common);
  }
}
