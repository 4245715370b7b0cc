package io.millrace.spi.function;

import java.util.List;

/** Brings functions: found by ServiceLoader, or registered on an engine. */
@FunctionalInterface
public interface FunctionProvider {
  /**
   * Public classes whose public static methods are annotated with {@link ScalarFunction}, or that
   * are themselves annotated with {@link AggregateFunction}.
   */
  List<Class<?>> functionClasses();
}
