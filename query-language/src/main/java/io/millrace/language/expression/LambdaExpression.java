package io.millrace.language.expression;

import io.millrace.spi.types.DataType;
import java.util.List;

/**
 * A lambda: stands only as an argument of a function. Its body may use the columns of the row and
 * the parameters of lambdas around it. The type is that of its body.
 */
public record LambdaExpression(List<LambdaParameter> parameters, RowExpression body)
    implements RowExpression {

  public LambdaExpression {
    parameters = List.copyOf(parameters);
  }

  @Override
  public DataType type() {
    return body.type();
  }

  @Override
  public boolean failsByItself() {
    return false;
  }

  @Override
  public List<RowExpression> operands() {
    return List.of(body);
  }

  @Override
  public <R> R accept(RowExpressionVisitor<R> visitor) {
    return visitor.visitLambdaExpression(this);
  }
}
