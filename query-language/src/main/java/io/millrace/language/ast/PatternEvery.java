package io.millrace.language.ast;

import io.millrace.spi.error.Span;

/** {@code EVERY operand}. */
public record PatternEvery(PatternExpression operand, Span span) implements PatternExpression {

  @Override
  public <R> R accept(PatternExpressionVisitor<R> visitor) {
    return visitor.visitPatternEvery(this);
  }
}
