package io.millrace.spi.function;

import java.util.List;

/**
 * A user's aggregate as the language sees it, and the methods that generated code calls.
 *
 * @param names the name and its synonyms, in lower case; the first is shown
 * @param signature what it takes and gives
 * @param methods what generated code calls
 * @param state what {@code create} and the others give
 * @param nullableParameters for each argument whether it may be NULL; else rows in which it is are
 *     passed over
 * @param nullableResult whether the result may be null, which is NULL
 * @param documentation what the reference says of it
 * @see AggregateFunction
 */
public record AggregateDescriptor(
    List<String> names,
    FunctionSignature signature,
    AggregateMethods methods,
    AggregateState state,
    List<Boolean> nullableParameters,
    boolean nullableResult,
    FunctionDocumentation documentation)
    implements Overload {

  public AggregateDescriptor {
    names = List.copyOf(names);
    nullableParameters = List.copyOf(nullableParameters);
  }

  /** The class that is annotated. */
  public Class<?> type() {
    return methods.create().getDeclaringClass();
  }
}
