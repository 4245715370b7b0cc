package io.millrace.language.ast;

import io.millrace.spi.error.Span;

/** {@code operand quantifier}. */
public record PatternRepeat(PatternExpression operand, Quantifier quantifier, Span span)
    implements PatternExpression {

  @Override
  public <R> R accept(PatternExpressionVisitor<R> visitor) {
    return visitor.visitPatternRepeat(this);
  }
}
