package io.millrace.language.expression;

import io.millrace.spi.types.DataType;
import java.util.List;

/** An array of elements of one type. */
public record ArrayConstructor(List<RowExpression> values, DataType type) implements RowExpression {

  public ArrayConstructor {
    values = List.copyOf(values);
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
    return visitor.visitArrayConstructor(this);
  }
}
