package io.millrace.engine;

import io.millrace.language.plan.RollupSlice;
import io.millrace.operators.functions.CalendarUnit;
import io.millrace.operators.rollup.RollupOperator;

/** The groups of some buckets of an aggregation, which come in parts of its own size. */
record RollupRows(RollupSlice slice, RollupOperator rollup) implements AskedRows {
  @Override
  public void read(int most, Part part) {
    rollup.read(
        CalendarUnit.valueOf(slice.unit().name()),
        slice.from(),
        slice.to(),
        rows -> part.take(rows.size(), rows.columns(), rows.rowtimes()));
  }
}
