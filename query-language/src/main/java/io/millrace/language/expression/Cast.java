package io.millrace.language.expression;

import io.millrace.spi.types.DataType;
import java.util.List;

/**
 * The value as another type. {@code isTry} gives NULL where it fails. A cast that {@code widens}
 * cannot fail.
 */
public record Cast(RowExpression operand, DataType type, boolean isTry, boolean widens)
    implements RowExpression {

  @Override
  public boolean failsByItself() {
    return !isTry && !widens;
  }

  @Override
  public List<RowExpression> operands() {
    return List.of(operand);
  }

  @Override
  public <R> R accept(RowExpressionVisitor<R> visitor) {
    return visitor.visitCast(this);
  }
}
