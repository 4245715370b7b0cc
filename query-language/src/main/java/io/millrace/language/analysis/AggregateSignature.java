package io.millrace.language.analysis;

import static io.millrace.language.analysis.AggregateParameter.ANY;
import static io.millrace.language.analysis.AggregateParameter.CONDITION;
import static io.millrace.language.analysis.AggregateParameter.NUMBER;
import static io.millrace.language.analysis.AggregateParameter.ORDERED;
import static io.millrace.language.analysis.AggregateParameter.SUMMABLE;
import static io.millrace.language.analysis.AggregateParameter.TEXT;
import static io.millrace.language.analysis.AggregateParameter.VALUE;

import io.millrace.language.plan.AggregateFunction;
import io.millrace.spi.types.DataType;
import java.util.List;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;

/**
 * What an aggregate takes, and of what type its result is.
 *
 * @param parameters the arguments that rows have
 * @param settings the arguments behind them, which are the same for all rows
 * @param result the type of the result, by that of the first argument
 */
record AggregateSignature(
    List<AggregateParameter> parameters,
    List<AggregateSetting> settings,
    UnaryOperator<DataType> result) {
  private static final int LEAST_AVERAGE_SCALE = 6;

  private AggregateSignature(List<AggregateParameter> parameters, UnaryOperator<DataType> result) {
    this(parameters, List.of(), result);
  }

  private static AggregateSignature counted(
      List<AggregateParameter> parameters, UnaryOperator<DataType> result) {
    return new AggregateSignature(parameters, List.of(AggregateSetting.COUNT), result);
  }

  private static AggregateSignature ofFraction(UnaryOperator<DataType> result) {
    return new AggregateSignature(List.of(NUMBER), List.of(AggregateSetting.FRACTION), result);
  }

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
      case FIRST_N, LAST_N -> counted(List.of(VALUE), DataType::array);
      case NTH -> counted(List.of(VALUE), type -> type);
      case MIN_BY, MAX_BY -> new AggregateSignature(List.of(VALUE, ORDERED), type -> type);
      case MIN_BY_N, MAX_BY_N -> counted(List.of(VALUE, ORDERED), DataType::array);
      case COLLECT_LIST, COLLECT_SET -> new AggregateSignature(List.of(VALUE), DataType::array);
      case HISTOGRAM ->
          new AggregateSignature(List.of(VALUE), type -> DataType.map(type, DataType.BIGINT));
      case STRING_AGG ->
          new AggregateSignature(
              List.of(TEXT), List.of(AggregateSetting.SEPARATOR), type -> DataType.STRING);
      case MODE -> new AggregateSignature(List.of(VALUE), type -> type);
      case TOP_K, TOP_K_DISTINCT -> counted(List.of(ORDERED), DataType::array);
      case MEDIAN -> new AggregateSignature(List.of(NUMBER), AggregateSignature::average);
      case PERCENTILE -> ofFraction(AggregateSignature::average);
      case APPROX_PERCENTILE -> ofFraction(type -> DataType.DOUBLE);
      case APPROX_COUNT_DISTINCT -> new AggregateSignature(List.of(VALUE), type -> DataType.BIGINT);
      case EVER -> new AggregateSignature(List.of(CONDITION), type -> type);
      case MIN_EVER, MAX_EVER -> new AggregateSignature(List.of(ORDERED), type -> type);
    };
  }

  /** The number of arguments. */
  int size() {
    return parameters.size() + settings.size();
  }

  /** How many arguments aggregates of one name take, for a message. */
  static String counted(List<AggregateFunction> overloads) {
    List<String> numbers = List.of("no", "one", "two", "three");
    int most = of(overloads.get(overloads.size() - 1)).size();
    return overloads.stream()
        .map(function -> numbers.get(of(function).size()))
        .collect(Collectors.joining(" or ", "", most == 1 ? " argument" : " arguments"));
  }

  /** Whether a BOOLEAN stands for 1 and 0, so that the aggregate counts. */
  static boolean countsConditions(AggregateFunction function) {
    return function == AggregateFunction.SUM || function == AggregateFunction.AVG;
  }

  /** Whether it may look at each value once. */
  static boolean takesDistinct(AggregateFunction function) {
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
          COLLECT_LIST,
          COLLECT_SET,
          STRING_AGG,
          TOP_K,
          TOP_K_DISTINCT,
          MEDIAN,
          PERCENTILE,
          APPROX_COUNT_DISTINCT,
          MIN_EVER,
          MAX_EVER ->
          true;
      case COVAR_POP,
          COVAR_SAMP,
          CORR,
          BOOL_AND,
          BOOL_OR,
          FIRST,
          LAST,
          FIRST_N,
          LAST_N,
          NTH,
          MIN_BY,
          MAX_BY,
          MIN_BY_N,
          MAX_BY_N,
          HISTOGRAM,
          MODE,
          APPROX_PERCENTILE,
          EVER ->
          false;
    };
  }

  /** Whether it is the same with DISTINCT and without. */
  static boolean skipsRepeats(AggregateFunction function) {
    return switch (function) {
      case MIN, MAX, COLLECT_SET, TOP_K_DISTINCT, APPROX_COUNT_DISTINCT, MIN_EVER, MAX_EVER -> true;
      default -> false;
    };
  }

  /** Whether it holds each value, of which there must not be more and more. */
  static boolean needsBounds(AggregateFunction function) {
    return function == AggregateFunction.MEDIAN || function == AggregateFunction.PERCENTILE;
  }

  /** Whether NULL is a value to it, unless IGNORE NULLS says otherwise. */
  static boolean takesNulls(AggregateFunction function) {
    return switch (function) {
      case FIRST, LAST, FIRST_N, LAST_N, NTH, COLLECT_LIST -> true;
      default -> false;
    };
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
