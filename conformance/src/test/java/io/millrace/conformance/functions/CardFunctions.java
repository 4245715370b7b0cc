package io.millrace.conformance.functions;

import io.millrace.spi.function.FunctionProvider;
import java.util.List;

/** Brings functions and aggregates: an example of docs/own-functions.md. */
public final class CardFunctions implements FunctionProvider {
  @Override
  public List<Class<?>> functionClasses() {
    return List.of(Cards.class, RootMeanSquare.class);
  }
}
