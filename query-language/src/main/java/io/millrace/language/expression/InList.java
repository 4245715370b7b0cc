package io.millrace.language.expression;

import io.millrace.spi.types.DataType;
import java.util.ArrayList;
import java.util.List;

/**
 * Whether the value equals one of the options, all of its type; NULL if none does but the value or
 * an option is NULL.
 */
public record InList(RowExpression value, List<RowExpression> options) implements RowExpression {

  public InList {
    options = List.copyOf(options);
  }

  private static List<RowExpression> operandsOf(RowExpression value, List<RowExpression> options) {
    List<RowExpression> operands = new ArrayList<>();
    operands.add(value);
    operands.addAll(options);
    return operands;
  }

  @Override
  public DataType type() {
    return DataType.BOOLEAN;
  }

  @Override
  public boolean failsByItself() {
    return false;
  }

  @Override
  public List<RowExpression> operands() {
    return operandsOf(value, options);
  }

  @Override
  public <R> R accept(RowExpressionVisitor<R> visitor) {
    return visitor.visitInList(this);
  }
}
