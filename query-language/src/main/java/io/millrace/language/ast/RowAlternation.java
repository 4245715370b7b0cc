package io.millrace.language.ast;

import io.millrace.spi.error.Span;
import java.util.List;

/** {@code A | B …}, two or more. */
public record RowAlternation(List<RowPattern> alternatives, Span span) implements RowPattern {

  public RowAlternation {
    alternatives = List.copyOf(alternatives);
  }

  @Override
  public <R> R accept(RowPatternVisitor<R> visitor) {
    return visitor.visitRowAlternation(this);
  }
}
