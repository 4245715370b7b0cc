package io.millrace.language.ast;

import io.millrace.spi.error.Span;

/** {@code {- operand -}}: matched, but not sent. */
public record RowExclusion(RowPattern operand, Span span) implements RowPattern {

  @Override
  public <R> R accept(RowPatternVisitor<R> visitor) {
    return visitor.visitRowExclusion(this);
  }
}
