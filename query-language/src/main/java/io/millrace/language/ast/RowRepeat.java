package io.millrace.language.ast;

import io.millrace.spi.error.Span;

/** {@code operand quantifier}. */
public record RowRepeat(RowPattern operand, Quantifier quantifier, Span span)
    implements RowPattern {

  @Override
  public <R> R accept(RowPatternVisitor<R> visitor) {
    return visitor.visitRowRepeat(this);
  }
}
