package io.millrace.language.expression;

import io.millrace.spi.function.FunctionDescriptor;
import io.millrace.spi.types.DataType;
import java.util.List;

/**
 * A call of a function with arguments of exactly the types that its signature asks for. Lambdas are
 * {@link LambdaExpression}. A repeated last parameter has as many arguments as were given.
 */
public record FunctionCall(
    FunctionDescriptor function, List<RowExpression> arguments, DataType type)
    implements RowExpression {

  public FunctionCall {
    arguments = List.copyOf(arguments);
  }

  @Override
  public boolean failsByItself() {
    return function.canFail();
  }

  @Override
  public List<RowExpression> operands() {
    return arguments;
  }

  @Override
  public <R> R accept(RowExpressionVisitor<R> visitor) {
    return visitor.visitFunctionCall(this);
  }
}
