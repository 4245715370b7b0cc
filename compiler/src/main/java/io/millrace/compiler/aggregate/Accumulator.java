package io.millrace.compiler.aggregate;

import io.millrace.spi.state.StateType;
import java.util.List;

/**
 * A part of a group's state of which one or several aggregates make their results: fields, and Java
 * for a row that comes or goes. Accumulators are records: equal ones are one, so aggregates over
 * the same input share them.
 *
 * <p>All code is written through {@link AccumulatorCode}, which knows how fields and the row's
 * value are called. A group's fields are 0, false or null before its first row and, but for those
 * of a {@link LastingAccumulator}, after its last.
 */
interface Accumulator {
  AggregateInput input();

  /** Its fields; names are unique among accumulators of one input. */
  List<StateType> fields();

  /** Refuses a row, before any accumulator is written, where adding it would fail. */
  void check(AccumulatorCode code);

  /** Code for a group's first row, before {@link #add}, whether the row has a value or not. */
  void begin(AccumulatorCode code);

  /** Adds the row's value, which is not NULL. */
  void add(AccumulatorCode code);

  /** Takes the row's value back, which is the one whose turn it is by the group's updates. */
  void remove(AccumulatorCode code);

  /**
   * Adds what another group holds, which has rows, but maybe no value; {@link #begin} has come
   * before.
   */
  void merge(AccumulatorCode code);
}
