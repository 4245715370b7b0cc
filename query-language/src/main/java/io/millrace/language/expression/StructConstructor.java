package io.millrace.language.expression;

import io.millrace.spi.types.DataType;
import java.util.List;

/** A struct of values, in the order of its type. */
public record StructConstructor(List<RowExpression> values, DataType type)
    implements RowExpression {

  public StructConstructor {
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
    return visitor.visitStructConstructor(this);
  }
}
