package io.millrace.compiler.aggregate;

import io.millrace.language.expression.ColumnReference;
import io.millrace.language.expression.Constant;
import io.millrace.language.expression.RowExpression;
import io.millrace.language.plan.Aggregate;
import io.millrace.language.plan.AggregateCall;
import io.millrace.language.plan.AggregateFunction;
import io.millrace.language.plan.UserAggregate;
import io.millrace.spi.function.FunctionCatalog;
import io.millrace.spi.types.DataType;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.jspecify.annotations.Nullable;

/**
 * Calls of all aggregates, with DISTINCT, FILTER and IGNORE NULLS where the language has them, and
 * rows of arguments for them: with few values, so that they meet again, and some with which sums
 * are out of range, or no numbers.
 */
final class RandomCalls {
  private static final DataType DECIMAL = DataType.decimal(38, 2);
  private static final DataType FINE = DataType.decimal(38, 6);

  /** The types of {@link #row}: arguments, filter, key, and time. */
  static final List<DataType> TYPES =
      List.of(
          DataType.BIGINT,
          DataType.DOUBLE,
          DECIMAL,
          DataType.STRING,
          DataType.BOOLEAN,
          DataType.DOUBLE,
          DataType.BOOLEAN,
          DataType.BIGINT,
          DataType.BIGINT);

  static final int KEY = 7;
  static final int TIME = 8;

  private static final int LONG = 0;
  private static final int DOUBLE = 1;
  private static final int EXACT = 2;
  private static final int TEXT = 3;
  private static final int CONDITION = 4;
  private static final int OTHER = 5;
  private static final int FILTER = 6;

  private static final double[] RARE = {
    1e308, -1e308, Double.NaN, Double.POSITIVE_INFINITY, Double.NEGATIVE_INFINITY, -0.0
  };

  private static final UserAggregate USERS =
      new UserAggregate(
          FunctionCatalog.of(List.of(() -> List.of(SumOfSquares.class))).aggregates().get(0));

  private final Random random;

  RandomCalls(Random random) {
    this.random = random;
  }

  /** All aggregates of the language, and one of a user. */
  static List<Aggregate> aggregates() {
    List<Aggregate> all = new ArrayList<>(List.of(AggregateFunction.values()));
    all.add(USERS);
    return all;
  }

  /** A call of any aggregate. */
  AggregateCall call() {
    List<Aggregate> all = aggregates();
    return call(all.get(random.nextInt(all.size())));
  }

  AggregateCall call(Aggregate function) {
    return function instanceof AggregateFunction builtIn
        ? call(builtIn)
        : call(function, List.of(LONG), List.of(), Option.DISTINCT, DataType.BIGINT);
  }

