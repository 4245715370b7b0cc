package io.millrace.compiler.expression;

import io.millrace.language.expression.ArrayConstructor;
import io.millrace.language.expression.InList;
import io.millrace.language.expression.MapConstructor;
import io.millrace.language.expression.RowExpression;
import io.millrace.language.expression.StructConstructor;
import io.millrace.spi.types.DataType;
import java.util.ArrayList;
import java.util.List;
import java.util.function.ToIntFunction;

/**
 * Splits long lists of operands: the values of a constructor into arrays of boxed values, the
 * options of IN into shorter lists for the same value.
 */
final class Pieces {
  /** Arrays of boxed values of any types. */
  private static final DataType OBJECTS = DataType.array(DataType.NULL);

  private Pieces() {}

  static boolean canSplit(RowExpression expression) {
    return expression instanceof ArrayConstructor
        || expression instanceof StructConstructor
        || expression instanceof MapConstructor
        || (expression instanceof InList list && list.value().isDeterministic());
  }

  /**
   * The pieces in order, none of which weighs more than {@code most} if it has several operands.
   */
  static List<RowExpression> split(
      RowExpression expression, int most, ToIntFunction<RowExpression> weight) {
    boolean isList = expression instanceof InList;
    List<RowExpression> operands = isList ? ((InList) expression).options() : expression.operands();
    List<RowExpression> pieces = new ArrayList<>();
    int from = 0;
    int sum = 0;
    for (int i = 0; i < operands.size(); i++) {
      int own = Weights.ELEMENT + weight.applyAsInt(operands.get(i));
      if (i > from && sum + own > most) {
        pieces.add(piece(expression, operands.subList(from, i)));
        from = i;
        sum = 0;
      }
      sum += own;
    }
    pieces.add(piece(expression, operands.subList(from, operands.size())));
    return pieces;
  }

  private static RowExpression piece(RowExpression expression, List<RowExpression> operands) {
    return expression instanceof InList list
        ? new InList(list.value(), operands)
        : new ArrayConstructor(operands, OBJECTS);
  }
}
