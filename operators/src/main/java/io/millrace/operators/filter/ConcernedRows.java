package io.millrace.operators.filter;

import java.util.Arrays;

/**
 * Which consumers of a station a batch concerns, and for filters behind an index, which rows. The
 * consumers are numbered in the order in which they are called; finding the next one costs the same
 * however many there are in between.
 */
final class ConcernedRows {
  private final int[][] rows;
  private final int[] counts;

  /** A bit per consumer that is concerned. */
  private final long[] marks;

  /** A bit per word of {@link #marks} that is not zero. */
  private final long[] summary;

  ConcernedRows(int consumers) {
    rows = new int[consumers][0];
    counts = new int[consumers];
    marks = new long[(consumers + 63) >>> 6];
    summary = new long[(marks.length + 63) >>> 6];
  }

  /** Says that the batch concerns a consumer. */
  void mark(int consumer) {
    int word = consumer >>> 6;
    marks[word] |= 1L << consumer;
    summary[word >>> 6] |= 1L << word;
  }

  /** Says that a row, behind those that are known already, concerns a consumer. */
  void add(int consumer, int row) {
    int count = counts[consumer]++;
    if (count == 0) {
      mark(consumer);
    }
    int[] list = rows[consumer];
    if (count == list.length) {
      list = Arrays.copyOf(list, Math.max(4, 2 * count));
      rows[consumer] = list;
    }
    list[count] = row;
  }

  /** Takes the first consumer that is concerned away; -1 if none is left. */
  int poll() {
    for (int i = 0; i < summary.length; i++) {
      if (summary[i] != 0) {
        int word = (i << 6) + Long.numberOfTrailingZeros(summary[i]);
        int consumer = (word << 6) + Long.numberOfTrailingZeros(marks[word]);
        marks[word] &= marks[word] - 1;
        if (marks[word] == 0) {
          summary[i] &= summary[i] - 1;
        }
        return consumer;
      }
    }
    return -1;
  }

  /** The rows that concern a consumer, as many as {@link #takeCount} says. */
  int[] rows(int consumer) {
    return rows[consumer];
  }

  /** The number of its rows, which are forgotten by the next {@link #add}. */
  int takeCount(int consumer) {
    int count = counts[consumer];
    counts[consumer] = 0;
    return count;
  }
}
