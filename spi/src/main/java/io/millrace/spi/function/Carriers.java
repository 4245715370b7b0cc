package io.millrace.spi.function;

import io.millrace.spi.data.Bytes;
import io.millrace.spi.data.Struct;
import io.millrace.spi.types.DataType;
import java.math.BigDecimal;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The Java class that carries the values of a type in a signature, primitive where there is one.
 */
final class Carriers implements TypePatternVisitor<Class<?>> {
  private static final Carriers INSTANCE = new Carriers();

  private Carriers() {}

  static Class<?> of(TypePattern pattern) {
    return pattern.accept(INSTANCE);
  }

  /** The class that may be null. */
  static Class<?> boxed(Class<?> carrier) {
    if (carrier == long.class) {
      return Long.class;
    }
    if (carrier == double.class) {
      return Double.class;
    }
    return carrier == boolean.class ? Boolean.class : carrier;
  }

  /**
   * What a Java type is that cannot carry a pattern, and which one could; empty if it can.
   *
   * @param isResult whether it is what a method gives: then INT may be {@code int}
   */
  static Optional<String> mismatch(
      TypePattern pattern, Class<?> found, boolean nullable, boolean isResult) {
    Class<?> carrier = of(pattern);
    Class<?> expected = nullable ? boxed(carrier) : carrier;
    boolean isInt =
        isResult && found == int.class && pattern.equals(new TypePattern.Exact(DataType.INT));
    if (found == expected || isInt) {
      return Optional.empty();
    }
    return Optional.of(
        "is "
            + pattern.text()
            + (nullable ? " and may be NULL" : "")
            + ": expected "
            + expected.getSimpleName()
            + ", found "
            + found.getSimpleName());
  }

  @Override
  public Class<?> visitExact(TypePattern.Exact pattern) {
    return switch (pattern.type().layout()) {
      case BOOLEAN -> boolean.class;
      case LONG -> long.class;
      case DOUBLE -> double.class;
      case OBJECT -> pattern.type() == DataType.BYTES ? Bytes.class : String.class;
    };
  }

  @Override
  public Class<?> visitVariable(TypePattern.Variable pattern) {
    return Object.class;
  }

  @Override
  public Class<?> visitDecimal(TypePattern.DecimalOf pattern) {
    return BigDecimal.class;
  }

  @Override
  public Class<?> visitArray(TypePattern.ArrayOf pattern) {
    return List.class;
  }

  @Override
  public Class<?> visitMap(TypePattern.MapOf pattern) {
    return Map.class;
  }

  @Override
  public Class<?> visitStruct(TypePattern.StructOf pattern) {
    return Struct.class;
  }

  @Override
  public Class<?> visitAny(TypePattern.Any pattern) {
    return Object.class;
  }

  @Override
  public Class<?> visitLambda(TypePattern.LambdaOf pattern) {
    return Lambda.class;
  }

  @Override
  public Class<?> visitFromLiteral(TypePattern.FromLiteral pattern) {
    return Object.class;
  }
}
