package io.millrace.spi.time;

import java.util.Arrays;

/**
 * The watermarks to which the rows of a turn move a partition, in the order in which they do: by
 * advance, then by moment.
 */
final class WatermarkSteps {
  /** For how many there is room between two turns. */
  private static final int MOST_KEPT = 1024;

  private final Moments moments;
  private int[] advances = new int[4];
  private long[] momentsOf = new long[4];
  private long[] watermarks = new long[4];
  private int count;

  WatermarkSteps(Moments moments) {
    this.moments = moments;
  }

  void clear() {
    if (advances.length > MOST_KEPT) {
      advances = new int[MOST_KEPT];
      momentsOf = new long[MOST_KEPT];
      watermarks = new long[MOST_KEPT];
    }
    count = 0;
  }

  int count() {
    return count;
  }

  /** Adds a step behind all others; one of the same moment becomes greater. */
  void add(int advance, long moment, long watermark) {
    if (count > 0 && advances[count - 1] == advance && momentsOf[count - 1] == moment) {
      watermarks[count - 1] = watermark;
      return;
    }
    if (count == advances.length) {
      advances = Arrays.copyOf(advances, 2 * count);
      momentsOf = Arrays.copyOf(momentsOf, 2 * count);
      watermarks = Arrays.copyOf(watermarks, 2 * count);
    }
    advances[count] = advance;
    momentsOf[count] = moment;
    watermarks[count++] = watermark;
  }

  int advance(int step) {
    return advances[step];
  }

  long moment(int step) {
    return momentsOf[step];
  }

  long watermark(int step) {
    return watermarks[step];
  }

  /** How many there are up to an advance. */
  int countUpTo(int advance) {
    int low = 0;
    int high = count;
    while (low < high) {
      int middle = (low + high) >>> 1;
      if (advances[middle] <= advance) {
        low = middle + 1;
      } else {
        high = middle;
      }
    }
    return low;
  }

  /** How many there are before a moment of an advance. */
  int countBefore(int advance, long moment) {
    int low = countUpTo(advance - 1);
    int high = count;
    while (low < high) {
      int middle = (low + high) >>> 1;
      if (advances[middle] == advance && moments.compare(momentsOf[middle], moment) < 0) {
        low = middle + 1;
      } else {
        high = middle;
      }
    }
    return low;
  }

  /** How many have not reached a time. */
  int countBelow(long time) {
    int low = 0;
    int high = count;
    while (low < high) {
      int middle = (low + high) >>> 1;
      if (watermarks[middle] < time) {
        low = middle + 1;
      } else {
        high = middle;
      }
    }
    return low;
  }
}
