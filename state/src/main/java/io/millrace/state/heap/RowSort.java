package io.millrace.state.heap;

import java.util.Arrays;

/**
 * Puts rows in the order of their times, at equal times in that of a second number: a merge sort of
 * the runs that are there (Knuth, The Art of Computer Programming 3, 5.2.4, algorithm N), so that
 * rows that are in order nearly cost little.
 */
final class RowSort {
  private final long[] times;
  private final long[] orders;

  /** Where the runs begin, {@code runs} of them, then the end. */
  private int[] starts = new int[16];

  private int runs;

  private RowSort(long[] times, long[] orders) {
    this.times = times;
    this.orders = orders;
  }

  /** The indexes of the rows, in order. */
  static int[] sort(long[] times, long[] orders) {
    return new RowSort(times, orders).sort();
  }

  private int[] sort() {
    int[] from = new int[times.length];
    Arrays.setAll(from, i -> i);
    findRuns();
    int[] to = runs > 1 ? new int[from.length] : from;
    while (runs > 1) {
      int merged = 0;
      for (int run = 0; run < runs; run += 2) {
        int start = starts[run];
        int middle = starts[run + 1];
        int end = starts[Math.min(run + 2, runs)];
        merge(from, start, middle, end, to);
        starts[merged++] = start;
      }
      starts[merged] = from.length;
      runs = merged;
      int[] swapped = from;
      from = to;
      to = swapped;
    }
    return from;
  }

  private void findRuns() {
    for (int i = 0; i < times.length; i++) {
      if (i == 0 || isBefore(i, i - 1)) {
        if (runs + 1 == starts.length) {
          starts = Arrays.copyOf(starts, 2 * starts.length);
        }
        starts[runs++] = i;
      }
    }
    starts[runs] = times.length;
  }

  private void merge(int[] from, int start, int middle, int end, int[] to) {
    int left = start;
    int right = middle;
    for (int at = start; at < end; at++) {
      boolean isRight = left == middle || (right < end && isBefore(from[right], from[left]));
      to[at] = isRight ? from[right++] : from[left++];
    }
  }

  private boolean isBefore(int one, int other) {
    return times[one] < times[other] || (times[one] == times[other] && orders[one] < orders[other]);
  }
}
