package io.millrace.language.analysis;

import io.millrace.language.expression.Comparison;
import io.millrace.language.expression.ComparisonOperator;
import io.millrace.language.expression.Constant;
import io.millrace.language.expression.RowExpression;
import io.millrace.spi.error.Span;
import io.millrace.spi.types.Casting;
import io.millrace.spi.types.DataType;
import io.millrace.spi.types.Widening;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Types conditions and comparisons: which operands meet, and what is put around them. */
final class OperatorAnalyzer {
  private final Reporter reporter;
  private final Coercion coercion;

  OperatorAnalyzer(Reporter reporter, Coercion coercion) {
    this.reporter = reporter;
    this.coercion = coercion;
  }

  /** The expression as a condition. */
  RowExpression condition(RowExpression expression, Span span, String place) {
    if (Reporter.isFaulty(expression) || expression.type() == DataType.BOOLEAN) {
      return expression;
    }
    return expression.type() == DataType.NULL
        ? Constant.nullOf(DataType.BOOLEAN)
        : reporter.error(
            "type-mismatch",
            span,
            place + " must be a condition (BOOLEAN), found " + expression.type().sql());
  }

  RowExpression compare(
      ComparisonOperator operator, RowExpression left, RowExpression right, Span span) {
    if (Reporter.isFaulty(left) || Reporter.isFaulty(right)) {
      return Reporter.faulty();
    }
    Optional<List<RowExpression>> pair = alike(List.of(left, right), span);
    if (pair.isEmpty()) {
      return Reporter.faulty();
    }
    RowExpression first = pair.get().get(0);
    if (!hasOrder(first.type()) && isOrdering(operator)) {
      return reporter.error(
          "type-mismatch",
          span,
          "values of type "
              + first.type().sql()
              + " have no order for '"
              + operator.symbol()
              + "'");
    }
    return new Comparison(operator, first, pair.get().get(1));
  }

  private static boolean isOrdering(ComparisonOperator operator) {
    return switch (operator) {
      case EQUAL, NOT_EQUAL, DISTINCT, NOT_DISTINCT -> false;
      default -> true;
    };
  }

  /** Whether values of the type can be sorted, and have a least and a greatest. */
  static boolean hasOrder(DataType type) {
    if (type instanceof DataType.Array array) {
      return hasOrder(array.element());
    }
    if (type instanceof DataType.StructOf struct) {
      return struct.fields().stream().allMatch(field -> hasOrder(field.type()));
    }
    return !(type instanceof DataType.MapOf);
  }

  /**
   * The values with one type: the common one, decimals with their own precision each, string
   * literals as the time type beside them. Empty after a report.
   */
  Optional<List<RowExpression>> alike(List<RowExpression> values, Span span) {
    Optional<List<RowExpression>> read = readTemporals(values, span);
    if (read.isEmpty()) {
      return Optional.empty();
    }
    List<DataType> types = read.get().stream().map(RowExpression::type).toList();
    Optional<DataType> common = Coercion.common(types);
    if (common.isEmpty()) {
      reportUnlike(values, span);
      return Optional.empty();
    }
    DataType type = common.get() == DataType.NULL ? DataType.BOOLEAN : common.get();
    List<RowExpression> widened = new ArrayList<>();
    for (RowExpression value : read.get()) {
      DataType own = ownType(value.type(), type);
      if (!Widening.canWiden(value.type(), own)) { // rounded, others may be equal to it
        reportUnlike(values, span);
        return Optional.empty();
      }
      widened.add(Coercion.widen(value, own));
    }
    return Optional.of(widened);
  }

  /** Decimals are compared by value: widening them to one type could cost digits. */
  private static DataType ownType(DataType type, DataType common) {
    return common instanceof DataType.Decimal && type != DataType.NULL
        ? Widening.asDecimal(type).<DataType>map(d -> d).orElse(common)
        : common;
  }

  /** String literals beside a time, read as it; empty if one cannot be. */
  Optional<List<RowExpression>> readTemporals(List<RowExpression> values, Span span) {
    Optional<DataType> temporal =
        values.stream().map(RowExpression::type).filter(Coercion::isTemporal).findFirst();
    if (temporal.isEmpty()) {
      return Optional.of(values);
    }
    List<RowExpression> read = new ArrayList<>();
    for (RowExpression value : values) {
      RowExpression time = value;
      if (Coercion.isStringLiteral(value)) {
        time = coercion.coerce(value, temporal.get(), span, "the other side");
      }
      if (Reporter.isFaulty(time)) {
        return Optional.empty();
      }
      read.add(time);
    }
    return Optional.of(read);
  }

  private void reportUnlike(List<RowExpression> values, Span span) {
    DataType first = values.get(0).type();
    for (RowExpression value : values) {
      if (Widening.common(first, value.type()).isEmpty()) {
        DataType other = value.type();
        reporter.error(
            "type-mismatch",
            span,
            first.sql() + " and " + other.sql() + " do not go together",
            castHint(first, other));
        return;
      }
    }
    reporter.error("type-mismatch", span, "the values have no type in common");
  }

  private static Optional<String> castHint(DataType first, DataType other) {
    if (first == DataType.STRING && Casting.canCast(first, other)) {
      return Optional.of("convert the string with CAST(… AS " + other.sql() + ")");
    }
    if (other == DataType.STRING && Casting.canCast(other, first)) {
      return Optional.of("convert the string with CAST(… AS " + first.sql() + ")");
    }
    return Optional.empty();
  }
}
