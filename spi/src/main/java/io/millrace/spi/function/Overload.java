package io.millrace.spi.function;

import java.util.List;

/** What a call may mean: one of the functions of a name. */
public sealed interface Overload permits FunctionDescriptor, AggregateDescriptor {
  /** The name and its synonyms, in lower case; the first is shown. */
  List<String> names();

  FunctionSignature signature();

  FunctionDocumentation documentation();

  default String name() {
    return names().get(0);
  }

  /** How the reference and messages show it, such as {@code left(STRING, INT) -> STRING}. */
  default String text() {
    return name() + signature();
  }
}
