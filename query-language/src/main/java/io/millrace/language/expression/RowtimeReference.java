package io.millrace.language.expression;

import io.millrace.spi.types.DataType;
import java.util.List;

/** The event time of the row: the pseudo-column ROWTIME. */
public record RowtimeReference() implements RowExpression {

  @Override
  public DataType type() {
    return DataType.TIMESTAMP;
  }

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
    return visitor.visitRowtimeReference(this);
  }
}
