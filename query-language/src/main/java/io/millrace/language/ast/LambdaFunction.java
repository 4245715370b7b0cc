package io.millrace.language.ast;

import io.millrace.spi.error.Span;
import java.util.List;

/** {@code x => body} or {@code (k, v) => body}. */
public record LambdaFunction(List<Identifier> parameters, Expression body, Span span)
    implements Expression {

  public LambdaFunction {
    parameters = List.copyOf(parameters);
  }

  @Override
  public <R> R accept(ExpressionVisitor<R> visitor) {
    return visitor.visitLambdaFunction(this);
  }
}
