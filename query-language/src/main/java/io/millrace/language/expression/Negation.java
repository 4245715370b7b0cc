package io.millrace.language.expression;

import io.millrace.spi.types.DataType;
import java.util.List;

/** The number or interval with the other sign. The smallest integer fails. */
public record Negation(RowExpression operand) implements RowExpression {

  @Override
  public DataType type() {
    return operand.type();
  }

  @Override
  public boolean failsByItself() {
    return operand.type() == DataType.INT
        || operand.type() == DataType.BIGINT
        || operand.type() == DataType.INTERVAL;
  }

  @Override
  public List<RowExpression> operands() {
    return List.of(operand);
  }

  @Override
  public <R> R accept(RowExpressionVisitor<R> visitor) {
    return visitor.visitNegation(this);
  }
}
