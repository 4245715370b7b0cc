package io.millrace.spi.function;

import io.millrace.spi.types.DataType;
import io.millrace.spi.types.Widening;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * A signature fitted to the arguments of a call. Immutable.
 *
 * <p>While {@link #nextLambda} names an argument, its body has to be typed with {@link
 * #lambdaParameterTypes} and the type told to {@link #withLambdaResult}, which gives the next
 * match. The same lambda may be named again: in {@code reduce(a, 0, (sum, x) => sum + x / 2.0)} the
 * result widens the parameter {@code sum}. Afterwards {@link #parameterType} and {@link
 * #resultType} are final.
 */
public final class Match {
  /** How often a body is typed before it counts as one that comes to no rest. */
  private static final int MAX_ROUNDS = 8;

  private final FunctionSignature signature;
  private final List<Argument> arguments;
  private final TypeBindings bindings;
  private final Optional<DataType> literalType;
  private final Map<Integer, List<DataType>> typedWith;
  private final int rounds;

  private Match(Match source, TypeBindings bindings, Map<Integer, List<DataType>> typedWith) {
    this.signature = source.signature;
    this.arguments = source.arguments;
    this.literalType = source.literalType;
    this.bindings = bindings;
    this.typedWith = typedWith;
    this.rounds = source.rounds + 1;
  }

  private Match(
      FunctionSignature signature,
      List<Argument> arguments,
      TypeBindings bindings,
      Optional<DataType> literalType) {
    this.signature = signature;
    this.arguments = arguments;
    this.bindings = bindings;
    this.literalType = literalType;
    this.typedWith = Map.of();
    this.rounds = 0;
  }

  static Match first(
      FunctionSignature signature,
      List<Argument> arguments,
      TypeBindings bindings,
      Optional<DataType> literalType) {
    return new Match(signature, arguments, bindings, literalType);
  }

  /** The index of an argument whose lambda has to be typed, or typed again; empty when all are. */
  public OptionalInt nextLambda() {
    for (int i = 0; i < arguments.size(); i++) {
      if (arguments.get(i) instanceof Argument.Lambda
          && !lambdaParameterTypes(i).equals(typedWith.get(i))) {
        return OptionalInt.of(i);
      }
    }
    return OptionalInt.empty();
  }

  /** The types of the parameters of the lambda that is this argument. */
  public List<DataType> lambdaParameterTypes(int argument) {
    return bindings.substitute(lambda(argument).parameters());
  }

  /**
   * The match that knows the type of the body of a lambda, typed with {@link
   * #lambdaParameterTypes}; empty if the signature does not take it.
   */
  public Optional<Match> withLambdaResult(int argument, DataType type) {
    TypeBindings widened = bindings.copy();
    if (rounds >= MAX_ROUNDS || !widened.bindLambdaResult(lambda(argument).result(), type)) {
      return Optional.empty();
    }
    Map<Integer, List<DataType>> typed = new HashMap<>(typedWith);
    typed.put(argument, lambdaParameterTypes(argument));
    Match next = new Match(this, widened, typed);
    return next.widensAll() ? Optional.of(next) : Optional.empty();
  }

  /** The result that is expected of the lambda that is this argument, for messages. */
  public String lambdaResultText(int argument) {
    TypePattern result = lambda(argument).result();
    DataType type = bindings.substitute(result);
    return type == DataType.NULL ? result.text() : type.sql();
  }

  /**
   * The type to which the argument must be widened; for a lambda that to which its body must be.
   */
  public DataType parameterType(int argument) {
    TypePattern parameter = signature.parameter(argument);
    if (arguments.get(argument) instanceof Argument.Value value) {
      return parameter instanceof TypePattern.Any
          ? value.type()
          : bindings.substituteLike(parameter, value.type());
    }
    return bindings.substitute(lambda(argument).result());
  }

  /** The type of the call. */
  public DataType resultType() {
    return literalType.orElseGet(() -> bindings.substitute(signature.result()));
  }

  /**
   * How far the arguments are from the parameters: fewer steps are a better overload. A type
   * variable is a little farther than the type itself, ANY is the farthest.
   */
  int steps() {
    int steps = 0;
    for (int i = 0; i < arguments.size(); i++) {
      if (arguments.get(i) instanceof Argument.Value value) {
        steps += 4 * Widening.steps(value.type(), parameterType(i));
        steps += signature.parameter(i) instanceof TypePattern.Any ? 40 : 0;
        steps += signature.parameter(i) instanceof TypePattern.Variable ? 1 : 0;
      }
    }
    return steps;
  }

  boolean widensAll() {
    for (int i = 0; i < arguments.size(); i++) {
      if (arguments.get(i) instanceof Argument.Value value
          && !Widening.canWiden(value.type(), parameterType(i))) {
        return false;
      }
    }
    return true;
  }

  private TypePattern.LambdaOf lambda(int argument) {
    if (signature.parameter(argument) instanceof TypePattern.LambdaOf lambda) {
      return lambda;
    }
    throw new IllegalArgumentException("argument " + argument + " is no lambda");
  }
}
