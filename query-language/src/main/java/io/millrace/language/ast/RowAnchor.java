package io.millrace.language.ast;

import io.millrace.spi.error.Span;

/** {@code ^}, the start of the partition, or {@code $}, its end. */
public record RowAnchor(boolean isStart, Span span) implements RowPattern {

  @Override
  public <R> R accept(RowPatternVisitor<R> visitor) {
    return visitor.visitRowAnchor(this);
  }
}
