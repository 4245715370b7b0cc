package io.millrace.operators.filter;

import java.util.Comparator;
import java.util.List;

/**
 * Finds the ranges that contain a value: an interval tree (Cormen et al., Introduction to
 * Algorithms, section 14.3) laid out in arrays. The ranges are sorted by their lower bounds; the
 * root of {@code [from, to)} is in its middle and knows the greatest upper bound of all of them. So
 * the cost is that of the ranges that are found, and of a path to them.
 */
final class RangeLookup {
  private final int[] consumers;
  private final long[] least;
  private final long[] greatest;
  private final long[] greatestBelow;

  /** A range and whose it is. */
  record Range(int consumer, FilterTerm.Between between) {}

  RangeLookup(List<Range> ranges) {
    List<Range> sorted =
        ranges.stream().sorted(Comparator.comparingLong(range -> range.between().least())).toList();
    consumers = sorted.stream().mapToInt(Range::consumer).toArray();
    least = sorted.stream().mapToLong(range -> range.between().least()).toArray();
    greatest = sorted.stream().mapToLong(range -> range.between().greatest()).toArray();
    greatestBelow = new long[least.length];
    fill(0, least.length);
  }

  private long fill(int from, int to) {
    if (from >= to) {
      return Long.MIN_VALUE;
    }
    int root = (from + to) >>> 1;
    long below = Math.max(fill(from, root), fill(root + 1, to));
    greatestBelow[root] = Math.max(greatest[root], below);
    return greatestBelow[root];
  }

  /** Adds a row to those that have a range with its value. */
  void find(long value, int row, ConcernedRows found) {
    if (least.length > 0 && value >= least[0]) {
      find(0, least.length, value, row, found);
    }
  }

  private void find(int start, int end, long value, int row, ConcernedRows found) {
    int from = start;
    int to = end;
    while (from < to) {
      int root = (from + to) >>> 1;
      if (value > greatestBelow[root]) {
        return;
      }
      if (value < least[root]) {
        to = root;
        continue;
      }
      find(from, root, value, row, found);
      if (value <= greatest[root]) {
        found.add(consumers[root], row);
      }
      from = root + 1;
    }
  }
}
