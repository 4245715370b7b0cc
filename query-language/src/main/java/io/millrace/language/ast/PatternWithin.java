package io.millrace.language.ast;

import io.millrace.spi.error.Span;

/** {@code operand WITHIN duration}. */
public record PatternWithin(PatternExpression operand, DurationLiteral duration, Span span)
    implements PatternExpression {

  @Override
  public <R> R accept(PatternExpressionVisitor<R> visitor) {
    return visitor.visitPatternWithin(this);
  }
}
