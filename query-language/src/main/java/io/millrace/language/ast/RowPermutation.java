package io.millrace.language.ast;

import io.millrace.spi.error.Span;
import java.util.List;

/** {@code PERMUTE(A, B, …)}. */
public record RowPermutation(List<RowPattern> parts, Span span) implements RowPattern {

  public RowPermutation {
    parts = List.copyOf(parts);
  }

  @Override
  public <R> R accept(RowPatternVisitor<R> visitor) {
    return visitor.visitRowPermutation(this);
  }
}
