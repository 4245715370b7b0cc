package io.millrace.language.ast;

import io.millrace.spi.error.Span;
import java.util.List;

/** {@code x AND y …} or {@code x OR y …}, two or more. */
public record PatternLogical(boolean isAnd, List<PatternExpression> operands, Span span)
    implements PatternExpression {

  public PatternLogical {
    operands = List.copyOf(operands);
  }

  @Override
  public <R> R accept(PatternExpressionVisitor<R> visitor) {
    return visitor.visitPatternLogical(this);
  }
}
