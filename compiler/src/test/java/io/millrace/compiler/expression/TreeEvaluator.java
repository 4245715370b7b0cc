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
import io.millrace.language.expression.FunctionCall;
import io.millrace.language.expression.InList;
import io.millrace.language.expression.IsNull;
import io.millrace.language.expression.LambdaExpression;
import io.millrace.language.expression.LambdaReference;
import io.millrace.language.expression.Logical;
import io.millrace.language.expression.MapConstructor;
import io.millrace.language.expression.Negation;
import io.millrace.language.expression.Not;
import io.millrace.language.expression.RowExpression;
import io.millrace.language.expression.RowExpressionVisitor;
import io.millrace.language.expression.RowKindReference;
import io.millrace.language.expression.RowtimeReference;
import io.millrace.language.expression.StructConstructor;
import io.millrace.language.expression.Subscript;
import io.millrace.operators.values.Caster;
import io.millrace.operators.values.Comparisons;
import io.millrace.spi.data.RowKind;
import io.millrace.spi.data.Struct;
import io.millrace.spi.error.RowException;
import io.millrace.spi.function.FunctionParameter;
import io.millrace.spi.function.Lambda;
import io.millrace.spi.types.DataType;
import java.lang.reflect.Array;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.NullUnmarked;

/**
 * Evaluates an expression for one row by walking its tree, on boxed values: slow, short, and
 * written from the semantics alone.
 */
@NullUnmarked // A visitor's result cannot be declared as one that may be null.
final class TreeEvaluator implements RowExpressionVisitor<Object> {
  private final Object[] row;
  private final long rowtime;
  private final Map<Integer, Object> parameters;

  TreeEvaluator(Object[] row, long rowtime) {
    this(row, rowtime, Map.of());
  }

  private TreeEvaluator(Object[] row, long rowtime, Map<Integer, Object> parameters) {
    this.row = row;
    this.rowtime = rowtime;
    this.parameters = parameters;
  }

  Object value(RowExpression expression) {
    return expression.accept(this);
  }

  @Override
  public Object visitConstant(Constant e) {
    return e.value();
  }

  @Override
  public Object visitColumnReference(ColumnReference e) {
    return row[e.index()];
  }

  @Override
  public Object visitRowtimeReference(RowtimeReference e) {
    return rowtime;
  }

  @Override
  public Object visitRowKindReference(RowKindReference e) {
    return RowKind.INSERT.symbol();
  }

  @Override
  public Object visitArithmetic(Arithmetic e) {
    Object left = value(e.left());
    Object right = value(e.right());
    if (left == null || right == null) {
      return null;
    }
    boolean divides =
        e.operator() == ArithmeticOperator.DIVIDE || e.operator() == ArithmeticOperator.REMAINDER;
    if (divides && ((Number) right).doubleValue() == 0) {
      throw new RowException("division by zero");
    }
    if (left instanceof Double a && right instanceof Double b) {
      return switch (e.operator()) {
        case ADD -> a + b;
        case SUBTRACT -> a - b;
        case MULTIPLY -> a * b;
        case DIVIDE -> a / b;
        case REMAINDER -> a % b;
      };
    }
    BigDecimal exact = exact(e, new BigDecimal(left.toString()), new BigDecimal(right.toString()));
    if (e.type() instanceof DataType.Decimal decimal) {
      if (exact.precision() > decimal.precision()
          || exact.setScale(decimal.scale(), RoundingMode.DOWN).compareTo(exact) != 0
          || exact.setScale(decimal.scale(), RoundingMode.DOWN).precision() > decimal.precision()) {
        throw new RowException("decimal overflow");
      }
      return exact.setScale(decimal.scale());
    }
    return integer(exact, e.type());
  }

  private static BigDecimal exact(Arithmetic e, BigDecimal a, BigDecimal b) {
    int scale = e.type() instanceof DataType.Decimal decimal ? decimal.scale() : 0;
    return switch (e.operator()) {
      case ADD -> a.add(b);
      case SUBTRACT -> a.subtract(b);
      case MULTIPLY -> a.multiply(b);
      case DIVIDE -> a.divide(b, scale, scale == 0 ? RoundingMode.DOWN : RoundingMode.HALF_UP);
      case REMAINDER -> a.remainder(b);
    };
  }

