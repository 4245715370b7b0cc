package io.millrace.compiler.expression;

import io.millrace.language.expression.Arithmetic;
import io.millrace.language.expression.ArithmeticOperator;
import io.millrace.language.expression.ArrayConstructor;
import io.millrace.language.expression.Case;
import io.millrace.language.expression.Cast;
import io.millrace.language.expression.Coalesce;
import io.millrace.language.expression.ColumnReference;
import io.millrace.language.expression.Comparison;
import io.millrace.language.expression.ComparisonOperator;
import io.millrace.language.expression.Concatenation;
import io.millrace.language.expression.Constant;
import io.millrace.language.expression.FieldAccess;
import io.millrace.language.expression.InList;
import io.millrace.language.expression.IsNull;
import io.millrace.language.expression.LambdaExpression;
import io.millrace.language.expression.LambdaParameter;
import io.millrace.language.expression.LambdaReference;
import io.millrace.language.expression.Logical;
import io.millrace.language.expression.MapConstructor;
import io.millrace.language.expression.Negation;
import io.millrace.language.expression.Not;
import io.millrace.language.expression.RowExpression;
import io.millrace.language.expression.RowtimeReference;
import io.millrace.language.expression.StructConstructor;
import io.millrace.language.expression.Subscript;
import io.millrace.spi.data.Struct;
import io.millrace.spi.types.DataType;
import io.millrace.spi.types.DecimalTypes;
import io.millrace.spi.types.Field;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.jspecify.annotations.Nullable;

/**
 * Random expressions over columns of all types, and random rows for them. Values are chosen so that
 * many operations fail.
 */
final class RandomExpressions {
  static final DataType DECIMAL = DataType.decimal(10, 2);
  static final DataType ARRAY = DataType.array(DataType.BIGINT);
  static final DataType MAP = DataType.map(DataType.STRING, DataType.BIGINT);
  static final DataType STRUCT =
      new DataType.StructOf(
          List.of(
              new Field("a", DataType.BIGINT),
              new Field("b", DataType.STRING),
              new Field("c", DataType.DOUBLE)));

  static final List<DataType> TYPES =
      List.of(
          DataType.BOOLEAN,
          DataType.BOOLEAN,
          DataType.INT,
          DataType.INT,
          DataType.BIGINT,
          DataType.BIGINT,
          DataType.DOUBLE,
          DataType.DOUBLE,
          DECIMAL,
          DECIMAL,
          DataType.STRING,
          DataType.STRING,
          DataType.TIMESTAMP,
          DataType.INTERVAL,
          DataType.DATE,
          DataType.TIME,
          ARRAY,
          MAP,
          STRUCT);

  private final Random random;
  private final List<LambdaParameter> parameters = new ArrayList<>();
  private final List<RowExpression> reused = new ArrayList<>();
  private int nextParameter;

  RandomExpressions(Random random) {
    this.random = random;
  }

  private int pick(int bound) {
    return random.nextInt(bound);
  }

  DataType type() {
    return TYPES.get(pick(TYPES.size()));
  }

  @Nullable Object[] row(boolean hasNulls) {
    return TYPES.stream().map(type -> hasNulls && pick(5) == 0 ? null : value(type)).toArray();
  }

