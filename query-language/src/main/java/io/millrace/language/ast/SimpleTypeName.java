package io.millrace.language.ast;

import io.millrace.spi.error.Span;
import java.util.List;

/**
 * A type with a plain name: {@code INT}, {@code DECIMAL(10, 2)}, or one that the script creates.
 *
 * @param parameters empty if there are none
 */
public record SimpleTypeName(Identifier name, List<IntegerLiteral> parameters, Span span)
    implements DataTypeName {

  public SimpleTypeName {
    parameters = List.copyOf(parameters);
  }

  @Override
  public <R> R accept(DataTypeNameVisitor<R> visitor) {
    return visitor.visitSimpleTypeName(this);
  }
}
