package io.millrace.language.ast;

import io.millrace.spi.error.Span;
import java.util.List;

/** A call of a function or an aggregate. */
public record CallExpression(
    Identifier name, List<Expression> arguments, CallModifiers modifiers, Span span)
    implements Expression {

  public CallExpression {
    arguments = List.copyOf(arguments);
  }

  @Override
  public <R> R accept(ExpressionVisitor<R> visitor) {
    return visitor.visitCallExpression(this);
  }
}
