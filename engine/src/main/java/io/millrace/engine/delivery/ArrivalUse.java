package io.millrace.engine.delivery;

import io.millrace.language.plan.StreamDeclaration;
import java.util.Set;

/**
 * What in a query takes rows in the order of arrival, of inputs for which this may be another one
 * in each run.
 *
 * @param what it does, for people
 * @param remedy what to write instead, for people; empty if there is nothing
 */
record ArrivalUse(String what, String remedy, Set<StreamDeclaration> inputs) {
  /** The use in words. */
  String print() {
    return remedy.isEmpty() ? what : what + "; " + remedy;
  }
}
