package io.millrace.language.ast;

import io.millrace.spi.error.Span;
import org.jspecify.annotations.Nullable;

/** {@code [name =] stream [(condition)]}; what is absent is null. */
public record PatternElement(
    @Nullable Identifier name, Identifier stream, @Nullable Expression condition, Span span)
    implements PatternExpression {

  @Override
  public <R> R accept(PatternExpressionVisitor<R> visitor) {
    return visitor.visitPatternElement(this);
  }
}
