package io.millrace.language.expression;

import io.millrace.spi.types.DataType;
import java.util.List;

/** The strings one behind the other; NULL if one is. */
public record Concatenation(List<RowExpression> parts) implements RowExpression {

  public Concatenation {
    parts = List.copyOf(parts);
  }

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
    return parts;
  }

  @Override
  public <R> R accept(RowExpressionVisitor<R> visitor) {
    return visitor.visitConcatenation(this);
  }
}
