package io.millrace.language.expression;

import io.millrace.spi.types.DataType;
import java.util.List;

/** The negation of a condition; NULL stays NULL. */
public record Not(RowExpression operand) implements RowExpression {

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
    return List.of(operand);
  }

  @Override
  public <R> R accept(RowExpressionVisitor<R> visitor) {
    return visitor.visitNot(this);
  }
}