  Object value(DataType type) {
    if (type.equals(ARRAY)) {
      return Arrays.asList(optional(DataType.BIGINT), value(DataType.BIGINT)).subList(0, pick(3));
    }
    if (type.equals(MAP)) {
      return pick(2) == 0
          ? Map.of()
          : Collections.singletonMap(value(DataType.STRING), optional(DataType.BIGINT));
    }
    if (type.equals(STRUCT)) {
      return Struct.of(
          optional(DataType.BIGINT), optional(DataType.STRING), optional(DataType.DOUBLE));
    }
    if (type instanceof DataType.Decimal decimal) {
      long[] unscaled = {0, 1, -250, 100, 9_999_999_999L, pick(1000)};
      return BigDecimal.valueOf(unscaled[pick(unscaled.length)], decimal.scale());
    }
    return switch ((DataType.Simple) type) {
      case BOOLEAN -> pick(2) == 0;
      case INT ->
          new Long[] {
                0L,
                1L,
                -1L,
                7L,
                (long) Integer.MAX_VALUE,
                (long) Integer.MIN_VALUE,
                (long) pick(100)
              }
              [pick(7)];
      case BIGINT, INTERVAL ->
          new Long[] {0L, 1L, -1L, 7L, Long.MAX_VALUE, Long.MIN_VALUE, (long) pick(100)}[pick(7)];
      case DOUBLE ->
          new Double[] {0.0, -0.0, 1.5, Double.NaN, Double.NEGATIVE_INFINITY, (double) pick(10)}
              [pick(6)];
      case TIMESTAMP -> 1_000_000L * pick(1000);
      case DATE -> (long) pick(20_000);
      case TIME -> (long) pick(86_400_000);
      default -> List.of("", "a", "b7", "7", "-1.5", "true", "x(y").get(pick(7));
    };
  }

  private @Nullable Object optional(DataType type) {
    return pick(3) == 0 ? null : value(type);
  }

  /** An expression of a type. */
  RowExpression of(DataType type, int depth) {
    if (!reused.isEmpty() && parameters.isEmpty() && pick(5) == 0) {
      List<RowExpression> fitting = reused.stream().filter(e -> e.type().equals(type)).toList();
      if (!fitting.isEmpty()) {
        return fitting.get(pick(fitting.size()));
      }
    }
    RowExpression made =
        depth <= 0 || pick(8) == 0
            ? leaf(type)
            : pick(4) == 0 ? conditional(type, depth - 1) : inner(type, depth - 1);
    if (parameters.isEmpty()) {
      reused.add(made);
    }
    return made;
  }

  private RowExpression leaf(DataType type) {
    List<RowExpression> candidates = new ArrayList<>();
    for (int i = 0; i < TYPES.size(); i++) {
      if (TYPES.get(i).equals(type)) {
        candidates.add(new ColumnReference(i, type, "x" + i));
      }
    }
    parameters.stream()
        .filter(p -> p.type().equals(type))
        .forEach(p -> candidates.add(new LambdaReference(p)));
    candidates.add(pick(6) == 0 ? Constant.nullOf(type) : new Constant(value(type), type));
    if (type == DataType.TIMESTAMP) {
      candidates.add(new RowtimeReference());
    }
    return candidates.get(pick(candidates.size()));
  }

  private RowExpression conditional(DataType type, int depth) {
    if (pick(3) == 0) {
      return new Coalesce(
          List.of(of(type, depth), of(type, depth), of(type, depth)).subList(0, 2 + pick(2)));
    }
    List<Case.When> whens = new ArrayList<>();
    for (int i = 0; i <= pick(3); i++) {
      whens.add(new Case.When(of(DataType.BOOLEAN, depth), of(type, depth)));
    }
    return new Case(whens, of(type, depth));
  }

  private RowExpression inner(DataType type, int depth) {
    if (pick(8) == 0 && !type.equals(MAP)) {
      return TestFunctions.call("same", type, of(type, depth));
    }
    if (type.equals(ARRAY)) {
      return array(depth);
    }
    if (type.equals(MAP)) {
      return new MapConstructor(
          List.of(of(DataType.STRING, depth), of(DataType.STRING, depth)),
          List.of(of(DataType.BIGINT, depth), of(DataType.BIGINT, depth)),
          MAP);
    }
    if (type.equals(STRUCT)) {
      return new StructConstructor(
          List.of(
              of(DataType.BIGINT, depth), of(DataType.STRING, depth), of(DataType.DOUBLE, depth)),
          STRUCT);
    }
    if (type instanceof DataType.Decimal) {
      return decimal(depth);
    }
    return switch ((DataType.Simple) type) {
      case BOOLEAN -> condition(depth);
      case STRING -> string(depth);
      case TIMESTAMP -> time(depth);
      case DATE, TIME ->
          pick(2) == 0 ? cast(type, DataType.TIMESTAMP, depth) : timeOfDay(type, depth);
      case INTERVAL -> interval(depth);
      default -> number(type, depth);
    };
  }

