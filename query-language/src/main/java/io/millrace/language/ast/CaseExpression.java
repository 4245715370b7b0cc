package io.millrace.language.ast;

import io.millrace.spi.error.Span;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** {@code CASE [operand] WHEN … THEN … ELSE otherwise END}; what is absent is null. */
public record CaseExpression(
    @Nullable Expression operand, List<WhenClause> whens, @Nullable Expression otherwise, Span span)
    implements Expression {

  public CaseExpression {
    whens = List.copyOf(whens);
  }

  @Override
  public <R> R accept(ExpressionVisitor<R> visitor) {
    return visitor.visitCaseExpression(this);
  }
}
