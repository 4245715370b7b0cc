package io.millrace.language.rewrite;

import io.millrace.language.expression.Arithmetic;
import io.millrace.language.expression.ArrayConstructor;
import io.millrace.language.expression.Cast;
import io.millrace.language.expression.Comparison;
import io.millrace.language.expression.ComparisonOperator;
import io.millrace.language.expression.Concatenation;
import io.millrace.language.expression.Constant;
import io.millrace.language.expression.FieldAccess;
import io.millrace.language.expression.FunctionCall;
import io.millrace.language.expression.InList;
import io.millrace.language.expression.IsNull;
import io.millrace.language.expression.MapConstructor;
import io.millrace.language.expression.Negation;
import io.millrace.language.expression.RowExpression;
import io.millrace.language.expression.StructConstructor;
import io.millrace.language.expression.Subscript;
import io.millrace.spi.data.Struct;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Computes once what is the same for every row.
 *
 * <pre>
 * price * (2 + 3)   =>  price * 5
 * upper('abc')      =>  'ABC'
 * x + NULL          =>  NULL
 * </pre>
 *
 * <p>What fails is left as it is and fails for each row: {@code 1 / 0}. A NULL swallows operands
 * only if they cannot fail. Functions whose results differ from call to call stay.
 */
final class FoldConstants implements ExpressionRule {
  @Override
  public RowExpression apply(RowExpression expression) {
    if (expression instanceof Constant) {
      return expression;
    }
    if (isStrict(expression) && hasNull(expression) && !operandsCanFail(expression)) {
      return Constant.nullOf(expression.type());
    }
    return expression.operands().stream().allMatch(Constant.class::isInstance)
        ? fold(expression).orElse(expression)
        : expression;
  }

  /** Whether one operand that is NULL makes the whole NULL. */
  private static boolean isStrict(RowExpression expression) {
    if (expression instanceof Comparison comparison) {
      return comparison.operator() != ComparisonOperator.DISTINCT
          && comparison.operator() != ComparisonOperator.NOT_DISTINCT;
    }
    return expression instanceof Arithmetic
        || expression instanceof Negation
        || expression instanceof Cast
        || expression instanceof Concatenation
        || expression instanceof FieldAccess
        || expression instanceof Subscript;
  }

  private static boolean hasNull(RowExpression expression) {
    return expression.operands().stream().anyMatch(FoldConstants::isNull);
  }

  private static boolean isNull(RowExpression expression) {
    return expression instanceof Constant constant && constant.isNull();
  }

  private static boolean operandsCanFail(RowExpression expression) {
    return expression.operands().stream().anyMatch(RowExpression::canFail);
  }

  private static @Nullable Object value(RowExpression constant) {
    return ((Constant) constant).value();
  }

  private static List<@Nullable Object> values(List<RowExpression> constants) {
    List<@Nullable Object> values = new ArrayList<>();
    for (RowExpression constant : constants) {
      values.add(value(constant));
    }
    return values;
  }

  /** The value of an expression of constants; empty if it fails, or is no matter of this rule. */
  private static Optional<RowExpression> fold(RowExpression expression) {
    if (expression instanceof Arithmetic arithmetic) {
      return ConstantArithmetic.compute(arithmetic);
    }
    if (expression instanceof Negation negation) {
      return ConstantArithmetic.negate(negation);
    }
    if (expression instanceof Comparison comparison) {
      return ConstantComparison.compare(comparison);
    }
    if (expression instanceof Cast cast) {
      return ConstantCast.cast((Constant) cast.operand(), cast.type()).map(c -> c);
    }
    if (expression instanceof FunctionCall call) {
      return ConstantCall.call(call);
    }
    if (expression instanceof IsNull isNull) {
      return Optional.of(isNull(isNull.operand()) ? Constant.TRUE : Constant.FALSE);
    }
    if (expression instanceof InList in) {
      return ConstantComparison.in(in);
    }
    return foldComposite(expression);
  }

  private static Optional<RowExpression> foldComposite(RowExpression expression) {
    if (expression instanceof Concatenation concatenation) {
      StringBuilder text = new StringBuilder();
      values(concatenation.parts()).forEach(text::append);
      return constant(text.toString(), expression);
    }
    if (expression instanceof ArrayConstructor array) {
      return constant(Collections.unmodifiableList(values(array.values())), expression);
    }
    if (expression instanceof MapConstructor map) {
      return foldMap(map);
    }
    if (expression instanceof StructConstructor struct) {
      return constant(Struct.of(values(struct.values()).toArray()), expression);
    }
    return Optional.empty();
  }

  /** The last of equal keys wins; a NULL key fails for each row. */
  private static Optional<RowExpression> foldMap(MapConstructor map) {
    List<@Nullable Object> keys = values(map.keys());
    List<@Nullable Object> values = values(map.values());
    Map<Object, @Nullable Object> entries = new LinkedHashMap<>();
    for (int i = 0; i < keys.size(); i++) {
      Object key = keys.get(i);
      if (key == null) {
        return Optional.empty();
      }
      entries.put(key, values.get(i));
    }
    return constant(Collections.unmodifiableMap(entries), map);
  }

  private static Optional<RowExpression> constant(Object value, RowExpression like) {
    return Optional.of(new Constant(value, like.type()));
  }
}
