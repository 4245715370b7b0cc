package io.millrace.compiler.aggregate;

import io.millrace.compiler.code.CodeWriter;
import io.millrace.language.plan.AggregateCall;

/** How an aggregate function is made of accumulators. One small class per function. */
interface AggregateTemplate {
  /**
   * The code of a result; {@code g} is the group's slot.
   *
   * @param before statements in front of both
   * @param isNull a condition that it is NULL
   * @param value its value otherwise, of the Java type of its layout
   */
  record Result(CodeWriter before, String isNull, String value) {
    Result(String isNull, String value) {
      this(new CodeWriter(), isNull, value);
    }

    static Result neverNull(String value) {
      return new Result("false", value);
    }
  }

  /** Asks for the accumulators that a call needs, and says how they make its result. */
  Result plan(AggregateCall call, Accumulators accumulators);
}
