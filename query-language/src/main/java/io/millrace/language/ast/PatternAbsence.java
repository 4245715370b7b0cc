package io.millrace.language.ast;

import io.millrace.spi.error.Span;
import org.jspecify.annotations.Nullable;

/**
 * {@code NOT operand [FOR duration]}.
 *
 * @param duration null if what follows ends the absence
 */
public record PatternAbsence(
    PatternExpression operand, @Nullable DurationLiteral duration, Span span)
    implements PatternExpression {

  @Override
  public <R> R accept(PatternExpressionVisitor<R> visitor) {
    return visitor.visitPatternAbsence(this);
  }
}