  private static Long integer(BigDecimal value, DataType type) {
    long result = value.longValueExact();
    return type == DataType.INT ? (Long) (long) Math.toIntExact(result) : (Long) result;
  }

  @Override
  public Object visitNegation(Negation e) {
    Object value = value(e.operand());
    if (value == null || value instanceof Double) {
      return value == null ? null : (Object) (-(Double) value);
    }
    BigDecimal negative = new BigDecimal(value.toString()).negate();
    return value instanceof BigDecimal ? negative : integer(negative, e.type());
  }

  @Override
  public Object visitComparison(Comparison e) {
    Object left = value(e.left());
    Object right = value(e.right());
    if (e.operator() == ComparisonOperator.DISTINCT
        || e.operator() == ComparisonOperator.NOT_DISTINCT) {
      boolean same = Comparisons.compareNullable(left, right) == 0;
      return same == (e.operator() == ComparisonOperator.NOT_DISTINCT);
    }
    if (left == null || right == null) {
      return null;
    }
    int order = Comparisons.compare(left, right);
    return switch (e.operator()) {
      case EQUAL -> order == 0;
      case NOT_EQUAL -> order != 0;
      case LESS -> order < 0;
      case LESS_OR_EQUAL -> order <= 0;
      case GREATER -> order > 0;
      default -> order >= 0;
    };
  }

  @Override
  public Object visitLogical(Logical e) {
    boolean unknown = false;
    for (RowExpression term : e.terms()) {
      Object value = value(term);
      if (value == null) {
        unknown = true;
      } else if ((Boolean) value != e.isAnd()) {
        return value;
      }
    }
    return unknown ? null : (Object) e.isAnd();
  }

  @Override
  public Object visitNot(Not e) {
    Object value = value(e.operand());
    return value == null ? null : (Object) !(Boolean) value;
  }

  @Override
  public Object visitIsNull(IsNull e) {
    return value(e.operand()) == null;
  }

  @Override
  public Object visitInList(InList e) {
    Object value = value(e.value());
    List<Object> options = values(e.options());
    if (value == null) {
      return null;
    }
    for (Object option : options) {
      if (option != null && Comparisons.compare(value, option) == 0) {
        return true;
      }
    }
    return options.contains(null) ? null : (Object) false;
  }

  @Override
  public Object visitCase(Case e) {
    for (Case.When when : e.whens()) {
      if (Boolean.TRUE.equals(value(when.condition()))) {
        return value(when.result());
      }
    }
    return value(e.otherwise());
  }

  @Override
  public Object visitCoalesce(Coalesce e) {
    for (RowExpression each : e.values()) {
      Object value = value(each);
      if (value != null) {
        return value;
      }
    }
    return null;
  }

  @Override
  public Object visitConcatenation(Concatenation e) {
    List<Object> parts = values(e.parts());
    StringBuilder text = new StringBuilder();
    parts.forEach(text::append);
    return parts.contains(null) ? null : text.toString();
  }

  @Override
  public Object visitCast(Cast e) {
    Object value = value(e.operand());
    try {
      return Caster.of(e.operand().type(), e.type()).cast(value);
    } catch (RowException | ArithmeticException failure) {
      if (e.isTry()) {
        return null;
      }
      throw failure;
    }
  }

