package io.millrace.operators.filter;

import java.util.Objects;

/**
 * A comparison of a column with a constant that a row must fulfil to pass a filter: what many
 * filters of one shape on one stream are indexed by. A filter that has one cannot fail, so that
 * rows that are kept from it would not have been counted as errors.
 *
 * @param column the column's index in the input
 * @param relation how the column must stand to the constant
 * @param constant the boxed internal value of the column's type
 */
public record FilterTerm(int column, Relation relation, Object constant) {
  public FilterTerm {
    Objects.requireNonNull(relation);
    Objects.requireNonNull(constant);
  }

  /** The relations that can be indexed. Those of order are for columns of longs and doubles. */
  public enum Relation {
    EQUAL,
    LESS,
    LESS_OR_EQUAL,
    GREATER,
    GREATER_OR_EQUAL;

    boolean isUpper() {
      return this == LESS || this == LESS_OR_EQUAL;
    }
  }
}
