package io.millrace.language.analysis;

import static io.millrace.language.analysis.AggregateParameter.ANY;
import static io.millrace.language.analysis.AggregateParameter.CONDITION;
import static io.millrace.language.analysis.AggregateParameter.NUMBER;
import static io.millrace.language.analysis.AggregateParameter.ORDERED;
import static io.millrace.language.analysis.AggregateParameter.SUMMABLE;
import static io.millrace.language.analysis.AggregateParameter.VALUE;

import io.millrace.language.plan.AggregateFunction;
import io.millrace.language.plan.WindowSpec;
import io.millrace.spi.types.DataType;
import java.util.List;
import java.util.function.UnaryOperator;

/**
 * What an aggregate takes, and of what type its result is.
 *
 * @param parameters its arguments
 * @param result the type of the result, by that of the first argument
 */
record AggregateSignature(List<AggregateParameter> parameters, UnaryOperator<DataType> result) {
  private static final int LEAST_AVERAGE_SCALE = 6;

  static AggregateSignature of(AggregateFunction function) {
    return switch (function) {
      case COUNT -> new AggregateSignature(List.of(ANY), type -> DataType.BIGINT);
      case SUM -> new AggregateSignature(List.of(SUMMABLE), AggregateSignature::sum);
      case AVG -> new AggregateSignature(List.of(NUMBER), AggregateSignature::average);
      case MIN, MAX -> new AggregateSignature(List.of(ORDERED), type -> type);
      case VAR_POP, VAR_SAMP, STDDEV_POP, STDDEV_SAMP ->
          new AggregateSignature(List.of(NUMBER), type -> DataType.DOUBLE);
      case COVAR_POP, COVAR_SAMP, CORR ->
          new AggregateSignature(List.of(NUMBER, NUMBER), type -> DataType.DOUBLE);
      case BOOL_AND, BOOL_OR -> new AggregateSignature(List.of(CONDITION), type -> type);
      case FIRST, LAST -> new AggregateSignature(List.of(VALUE), type -> type);
      case MIN_BY, MAX_BY -> new AggregateSignature(List.of(VALUE, ORDERED), type -> type);
    };
  }

  /** The number of arguments, for a message. */
  String counted() {
    return parameters.size() == 1 ? "one argument" : "two arguments";
  }

  /** Whether a BOOLEAN stands for 1 and 0, so that the aggregate counts. */
  static boolean countsConditions(AggregateFunction function) {
    return function == AggregateFunction.SUM || function == AggregateFunction.AVG;
  }

  /** Whether it may look at each value once. */
  static boolean takesDistinct(AggregateFunction function) {
    return switch (function) {
      case COUNT, SUM, AVG, MIN, MAX, VAR_POP, VAR_SAMP, STDDEV_POP, STDDEV_SAMP -> true;
      case COVAR_POP, COVAR_SAMP, CORR, BOOL_AND, BOOL_OR, FIRST, LAST, MIN_BY, MAX_BY -> false;
    };
  }

  /** Whether it matters which row is first. */
  static boolean needsOrder(AggregateFunction function) {
    return switch (function) {
      case FIRST, LAST, MIN_BY, MAX_BY -> true;
      default -> false;
    };
  }

  /** Whether rows leave a window in the order in which they are first or last. */
  static boolean hasOrder(WindowSpec window) {
    return !(window instanceof WindowSpec.Unique
        || window instanceof WindowSpec.TimeLength
        || window instanceof WindowSpec.Sorted);
  }

  /** Whether it is the same with DISTINCT and without. */
  static boolean skipsRepeats(AggregateFunction function) {
    return function == AggregateFunction.MIN || function == AggregateFunction.MAX;
  }

  /** Whether NULL is a value to it, unless IGNORE NULLS says otherwise. */
  static boolean takesNulls(AggregateFunction function) {
    return function == AggregateFunction.FIRST || function == AggregateFunction.LAST;
  }

  private static DataType sum(DataType type) {
    if (Coercion.isInteger(type)) {
      return DataType.BIGINT;
    }
    return type instanceof DataType.Decimal decimal
        ? DataType.decimal(DataType.MAX_PRECISION, decimal.scale())
        : type;
  }

  private static DataType average(DataType type) {
    if (type instanceof DataType.Decimal decimal) {
      int scale = Math.max(LEAST_AVERAGE_SCALE, decimal.scale());
      return DataType.decimal(DataType.MAX_PRECISION, scale);
    }
    return DataType.DOUBLE;
  }
}
