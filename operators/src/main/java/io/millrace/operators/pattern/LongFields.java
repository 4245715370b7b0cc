package io.millrace.operators.pattern;

import io.millrace.spi.data.LongColumn;
import io.millrace.spi.state.SlotTable;

/** Neighbouring fields of a table that are held as longs: their arrays, while they are these. */
final class LongFields {
  private final SlotTable table;
  private final int first;
  private final long[][] arrays;
  private int generation = -1;

  LongFields(SlotTable table, int first, int count) {
    this.table = table;
    this.first = first;
    this.arrays = new long[count][];
  }

  /** The values of a field by slot. To be asked for when the slot has been. */
  long[] get(int index) {
    if (generation != table.generation()) {
      renew();
    }
    return arrays[index];
  }

  private void renew() {
    generation = table.generation();
    for (int i = 0; i < arrays.length; i++) {
      arrays[i] = ((LongColumn) table.field(first + i)).values();
    }
  }
}
