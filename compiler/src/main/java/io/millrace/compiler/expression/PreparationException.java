package io.millrace.compiler.expression;

import io.millrace.language.expression.FunctionCall;
import io.millrace.spi.error.MillraceException;

/**
 * A constant argument of a function is of no use, such as a regular expression with a syntax error.
 * To be shown at the argument.
 */
public final class PreparationException extends MillraceException {
  private static final long serialVersionUID = 1L;
  private final transient FunctionCall call;
  private final int argument;

  PreparationException(FunctionCall call, int argument, String reason) {
    super("argument " + (argument + 1) + " of '" + call.function().name() + "': " + reason);
    this.call = call;
    this.argument = argument;
  }

  public FunctionCall call() {
    return call;
  }

  /** The index of the argument, from 0. */
  public int argument() {
    return argument;
  }
}
