package io.millrace.language.expression;

import io.millrace.spi.types.DataType;
import java.util.List;

/**
 * The first operand that is not NULL; those behind it are not evaluated. All have the type of the
 * whole.
 */
public record Coalesce(List<RowExpression> values) implements RowExpression {

  public Coalesce {
    values = List.copyOf(values);
  }

  @Override
  public DataType type() {
    return values.get(0).type();
  }

  @Override
  public boolean failsByItself() {
    return false;
  }

  @Override
  public List<RowExpression> operands() {
    return values;
  }

  @Override
  public <R> R accept(RowExpressionVisitor<R> visitor) {
    return visitor.visitCoalesce(this);
  }
}
