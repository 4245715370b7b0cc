package io.millrace.spi.function;

import io.millrace.spi.types.DataType;
import java.util.Optional;

/** An argument of a call as far as it is known when its function is looked for. */
public sealed interface Argument {

  static Argument of(DataType type) {
    return new Value(type, Optional.empty());
  }

  /** A constant that is not NULL, by its boxed internal form. */
  static Argument constant(DataType type, Object value) {
    return new Value(type, Optional.of(value));
  }

  static Argument lambda(int parameters) {
    return new Lambda(parameters);
  }

  /** How an error message shows it. */
  String text();

  /**
   * A value.
   *
   * @param constant its boxed internal form, if it is known
   */
  record Value(DataType type, Optional<Object> constant) implements Argument {
    @Override
    public String text() {
      return type.sql();
    }
  }

  /** A lambda, which is typed once its parameters' types are known. */
  record Lambda(int parameters) implements Argument {
    @Override
    public String text() {
      return parameters == 1 ? "lambda" : "lambda of " + parameters;
    }
  }
}
