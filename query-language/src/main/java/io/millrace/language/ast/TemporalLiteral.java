package io.millrace.language.ast;

import io.millrace.spi.error.Span;

/**
 * {@code DATE 'text'}, {@code TIME 'text'} or {@code TIMESTAMP 'text'}; the text is not checked.
 */
public record TemporalLiteral(TemporalKind kind, String text, Span span) implements Expression {

  @Override
  public <R> R accept(ExpressionVisitor<R> visitor) {
    return visitor.visitTemporalLiteral(this);
  }
}
