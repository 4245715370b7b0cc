package io.millrace.language.analysis;

import io.millrace.language.plan.AggregateFunction;
import io.millrace.spi.types.DataType;
import io.millrace.spi.types.Widening;
import java.util.Optional;

/** Which arguments an aggregate takes, and of what type its result is. */
final class AggregateTypes {
  private static final int LEAST_AVERAGE_SCALE = 6;

  private AggregateTypes() {}

  /** The number of arguments. */
  static int arity(AggregateFunction function) {
    return switch (function) {
      case COUNT,
          SUM,
          AVG,
          MIN,
          MAX,
          VAR_POP,
          VAR_SAMP,
          STDDEV_POP,
          STDDEV_SAMP,
          BOOL_AND,
          BOOL_OR ->
          1;
      case COVAR_POP, COVAR_SAMP, CORR -> 2;
    };
  }

  /** Whether a BOOLEAN stands for 1 and 0, so that the aggregate counts. */
  static boolean countsConditions(AggregateFunction function) {
    return function == AggregateFunction.SUM || function == AggregateFunction.AVG;
  }

  /** The type of the result; empty if the aggregate takes no arguments of the type. */
  static Optional<DataType> result(AggregateFunction function, DataType type) {
    return switch (function) {
      case COUNT -> Optional.of(DataType.BIGINT);
      case MIN, MAX ->
          OperatorAnalyzer.hasOrder(type) && !Reporter.isUnknown(type)
              ? Optional.of(type)
              : Optional.empty();
      case SUM -> sum(type);
      case AVG -> average(type);
      case VAR_POP, VAR_SAMP, STDDEV_POP, STDDEV_SAMP, COVAR_POP, COVAR_SAMP, CORR ->
          Widening.isNumeric(type) ? Optional.of(DataType.DOUBLE) : Optional.empty();
      case BOOL_AND, BOOL_OR ->
          type == DataType.BOOLEAN ? Optional.of(DataType.BOOLEAN) : Optional.empty();
    };
  }

  /** What the aggregate takes, for a message. */
  static String taken(AggregateFunction function) {
    return switch (function) {
      case COUNT -> "any value";
      case MIN, MAX -> "values that have an order";
      case SUM, AVG, VAR_POP, VAR_SAMP, STDDEV_POP, STDDEV_SAMP, COVAR_POP, COVAR_SAMP, CORR ->
          "numbers";
      case BOOL_AND, BOOL_OR -> "conditions";
    };
  }

  private static Optional<DataType> sum(DataType type) {
    if (Coercion.isInteger(type)) {
      return Optional.of(DataType.BIGINT);
    }
    if (type instanceof DataType.Decimal decimal) {
      return Optional.of(DataType.decimal(DataType.MAX_PRECISION, decimal.scale()));
    }
    return type == DataType.DOUBLE || type == DataType.INTERVAL
        ? Optional.of(type)
        : Optional.empty();
  }

  private static Optional<DataType> average(DataType type) {
    if (type instanceof DataType.Decimal decimal) {
      int scale = Math.max(LEAST_AVERAGE_SCALE, decimal.scale());
      return Optional.of(DataType.decimal(DataType.MAX_PRECISION, scale));
    }
    return Widening.isNumeric(type) ? Optional.of(DataType.DOUBLE) : Optional.empty();
  }
}
