package io.millrace.language.ast;

import io.millrace.spi.error.Span;

/** {@code MAP<key, value>}. */
public record MapTypeName(DataTypeName key, DataTypeName value, Span span) implements DataTypeName {

  @Override
  public <R> R accept(DataTypeNameVisitor<R> visitor) {
    return visitor.visitMapTypeName(this);
  }
}
