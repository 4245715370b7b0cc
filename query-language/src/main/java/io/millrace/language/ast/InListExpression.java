package io.millrace.language.ast;

import io.millrace.spi.error.Span;
import java.util.List;

/** {@code value [NOT] IN (options)}. */
public record InListExpression(
    Expression value, List<Expression> options, boolean isNegated, Span span)
    implements Expression {

  public InListExpression {
    options = List.copyOf(options);
  }

  @Override
  public <R> R accept(ExpressionVisitor<R> visitor) {
    return visitor.visitInListExpression(this);
  }
}
