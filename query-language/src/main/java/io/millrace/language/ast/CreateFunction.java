package io.millrace.language.ast;

import io.millrace.spi.error.Span;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * {@code CREATE FUNCTION name (parameters) RETURNS type AS body}.
 *
 * @param parameters empty if there is no list
 * @param returnType null if it follows from the body
 * @param body an expression over the parameters, or a string that names a Java class
 */
public record CreateFunction(
    Identifier name,
    List<FunctionParameter> parameters,
    @Nullable DataTypeName returnType,
    Expression body,
    Span span)
    implements Statement {

  public CreateFunction {
    parameters = List.copyOf(parameters);
  }

  @Override
  public <R> R accept(StatementVisitor<R> visitor) {
    return visitor.visitCreateFunction(this);
  }
}
