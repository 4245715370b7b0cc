package io.millrace.compiler.aggregate;

/**
 * An accumulator that finds out whether a row can be added by making what it will be with it: its
 * {@link #check} leaves that in {@code $tried}, a field of the kernel, and once no other
 * accumulator has refused the row, {@link #take} takes it from there. Where nothing has been
 * checked, {@link #add} adds.
 */
interface TriedAccumulator extends Accumulator {
  void take(AccumulatorCode code);
}
