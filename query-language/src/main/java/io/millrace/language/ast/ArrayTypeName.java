package io.millrace.language.ast;

import io.millrace.spi.error.Span;

/** {@code ARRAY<element>}. */
public record ArrayTypeName(DataTypeName element, Span span) implements DataTypeName {

  @Override
  public <R> R accept(DataTypeNameVisitor<R> visitor) {
    return visitor.visitArrayTypeName(this);
  }
}
