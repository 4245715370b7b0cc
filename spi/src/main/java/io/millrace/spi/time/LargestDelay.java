package io.millrace.spi.time;

/**
 * A slack as large as the largest delay that was seen lately: K-slack, as in Mutschler and
 * Philippsen, "Distributed low-latency out-of-order event processing for high data rate sensor
 * streams" (IPDPS 2013).
 *
 * <p>A row that is later than the slack raises it at once. When {@link #HORIZON} rows have come
 * without a delay as large as the slack, it falls to the largest delay of these rows.
 */
final class LargestDelay extends SlackEstimator {
  private final long most;
  private long slack;

  /** How many rows have come since a delay was as large as the slack. */
  private int rows;

  /** The largest delay of these rows. */
  private long largest;

  LargestDelay(long most) {
    this.most = most;
  }

  @Override
  long slackAfter(long delay) {
    long wanted = Math.min(delay, most);
    if (wanted >= slack) {
      set(wanted);
    } else {
      largest = Math.max(largest, wanted);
      rows++;
      if (rows == HORIZON) {
        set(largest);
      }
    }
    return slack;
  }

  private void set(long next) {
    slack = next;
    rows = 0;
    largest = 0;
  }

  @Override
  long slack() {
    return slack;
  }

  @Override
  int kind() {
    return 1;
  }

  @Override
  long[] saveMeasured() {
    return new long[] {slack, rows, largest};
  }

  @Override
  void restoreMeasured(long[] measured) {
    slack = measured[0];
    rows = (int) measured[1];
    largest = measured[2];
  }
}
