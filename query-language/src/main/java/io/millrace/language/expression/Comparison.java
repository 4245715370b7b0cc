package io.millrace.language.expression;

import io.millrace.spi.types.DataType;
import java.util.List;

/**
 * Compares two values of the same type (DECIMAL: of any precision and scale). NULL if an operand
 * is, but for the two distinct forms, which are never NULL. NaN equals NaN and is greater than
 * every number.
 */
public record Comparison(ComparisonOperator operator, RowExpression left, RowExpression right)
    implements RowExpression {

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
    return List.of(left, right);
  }

  @Override
  public <R> R accept(RowExpressionVisitor<R> visitor) {
    return visitor.visitComparison(this);
  }
}
