package io.millrace.compiler.aggregate;

import io.millrace.language.plan.AggregateCall;

/** How an aggregate function is made of accumulators. One small class per function. */
interface AggregateTemplate {
  /**
   * The code of a result.
   *
   * @param isNull a condition that it is NULL
   * @param value its value otherwise, of the Java type of its layout; {@code g} is the group's slot
   */
  record Result(String isNull, String value) {
    static Result neverNull(String value) {
      return new Result("false", value);
    }
  }

  /** Asks for the accumulators that a call needs, and says how they make its result. */
  Result plan(AggregateCall call, Accumulators accumulators);
}
