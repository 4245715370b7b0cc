package io.millrace.spi.time;

import java.util.Arrays;

/**
 * The smallest slack with which a share of the last {@link #HORIZON} rows would have been in order:
 * a quantile of their delays. After the idea of AQ-K-slack, to wait no longer than a wanted quality
 * asks for, in Ji, Zhou, Jerzak, Nica, Hackenbroich and Fetzer, "Quality-driven processing of
 * sliding window aggregates over out-of-order data streams" (DEBS 2015); their measure is the error
 * of an aggregate, this one's the share of rows in order, which is the same for all queries.
 *
 * <p>It is raised by the row with which too many of the rows are later than it, and falls, if fewer
 * are, at every {@value #STEP}th row.
 */
final class DelayQuantile extends SlackEstimator {
  private static final int STEP = 50;

  private final double share;
  private final long most;
  private final long[] delays = new long[HORIZON];

  /** For sorting. */
  private final long[] sorted = new long[HORIZON];

  private int size;

  /** Where the next delay goes: over the oldest one. */
  private int next;

  /** How many of the delays are larger than the slack. */
  private int exceeding;

  private long slack;

  DelayQuantile(double share, long most) {
    this.share = share;
    this.most = most;
  }

  @Override
  long slackAfter(long delay) {
    if (size == HORIZON) {
      exceeding -= delays[next] > slack ? 1 : 0;
    } else {
      size++;
    }
    delays[next] = delay;
    exceeding += delay > slack ? 1 : 0;
    next = next + 1 == HORIZON ? 0 : next + 1;
    if (size - exceeding < inOrder() ? slack < most : next % STEP == 0) {
      measure();
    }
    return slack;
  }

  /** How many of the rows have to be in order. */
  private int inOrder() {
    return (int) Math.ceil(share * size);
  }

  private void measure() {
    System.arraycopy(delays, 0, sorted, 0, size);
    Arrays.sort(sorted, 0, size);
    slack = Math.min(sorted[inOrder() - 1], most);
    count();
  }

  private void count() {
    exceeding = 0;
    for (int i = 0; i < size; i++) {
      exceeding += delays[i] > slack ? 1 : 0;
    }
  }

  @Override
  long slack() {
    return slack;
  }

  @Override
  int kind() {
    return 2;
  }

  @Override
  long[] saveMeasured() {
    long[] saved = new long[2 + size];
    saved[0] = slack;
    saved[1] = next;
    System.arraycopy(delays, 0, saved, 2, size);
    return saved;
  }

  @Override
  void restoreMeasured(long[] measured) {
    slack = measured[0];
    next = (int) measured[1];
    size = measured.length - 2;
    System.arraycopy(measured, 2, delays, 0, size);
    count();
  }
}
