package io.millrace.language.expression;

import io.millrace.spi.types.DataType;
import java.util.List;

/** The value of a parameter of a lambda around it; may be NULL. */
public record LambdaReference(LambdaParameter parameter) implements RowExpression {

  @Override
  public DataType type() {
    return parameter.type();
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
    return visitor.visitLambdaReference(this);
  }
}