  @Override
  public Object visitFunctionCall(FunctionCall e) {
    List<Object> arguments = new ArrayList<>();
    for (RowExpression argument : e.arguments()) {
      arguments.add(argument instanceof LambdaExpression lambda ? lambda(lambda) : value(argument));
    }
    List<Object> passed = new ArrayList<>();
    boolean isNull = false;
    for (FunctionParameter parameter : e.function().parameters()) {
      if (parameter.role() == FunctionParameter.Role.CONTEXT) {
        passed.add(Rows.CONTEXT);
      } else if (parameter.role() == FunctionParameter.Role.TYPE) {
        passed.add(
            invoke(
                parameter.preparedBy().orElseThrow(),
                List.of(e.arguments().get(parameter.argument()).type())));
      } else if (parameter.repeated()) {
        List<Object> rest = arguments.subList(parameter.argument(), arguments.size());
        isNull |= !parameter.nullable() && rest.contains(null);
        passed.add(isNull ? null : array(parameter.carrier(), rest));
      } else {
        Object argument = arguments.get(parameter.argument());
        isNull |= argument == null && !parameter.nullable();
        passed.add(
            argument == null || parameter.preparedBy().isEmpty()
                ? argument
                : new Preparation(parameter.preparedBy().orElseThrow(), argument));
      }
    }
    Object result =
        isNull
            ? null
            : invoke(e.function().method(), passed.stream().map(TreeEvaluator::prepared).toList());
    return result instanceof Integer number ? (Object) number.longValue() : result;
  }

  /** Belongs to the call: nothing is prepared where another argument is NULL. */
  private record Preparation(Method method, Object argument) {}

  private static Object prepared(Object argument) {
    return argument instanceof Preparation p ? invoke(p.method(), List.of(p.argument())) : argument;
  }

  private static Object array(Class<?> carrier, List<Object> values) {
    Object array = Array.newInstance(carrier, values.size());
    for (int i = 0; i < values.size(); i++) {
      Array.set(array, i, values.get(i));
    }
    return array;
  }

  private static Object invoke(Method method, List<? extends Object> arguments) {
    try {
      return method.invoke(null, arguments.toArray());
    } catch (InvocationTargetException e) {
      throw (RuntimeException) Objects.requireNonNull(e.getCause());
    } catch (IllegalAccessException e) {
      throw new IllegalStateException(e);
    }
  }

  private Lambda lambda(LambdaExpression lambda) {
    return (first, second) -> {
      Map<Integer, Object> inner = new HashMap<>(parameters);
      inner.put(lambda.parameters().get(0).id(), first);
      if (lambda.parameters().size() > 1) {
        inner.put(lambda.parameters().get(1).id(), second);
      }
      return new TreeEvaluator(row, rowtime, inner).value(lambda.body());
    };
  }

  @Override
  public Object visitLambdaExpression(LambdaExpression e) {
    return lambda(e);
  }

  @Override
  public Object visitLambdaReference(LambdaReference e) {
    return parameters.get(e.parameter().id());
  }

  @Override
  public Object visitFieldAccess(FieldAccess e) {
    Object struct = value(e.struct());
    return struct == null ? null : ((Struct) struct).get(e.field());
  }

  @Override
  public Object visitSubscript(Subscript e) {
    Object collection = value(e.collection());
    Object index = value(e.index());
    if (collection == null || index == null) {
      return null;
    }
    if (collection instanceof Map<?, ?> map) {
      return map.get(index);
    }
    List<?> list = (List<?>) collection;
    long at = (Long) index > 0 ? (Long) index - 1 : list.size() + (Long) index;
    return (Long) index == 0 || at < 0 || at >= list.size() ? null : list.get((int) at);
  }

  @Override
  public Object visitArrayConstructor(ArrayConstructor e) {
    return Collections.unmodifiableList(values(e.values()));
  }

  @Override
  public Object visitStructConstructor(StructConstructor e) {
    return Struct.of(values(e.values()).toArray());
  }

  @Override
  public Object visitMapConstructor(MapConstructor e) {
    Map<Object, Object> map = new LinkedHashMap<>();
    List<Object> operands = values(e.operands());
    for (int i = 0; i < operands.size(); i += 2) {
      Object key = operands.get(i);
      if (key == null) {
        throw new RowException("NULL key");
      }
      map.put(key, operands.get(i + 1));
    }
    return Collections.unmodifiableMap(map);
  }

  private List<Object> values(List<RowExpression> expressions) {
    List<Object> values = new ArrayList<>(Arrays.asList(new Object[0]));
    expressions.forEach(expression -> values.add(value(expression)));
    return values;
  }
}
