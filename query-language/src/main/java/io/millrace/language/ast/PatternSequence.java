package io.millrace.language.ast;

import io.millrace.spi.error.Span;

/**
 * {@code left -> right} or {@code left , right}.
 *
 * @param isStrict whether right must be the very next event
 */
public record PatternSequence(
    PatternExpression left, PatternExpression right, boolean isStrict, Span span)
    implements PatternExpression {

  @Override
  public <R> R accept(PatternExpressionVisitor<R> visitor) {
    return visitor.visitPatternSequence(this);
  }
}
