package io.millrace.language.ast;

import io.millrace.spi.error.Span;
import java.util.List;

/** {@code MAP[key, value, …]}. */
public record MapExpression(List<MapEntry> entries, Span span) implements Expression {

  public MapExpression {
    entries = List.copyOf(entries);
  }

  @Override
  public <R> R accept(ExpressionVisitor<R> visitor) {
    return visitor.visitMapExpression(this);
  }
}
