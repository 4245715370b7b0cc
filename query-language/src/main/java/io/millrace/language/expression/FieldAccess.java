package io.millrace.language.expression;

import io.millrace.spi.types.DataType;
import java.util.List;

/** A field of a struct, by index; NULL if the struct is. */
public record FieldAccess(RowExpression struct, int field, DataType type) implements RowExpression {

  @Override
  public boolean failsByItself() {
    return false;
  }

  @Override
  public List<RowExpression> operands() {
    return List.of(struct);
  }

  @Override
  public <R> R accept(RowExpressionVisitor<R> visitor) {
    return visitor.visitFieldAccess(this);
  }
}