  private RowExpression array(int depth) {
    if (pick(2) == 0) {
      return new ArrayConstructor(
          List.of(of(DataType.BIGINT, depth), of(DataType.BIGINT, depth)), ARRAY);
    }
    RowExpression source = of(ARRAY, depth);
    LambdaParameter parameter = new LambdaParameter(nextParameter++, "p", DataType.BIGINT);
    parameters.add(parameter);
    RowExpression body = of(DataType.BIGINT, depth);
    parameters.remove(parameter);
    return TestFunctions.call(
        "mapped", ARRAY, source, new LambdaExpression(List.of(parameter), body));
  }

  private RowExpression decimal(int depth) {
    ArithmeticOperator operator = ArithmeticOperator.values()[pick(5)];
    DataType.Decimal type = (DataType.Decimal) DECIMAL;
    DataType.Decimal result =
        switch (operator) {
          case ADD, SUBTRACT -> DecimalTypes.sum(type, type);
          case MULTIPLY -> DecimalTypes.product(type, type);
          case DIVIDE -> DecimalTypes.quotient(type, type);
          case REMAINDER -> DecimalTypes.remainder(type, type);
        };
    RowExpression arithmetic =
        new Arithmetic(operator, of(DECIMAL, depth), of(DECIMAL, depth), result);
    return pick(6) == 0
        ? new Negation(of(DECIMAL, depth))
        : new Cast(arithmetic, DECIMAL, pick(2) == 0, false);
  }

  private RowExpression condition(int depth) {
    return switch (pick(9)) {
      case 0 -> new Not(of(DataType.BOOLEAN, depth));
      case 1 -> new IsNull(of(type(), depth));
      case 2, 3 ->
          new Logical(
              pick(2) == 0,
              List.of(
                      of(DataType.BOOLEAN, depth),
                      of(DataType.BOOLEAN, depth),
                      of(DataType.BOOLEAN, depth))
                  .subList(0, 2 + pick(2)));
      case 4 -> inList(depth);
      case 5 ->
          TestFunctions.call("found", DataType.BOOLEAN, of(DataType.STRING, depth), pattern(depth));
      default -> {
        DataType type = type();
        ComparisonOperator operator = ComparisonOperator.values()[pick(8)];
        yield new Comparison(operator, of(type, depth), of(type, depth));
      }
    };
  }

  private RowExpression pattern(int depth) {
    RowExpression computed = of(DataType.STRING, depth);
    return pick(2) == 0 || computed instanceof Constant
        ? new Constant("[a-b]", DataType.STRING)
        : computed;
  }

  private RowExpression inList(int depth) {
    DataType type = type();
    List<RowExpression> options = new ArrayList<>();
    for (int i = pick(14); i >= 0; i--) {
      options.add(
          pick(4) == 0
              ? of(type, depth)
              : pick(10) == 0 ? Constant.nullOf(type) : new Constant(value(type), type));
    }
    return new InList(of(type, depth), options);
  }

  private RowExpression string(int depth) {
    return switch (pick(7)) {
      case 0 ->
          new Concatenation(
              List.of(
                  of(DataType.STRING, depth),
                  of(DataType.STRING, depth),
                  of(DataType.STRING, depth)));
      case 1 -> cast(DataType.STRING, TYPES.get(pick(10)), depth);
      case 2 ->
          TestFunctions.call(
              "joined",
              DataType.STRING,
              of(DataType.STRING, depth),
              of(DataType.STRING, depth),
              of(DataType.STRING, depth));
      case 3 -> new FieldAccess(of(STRUCT, depth), 1, DataType.STRING);
      case 4 -> TestFunctions.call("type_of", DataType.STRING, of(type(), depth));
      case 5 -> TestFunctions.call("zone", DataType.STRING);
      default -> TestFunctions.call("shout", DataType.STRING, of(DataType.STRING, depth));
    };
  }

  private RowExpression time(int depth) {
    return pick(3) == 0
        ? cast(DataType.TIMESTAMP, DataType.DATE, depth)
        : new Arithmetic(
            sign(),
            of(DataType.TIMESTAMP, depth),
            of(DataType.INTERVAL, depth),
            DataType.TIMESTAMP);
  }

