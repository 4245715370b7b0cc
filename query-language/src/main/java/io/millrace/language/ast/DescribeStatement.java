package io.millrace.language.ast;

import io.millrace.spi.error.Span;

/** {@code DESCRIBE [FUNCTION|CONNECTOR] name}; the name may be written as a string. */
public record DescribeStatement(DescribeKind kind, Identifier name, Span span)
    implements Statement {

  @Override
  public <R> R accept(StatementVisitor<R> visitor) {
    return visitor.visitDescribeStatement(this);
  }
}
