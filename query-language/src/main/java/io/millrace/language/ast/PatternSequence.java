package io.millrace.language.ast;

import io.millrace.spi.error.Span;
import java.util.List;

/** {@code first -> x , y …}, from left to right; at least one step. */
public record PatternSequence(PatternExpression first, List<PatternStep> steps, Span span)
    implements PatternExpression {

  public PatternSequence {
    steps = List.copyOf(steps);
  }

  @Override
  public <R> R accept(PatternExpressionVisitor<R> visitor) {
    return visitor.visitPatternSequence(this);
  }
}
