package io.millrace.engine.delivery;

import io.millrace.language.plan.StreamDeclaration;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * How the rows of a plan node come.
 *
 * @param inputs what they are read from, but for tables that are read before any stream
 * @param cause a derived stream among those that they come from whose rows already depend on the
 *     order of arrival; empty if there is none
 */
record ComingRows(Set<StreamDeclaration> inputs, Order order, String cause) {
  /** What is there before anything comes. */
  static final ComingRows NONE = new ComingRows(Set.of(), Order.FIXED, "");

  /** In which order. */
  enum Order {
    /** In one that follows from the rows: by time, partition and offset, or by their numbers. */
    FIXED,
    /** As they are read; where their stream declares a disorder they can be sorted. */
    ARRIVAL,
    /** As they come, whatever is declared. */
    ALWAYS_ARRIVAL
  }

  /**
   * Rows of several nodes. What is in one order on each of several ways from the same inputs is in
   * one order together, for the moments of time tell these apart.
   */
  static ComingRows merged(List<ComingRows> ways) {
    Set<StreamDeclaration> inputs = new LinkedHashSet<>();
    ways.forEach(way -> inputs.addAll(way.inputs));
    Order order = ways.stream().map(ComingRows::order).max(Order::compareTo).orElse(Order.FIXED);
    boolean areAlike =
        ways.stream().allMatch(way -> way.inputs.isEmpty() || way.inputs.equals(inputs));
    String cause =
        ways.stream().map(ComingRows::cause).filter(it -> !it.isEmpty()).findFirst().orElse("");
    return new ComingRows(inputs, order == Order.FIXED && !areAlike ? Order.ARRIVAL : order, cause);
  }

  ComingRows in(Order other) {
    return new ComingRows(inputs, other, cause);
  }

  ComingRows because(String stream) {
    return new ComingRows(inputs, order, stream);
  }
}
