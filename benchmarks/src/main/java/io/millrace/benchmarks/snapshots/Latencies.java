package io.millrace.benchmarks.snapshots;

import java.util.Arrays;
import java.util.Locale;

/** How long rows take from when they are due to the call of the subscriber. */
final class Latencies {
  private final long[] nanos;
  private int size;

  /**
   * @param most how many rows are noted
   */
  Latencies(int most) {
    nanos = new long[most];
  }

  /** Notes that rows have come that were due at some times. */
  void add(long[] due, int count) {
    long now = System.nanoTime();
    for (int i = 0; i < count && size < nanos.length; i++) {
      nanos[size++] = now - due[i];
    }
  }

  /** The cells of a row of a table: p50, p99, p99.9, the longest. */
  String cells() {
    long[] sorted = Arrays.copyOf(nanos, size);
    Arrays.sort(sorted);
    StringBuilder text = new StringBuilder();
    for (double share : new double[] {0.5, 0.99, 0.999, 1}) {
      int index = Math.min(size - 1, (int) (size * share));
      text.append(String.format(Locale.ROOT, "%.3f ms | ", sorted[index] / 1e6));
    }
    return text.toString();
  }
}
