package io.millrace.language.ast;

import io.millrace.spi.error.Span;
import java.util.List;

/** {@code A B …}, two or more; none for the empty pattern {@code ()}. */
public record RowConcatenation(List<RowPattern> parts, Span span) implements RowPattern {

  public RowConcatenation {
    parts = List.copyOf(parts);
  }

  @Override
  public <R> R accept(RowPatternVisitor<R> visitor) {
    return visitor.visitRowConcatenation(this);
  }
}