  private AggregateCall call(AggregateFunction function) {
    int number = random.nextInt(EXACT + 1);
    int any = random.nextInt(TEXT + 1);
    DataType type = TYPES.get(any);
    DataType list = DataType.array(type);
    List<Constant> count = List.of(new Constant(1L + random.nextInt(3), DataType.INT));
    return switch (function) {
      case COUNT ->
          random.nextInt(3) == 0
              ? call(function, List.of(), List.of(), Option.NONE, DataType.BIGINT)
              : call(function, List.of(any), List.of(), Option.DISTINCT, DataType.BIGINT);
      case SUM -> call(function, List.of(number), List.of(), Option.DISTINCT, TYPES.get(number));
      case AVG, MEDIAN ->
          call(function, List.of(number), List.of(), Option.DISTINCT, fraction(number));
      case PERCENTILE ->
          call(function, List.of(number), percentage(), Option.NONE, fraction(number));
      case APPROX_PERCENTILE ->
          call(function, List.of(number), percentage(), Option.NONE, DataType.DOUBLE);
      case VAR_POP, VAR_SAMP, STDDEV_POP, STDDEV_SAMP ->
          call(function, List.of(number), List.of(), Option.DISTINCT, DataType.DOUBLE);
      case COVAR_POP, COVAR_SAMP, CORR ->
          call(function, List.of(DOUBLE, OTHER), List.of(), Option.NONE, DataType.DOUBLE);
      case BOOL_AND, BOOL_OR, EVER ->
          call(function, List.of(CONDITION), List.of(), Option.NONE, DataType.BOOLEAN);
      case MIN, MAX, MODE, MIN_EVER, MAX_EVER ->
          call(function, List.of(any), List.of(), Option.NONE, type);
      case FIRST, LAST -> call(function, List.of(any), List.of(), Option.IGNORE_NULLS, type);
      case NTH -> call(function, List.of(any), count, Option.IGNORE_NULLS, type);
      case FIRST_N, LAST_N -> call(function, List.of(any), count, Option.IGNORE_NULLS, list);
      case MIN_BY, MAX_BY -> call(function, List.of(any, number), List.of(), Option.NONE, type);
      case MIN_BY_N, MAX_BY_N -> call(function, List.of(any, number), count, Option.NONE, list);
      case COLLECT_LIST -> call(function, List.of(any), List.of(), Option.DISTINCT, list);
      case COLLECT_SET -> call(function, List.of(any), List.of(), Option.NONE, list);
      case TOP_K -> call(function, List.of(any), count, Option.DISTINCT, list);
      case TOP_K_DISTINCT -> call(function, List.of(any), count, Option.NONE, list);
      case HISTOGRAM ->
          call(function, List.of(any), List.of(), Option.NONE, DataType.map(type, DataType.BIGINT));
      case STRING_AGG ->
          call(
              function,
              List.of(TEXT),
              List.of(new Constant("-", DataType.STRING)),
              Option.DISTINCT,
              DataType.STRING);
      case APPROX_COUNT_DISTINCT ->
          call(function, List.of(any), List.of(), Option.NONE, DataType.BIGINT);
    };
  }

  /** What a call may have, beside a filter. */
  private enum Option {
    NONE,
    DISTINCT,
    IGNORE_NULLS
  }

  private AggregateCall call(
      Aggregate function,
      List<Integer> columns,
      List<Constant> settings,
      Option option,
      DataType result) {
    boolean hasOption = random.nextInt(3) == 0;
    return new AggregateCall(
        "a",
        function,
        columns.stream().map(RandomCalls::column).toList(),
        settings,
        hasOption && option == Option.DISTINCT,
        hasOption && option == Option.IGNORE_NULLS,
        random.nextInt(3) == 0 ? column(FILTER) : null,
        result);
  }

  private static RowExpression column(int index) {
    return new ColumnReference(index, TYPES.get(index), "x" + index);
  }

  private static DataType fraction(int number) {
    return number == EXACT ? FINE : DataType.DOUBLE;
  }

  private static List<Constant> percentage() {
    return List.of(new Constant(new BigDecimal("0.3"), DataType.DOUBLE));
  }

  /**
   * A row of a group.
   *
   * @param mayBeNull whether some arguments are NULL
   */
  @Nullable Object[] row(long key, long time, boolean mayBeNull) {
    boolean isRare = random.nextInt(12) == 0;
    @Nullable Object[] row = {
      isRare ? Long.MAX_VALUE / 2 + 1 : (long) random.nextInt(6),
      isRare ? RARE[random.nextInt(RARE.length)] : random.nextInt(100) / 8.0,
      isRare ? new BigDecimal("6e35").setScale(2) : BigDecimal.valueOf(random.nextInt(900), 2),
      "s" + random.nextInt(4),
      random.nextBoolean(),
      (double) random.nextInt(9),
      random.nextBoolean(),
      key,
      time
    };
    for (int i = 0; mayBeNull && i <= FILTER; i++) {
      if (random.nextInt(4) == 0) {
        row[i] = null;
      }
    }
    return row;
  }
}
