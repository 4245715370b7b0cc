package io.millrace.language.ast;

import io.millrace.spi.error.Span;
import java.math.BigDecimal;

/** Digits with a point, as {@code 0.908}; not negative, with its scale. */
public record DecimalLiteral(BigDecimal value, Span span) implements Expression {

  @Override
  public <R> R accept(ExpressionVisitor<R> visitor) {
    return visitor.visitDecimalLiteral(this);
  }
}
