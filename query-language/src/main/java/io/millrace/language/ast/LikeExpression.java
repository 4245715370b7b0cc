package io.millrace.language.ast;

import io.millrace.spi.error.Span;
import org.jspecify.annotations.Nullable;

/** {@code value [NOT] LIKE pattern [ESCAPE escape]}; no escape is null. */
public record LikeExpression(
    Expression value, Expression pattern, @Nullable Expression escape, boolean isNegated, Span span)
    implements Expression {

  @Override
  public <R> R accept(ExpressionVisitor<R> visitor) {
    return visitor.visitLikeExpression(this);
  }
}
