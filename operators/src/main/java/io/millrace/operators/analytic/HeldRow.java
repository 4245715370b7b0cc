package io.millrace.operators.analytic;

import java.util.Comparator;

/**
 * A row that waits.
 *
 * @param partition the number of its partition
 * @param time in the order of the partition
 * @param cause of the row
 * @param number in the order in which rows of one cause came
 */
record HeldRow(int partition, long time, long cause, long number) {
  /** The order in which rows came. */
  static final Comparator<HeldRow> ARRIVAL =
      Comparator.comparingLong(HeldRow::cause).thenComparingLong(HeldRow::number);
}
