package io.millrace.operators.filter;

import java.util.Objects;
import java.util.Set;

/**
 * A condition on one column that a row must fulfil to pass a filter: what many filters of one
 * stream are indexed by. Where the condition is false, the filter neither passes the row nor fails
 * for it.
 *
 * @param column the column's index in the input
 * @param takesNulls whether the filter must see rows in which the column is NULL, because it may
 *     fail for them
 * @param isWhole whether the filter is nothing but this condition
 */
public record FilterTerm(int column, Condition condition, boolean takesNulls, boolean isWhole) {
  public FilterTerm {
    Objects.requireNonNull(condition);
  }

  /**
   * What the column's value must be. Values are internal ones, but doubles are longs by {@link
   * io.millrace.operators.values.DoubleMath#toSortable}.
   */
  public sealed interface Condition {}

  /** The value is one of these, each a Long, a String or a BigDecimal of the column's scale. */
  public record OneOf(Set<Object> values) implements Condition {
    public OneOf {
      values = Set.copyOf(values);
    }
  }

  /** The value is in {@code [least, greatest]}, which may be empty. */
  public record Between(long least, long greatest) implements Condition {
    /** Whether it has a lower and an upper bound. */
    boolean isBounded() {
      return least != Long.MIN_VALUE && greatest != Long.MAX_VALUE;
    }

    /** The values that are in this range and in another one. */
    public Between and(Between other) {
      return new Between(Math.max(least, other.least), Math.min(greatest, other.greatest));
    }
  }
}
