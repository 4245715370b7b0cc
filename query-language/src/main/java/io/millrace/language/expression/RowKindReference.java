package io.millrace.language.expression;

import io.millrace.spi.types.DataType;
import java.util.List;

/** The kind of the row, as {@code +I}: the pseudo-column ROW_KIND of rows that take others back. */
public record RowKindReference() implements RowExpression {

  @Override
  public DataType type() {
    return DataType.STRING;
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
    return visitor.visitRowKindReference(this);
  }
}
