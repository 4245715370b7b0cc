package io.millrace.engine.delivery;

import io.millrace.engine.connect.Connections;
import io.millrace.language.plan.StreamDeclaration;
import java.util.Collection;
import java.util.List;

/**
 * Inputs whose rows may come in another order each time they are read, because they are polled and
 * never end. Inputs that end are merged by their event times, tables among them are read before any
 * stream, and what programs send comes in the order in which they send it.
 *
 * @param names none, where the order is a fact; one, where it is if that input has a single
 *     partition; else those that interleave, in any case
 */
record PolledInputs(List<String> names) {
  PolledInputs {
    names = List.copyOf(names);
  }

  /** Of several inputs of a script, in the order in which they are found. */
  static PolledInputs of(Connections connections, Collection<StreamDeclaration> inputs) {
    List<StreamDeclaration> interleaved =
        inputs.stream().filter(input -> isInterleaved(connections, input)).toList();
    boolean isFact = interleaved.stream().noneMatch(input -> isEndless(connections, input));
    return new PolledInputs(
        isFact ? List.of() : interleaved.stream().map(StreamDeclaration::name).toList());
  }

  /** Whether rows of an input come among those of others: not of a table that ends. */
  static boolean isInterleaved(Connections connections, StreamDeclaration input) {
    return !(input.isTable() && isBounded(connections, input));
  }

  static boolean isBounded(Connections connections, StreamDeclaration input) {
    return input.connector() != null
        && connections.sourceConnector(input).isBounded(connections.definition(input));
  }

  private static boolean isEndless(Connections connections, StreamDeclaration input) {
    return input.connector() != null && !isBounded(connections, input);
  }

  /** Whether the order is a fact, however many partitions there are. */
  boolean isOrdered() {
    return names.isEmpty();
  }

  /** Whether rows interleave even if each input has a single partition. */
  boolean areSeveral() {
    return names.size() > 1;
  }
}
