package io.millrace.compiler.aggregate;

/**
 * An accumulator that rows never leave: its fields stay as they are when the group's last row goes,
 * and when other accumulators are made anew.
 */
interface LastingAccumulator extends Accumulator {
  @Override
  default void begin(AccumulatorCode code) {}

  @Override
  default void remove(AccumulatorCode code) {}
}
