package io.millrace.language.ast;

import io.millrace.spi.error.Span;
import java.util.List;

/** {@code STRUCT(value AS name, …)}. */
public record StructExpression(List<StructEntry> entries, Span span) implements Expression {

  public StructExpression {
    entries = List.copyOf(entries);
  }

  @Override
  public <R> R accept(ExpressionVisitor<R> visitor) {
    return visitor.visitStructExpression(this);
  }
}
