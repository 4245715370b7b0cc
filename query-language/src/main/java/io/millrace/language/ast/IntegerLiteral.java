package io.millrace.language.ast;

import io.millrace.spi.error.Span;
import java.math.BigInteger;

/** Digits, of any number; not negative. */
public record IntegerLiteral(BigInteger value, Span span) implements Expression {

  @Override
  public <R> R accept(ExpressionVisitor<R> visitor) {
    return visitor.visitIntegerLiteral(this);
  }
}
