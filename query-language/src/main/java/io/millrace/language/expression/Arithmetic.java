package io.millrace.language.expression;

import io.millrace.spi.types.DataType;
import java.util.List;

/**
 * An operator between two numbers or times. {@code left} and {@code right} have the same numeric
 * type (BIGINT, INT, DOUBLE), or both are DECIMAL of any precision and scale, or they are a pair of
 * times: TIMESTAMP/DATE/TIME ± INTERVAL, TIMESTAMP - TIMESTAMP, INTERVAL ± INTERVAL, INTERVAL *
 * BIGINT, INTERVAL / BIGINT. The result has the type {@code type}: that of the operands for
 * numbers; for DECIMAL what LANGUAGE section 2 says. Integer overflow and division by zero fail;
 * DOUBLE follows IEEE 754 but for division by zero, which fails.
 */
public record Arithmetic(
    ArithmeticOperator operator, RowExpression left, RowExpression right, DataType type)
    implements RowExpression {

  @Override
  public boolean failsByItself() {
    return type != DataType.DOUBLE
        || operator == ArithmeticOperator.DIVIDE
        || operator == ArithmeticOperator.REMAINDER;
  }

  @Override
  public List<RowExpression> operands() {
    return List.of(left, right);
  }

  @Override
  public <R> R accept(RowExpressionVisitor<R> visitor) {
    return visitor.visitArithmetic(this);
  }
}
