package io.millrace.operators.kernel;

import io.millrace.spi.state.SlotTable;

/** Aggregates whose groups can be put together. */
public interface MergingKernel extends AggregateKernel {
  /**
   * Adds groups of a table to groups of the bound table, as if their rows had been added; nothing
   * is checked.
   *
   * @param source a table with the same fields, which may be the bound one
   * @param sources the groups {@code sources[0..count)} of it, each of which has rows and none of
   *     which is its own target
   * @param slots {@code slots[i]} is the group to which {@code sources[i]} is added; no two are
   *     equal
   */
  void merge(SlotTable source, int[] sources, int[] slots, int count);
}
