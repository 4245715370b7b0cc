package io.millrace.language.expression;

import io.millrace.spi.types.DataType;
import java.util.List;

/**
 * AND or OR of two or more conditions in three-valued logic, evaluated from left to right; what
 * follows is not evaluated (and cannot fail) once the result is certain.
 */
public record Logical(boolean isAnd, List<RowExpression> terms) implements RowExpression {

  public Logical {
    terms = List.copyOf(terms);
  }

  public static RowExpression and(RowExpression left, RowExpression right) {
    return new Logical(true, List.of(left, right));
  }

  @Override
  public DataType type() {
    return DataType.BOOLEAN;
  }

  @Override
  public boolean failsByItself() {
    return false;
  }

  @Override
  public List<RowExpression> operands() {
    return terms;
  }

  @Override
  public <R> R accept(RowExpressionVisitor<R> visitor) {
    return visitor.visitLogical(this);
  }
}
