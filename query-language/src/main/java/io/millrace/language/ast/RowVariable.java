package io.millrace.language.ast;

import io.millrace.spi.error.Span;

/** A variable that DEFINE defines, or one that takes every row. */
public record RowVariable(Identifier name, Span span) implements RowPattern {

  @Override
  public <R> R accept(RowPatternVisitor<R> visitor) {
    return visitor.visitRowVariable(this);
  }
}
