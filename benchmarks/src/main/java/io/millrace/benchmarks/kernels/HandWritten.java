package io.millrace.benchmarks.kernels;

import io.millrace.spi.data.Batch;
import io.millrace.spi.data.DoubleColumn;
import io.millrace.spi.data.LongColumn;

/** What a programmer would write instead of the compiled kernels. */
final class HandWritten {
  private final long[] counts;
  private final double[] sums;
  private final double[] sumErrors;
  private final double[] least;
  private final double[] greatest;

  HandWritten(int groups) {
    counts = new long[groups];
    sums = new double[groups];
    sumErrors = new double[groups];
    least = new double[groups];
    greatest = new double[groups];
  }

  static int select(Batch batch, int[] selection, double limit) {
    double[] prices = ((DoubleColumn) batch.column(0)).values();
    long[] volumes = ((LongColumn) batch.column(1)).values();
    int k = 0;
    for (int i = 0; i < batch.size(); i++) {
      selection[k] = i;
      k += (prices[i] > limit & volumes[i] % 2 == 0) ? 1 : 0;
    }
    return k;
  }

  static void project(Batch batch, int[] selection, int count, DoubleColumn out) {
    double[] prices = ((DoubleColumn) batch.column(0)).values();
    long[] volumes = ((LongColumn) batch.column(1)).values();
    double[] values = out.values();
    for (int j = 0; j < count; j++) {
      int row = selection[j];
      values[j] = prices[row] * volumes[row];
    }
  }

  void add(double[] values, int count, int[] slots) {
    for (int i = 0; i < count; i++) {
      int group = slots[i];
      double value = values[i];
      if (counts[group]++ == 0) {
        sums[group] = value;
        sumErrors[group] = 0;
        least[group] = value;
        greatest[group] = value;
      } else {
        double before = sums[group];
        double after = before + value;
        sumErrors[group] +=
            Math.abs(before) >= Math.abs(value)
                ? (before - after) + value
                : (value - after) + before;
        sums[group] = after;
        least[group] = Math.min(least[group], value);
        greatest[group] = Math.max(greatest[group], value);
      }
    }
  }
}