  private RowExpression timeOfDay(DataType type, int depth) {
    RowExpression whole = new Constant(86_400_000L * pick(3), DataType.INTERVAL);
    return type == DataType.DATE
        ? new Cast(
            new Arithmetic(
                sign(),
                new Cast(of(type, depth), DataType.TIMESTAMP, false, false),
                whole,
                DataType.TIMESTAMP),
            DataType.DATE,
            false,
            false)
        : leaf(type);
  }

  private ArithmeticOperator sign() {
    return pick(2) == 0 ? ArithmeticOperator.ADD : ArithmeticOperator.SUBTRACT;
  }

  private RowExpression interval(int depth) {
    return switch (pick(4)) {
      case 0 ->
          new Arithmetic(
              ArithmeticOperator.SUBTRACT,
              of(DataType.TIMESTAMP, depth),
              of(DataType.TIMESTAMP, depth),
              DataType.INTERVAL);
      case 1 ->
          new Arithmetic(
              pick(2) == 0 ? ArithmeticOperator.MULTIPLY : ArithmeticOperator.DIVIDE,
              of(DataType.INTERVAL, depth),
              of(DataType.BIGINT, depth),
              DataType.INTERVAL);
      case 2 -> new Negation(of(DataType.INTERVAL, depth));
      default ->
          new Arithmetic(
              sign(),
              of(DataType.INTERVAL, depth),
              of(DataType.INTERVAL, depth),
              DataType.INTERVAL);
    };
  }

  private RowExpression number(DataType type, int depth) {
    if (type == DataType.BIGINT && pick(3) == 0) {
      return bigint(depth);
    }
    return switch (pick(6)) {
      case 0 -> new Negation(of(type, depth));
      case 1 -> cast(type, TYPES.get(pick(12)), depth);
      case 2 ->
          type == DataType.INT
              ? TestFunctions.call("size", type, of(DataType.STRING, depth))
              : new FieldAccess(of(STRUCT, depth), type == DataType.BIGINT ? 0 : 2, type);
      default ->
          new Arithmetic(
              ArithmeticOperator.values()[pick(5)], of(type, depth), of(type, depth), type);
    };
  }

  private RowExpression bigint(int depth) {
    return switch (pick(7)) {
      case 0 -> new Subscript(of(ARRAY, depth), of(DataType.BIGINT, depth), DataType.BIGINT);
      case 1 -> new Subscript(of(MAP, depth), of(DataType.STRING, depth), DataType.BIGINT);
      case 2 -> TestFunctions.call("half", DataType.BIGINT, of(DataType.BIGINT, depth));
      case 3 ->
          TestFunctions.call(
              "or_else", DataType.BIGINT, of(DataType.BIGINT, depth), of(DataType.BIGINT, depth));
      case 4 ->
          TestFunctions.call(
              "total", DataType.BIGINT, of(DataType.BIGINT, depth), of(DataType.BIGINT, depth));
      case 5 -> {
        RowExpression source = of(ARRAY, depth);
        RowExpression start = of(DataType.BIGINT, depth);
        LambdaParameter sum = new LambdaParameter(nextParameter++, "sum", DataType.BIGINT);
        LambdaParameter each = new LambdaParameter(nextParameter++, "each", DataType.BIGINT);
        parameters.addAll(List.of(sum, each));
        RowExpression body = of(DataType.BIGINT, depth);
        parameters.removeAll(List.of(sum, each));
        yield TestFunctions.call(
            "folded",
            DataType.BIGINT,
            source,
            start,
            new LambdaExpression(List.of(sum, each), body));
      }
      default -> TestFunctions.call("next", DataType.BIGINT, of(DataType.BIGINT, depth));
    };
  }

  private RowExpression cast(DataType to, DataType from, int depth) {
    boolean widens =
        from.equals(to)
            || (from == DataType.INT && to == DataType.BIGINT)
            || ((from == DataType.INT || from == DataType.BIGINT) && to == DataType.DOUBLE);
    return new Cast(of(from, depth), to, pick(3) == 0, widens);
  }
}
