package io.millrace.spi.function;

import io.millrace.spi.error.MillraceException;
import io.millrace.spi.types.DataType;
import io.millrace.spi.types.TypeParser;
import java.util.List;
import java.util.Optional;

/**
 * What a function takes and gives, see {@link ScalarFunction#signature}. Immutable; equal if it
 * reads the same.
 */
public final class FunctionSignature {
  private final List<TypePattern> parameters;
  private final boolean variadic;
  private final TypePattern result;
  private final String parametersText;
  private final String text;

  FunctionSignature(List<TypePattern> parameters, boolean variadic, TypePattern result) {
    this.parameters = List.copyOf(parameters);
    this.variadic = variadic;
    this.result = result;
    this.parametersText = "(" + TypePattern.texts(parameters) + (variadic ? "..." : "") + ")";
    this.text = parametersText + " -> " + result.text();
  }

  /**
   * Reads a signature.
   *
   * @throws MillraceException if the text is none; the message says what was expected
   */
  public static FunctionSignature parse(String text) {
    return SignatureParser.parse(text);
  }

  /**
   * Fits the signature to a call: binds its variables from the values, left to right. Lambdas have
   * to be typed afterwards, see {@link Match}.
   *
   * @return empty if the arguments do not fit
   * @throws MillraceException if a constant that has to name a type does not
   */
  public Optional<Match> match(List<Argument> arguments) {
    boolean tooMany = !variadic && arguments.size() > parameters.size();
    if (tooMany || arguments.size() < leastArguments()) {
      return Optional.empty();
    }
    TypeBindings bindings = new TypeBindings();
    for (int i = 0; i < arguments.size(); i++) {
      if (!takes(parameter(i), arguments.get(i), bindings)) {
        return Optional.empty();
      }
    }
    Optional<DataType> literalType = Optional.empty();
    if (result instanceof TypePattern.FromLiteral literal) {
      literalType = literal(arguments.get(literal.argument() - 1));
      if (literalType.isEmpty()) {
        return Optional.empty();
      }
    }
    Match match = Match.first(this, List.copyOf(arguments), bindings, literalType);
    return match.widensAll() ? Optional.of(match) : Optional.empty();
  }

  /** Whether the last parameter takes any number of arguments, none included. */
  public boolean isVariadic() {
    return variadic;
  }

  /** How many parameters are declared. A repeated one counts once. */
  public int parameterCount() {
    return parameters.size();
  }

  TypePattern parameter(int argument) {
    return parameters.get(Math.min(argument, parameters.size() - 1));
  }

  TypePattern result() {
    return result;
  }

  /** The parameters as they read, such as {@code (STRING, INT)}. */
  public String parametersText() {
    return parametersText;
  }

  /** The result as it reads, such as {@code STRING}. */
  public String resultText() {
    return result.text();
  }

  private int leastArguments() {
    return variadic ? parameters.size() - 1 : parameters.size();
  }

  private static boolean takes(TypePattern parameter, Argument argument, TypeBindings bindings) {
    if (argument instanceof Argument.Value value) {
      return bindings.bind(parameter, value.type());
    }
    return argument instanceof Argument.Lambda lambda
        && parameter instanceof TypePattern.LambdaOf wanted
        && wanted.parameters().size() == lambda.parameters();
  }

  private static Optional<DataType> literal(Argument argument) {
    return argument instanceof Argument.Value value && value.type() == DataType.STRING
        ? value.constant().map(text -> TypeParser.parse((String) text))
        : Optional.empty();
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof FunctionSignature signature && text.equals(signature.text);
  }

  @Override
  public int hashCode() {
    return text.hashCode();
  }

  @Override
  public String toString() {
    return text;
  }
}
