package io.millrace.benchmarks.workload;

/** Counts the rows of a result and sums up a hash of each, whatever their order. */
final class Checksum {
  private static final long GOLDEN = 0x9E3779B97F4A7C15L;
  private long rows;
  private long sum;

  /** A row of {@link Workload#W1}. */
  void add(String symbol, double value) {
    add(symbol.hashCode() ^ bits(value));
  }

  /** A row of {@link Workload#W2}. */
  void add(String symbol, long count, double total, double average, double min, double max) {
    add(
        symbol.hashCode()
            + count
            + bits(total) * 3
            + bits(average) * 5
            + bits(min) * 7
            + bits(max) * 11);
  }

  /** A row of {@link Workload#W8}. */
  void add(String symbol, long total) {
    add(symbol.hashCode() + total * 31);
  }

  private static long bits(double value) {
    return Double.doubleToRawLongBits(value);
  }

  private void add(long hash) {
    rows++;
    sum += hash * GOLDEN;
  }

  /** Rows of which only the number counts. */
  void count(int more) {
    rows += more;
  }

  long rows() {
    return rows;
  }

  boolean isSameAs(Checksum other) {
    return rows == other.rows && sum == other.sum;
  }
}
