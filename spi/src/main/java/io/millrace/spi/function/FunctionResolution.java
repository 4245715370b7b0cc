package io.millrace.spi.function;

import java.util.Optional;

/** What the catalog says to a call: a function, or why there is none. */
public sealed interface FunctionResolution {

  /** The function to call, and how its signature fits. */
  record Resolved(FunctionDescriptor function, Match match) implements FunctionResolution {}

  /** The user's aggregate that is meant, and how its signature fits. */
  record ResolvedAggregate(AggregateDescriptor aggregate, Match match)
      implements FunctionResolution {}

  /**
   * No function, or more than one.
   *
   * @param code of the diagnostic: {@code unknown-function}, {@code unknown-aggregate}, {@code
   *     no-such-overload}, {@code ambiguous-call} or {@code bad-type-text}
   * @param message lower case, no full stop
   * @param hint what to do, if that is known
   */
  record Unresolved(String code, String message, Optional<String> hint)
      implements FunctionResolution {}
}
