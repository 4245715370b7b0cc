package io.millrace.language.expression;

import io.millrace.spi.types.DataType;
import java.util.List;

/**
 * The value of a column of the input, by its index in the input's schema. The name is for people.
 */
public record ColumnReference(int index, DataType type, String name) implements RowExpression {

  @Override
  public boolean failsByItself() {
    return false;
  }

  @Override
  public List<RowExpression> operands() {
    return List.of();
  }

  @Override
  public <R> R accept(RowExpressionVisitor<R> visitor) {
    return visitor.visitColumnReference(this);
  }
}
