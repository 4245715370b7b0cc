package io.millrace.benchmarks.workload;

/** Counts the rows of a result and sums up a hash of each, whatever their order. */
final class Checksum {
  private static final long GOLDEN = 0x9E3779B97F4A7C15L;
  private long rows;
  private long sum;

  /** A row of {@link Workload#W1} and {@link Workload#W7}. */
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

  /** A row of {@link Workload#W3} and {@link Workload#W6A}. */
  void add(String symbol, double total, double average) {
    add(symbol.hashCode() + bits(total) * 3 + bits(average) * 5);
  }

  /**
   * A row of {@link Workload#W4A}, without a symbol, and {@link Workload#W4B}. Deviations differ in
   * their last digits by how they are computed.
   */
  void add(String symbol, double average, double deviation, double max) {
    add(symbol.hashCode() + bits(average) * 3 + Math.round(deviation * 1_000) * 5 + bits(max) * 7);
  }

  /** A row of {@link Workload#W5}. */
  void add(long id, double left, double right) {
    add(id + bits(left) * 3 + bits(right) * 5);
  }

  /** A row of {@link Workload#W6B}. */
  void addRun(String symbol, double first, double peak, double drop) {
    add(symbol.hashCode() + bits(first) * 3 + bits(peak) * 5 + bits(drop) * 7);
  }

  /** A row of {@link Workload#W8}. */
  void add(String symbol, long total) {
    add(symbol.hashCode() + total * 31);
  }

  private static long bits(double value) {
    return Double.doubleToRawLongBits(value);
  }

  /**
   * What is summed up is no linear function of the values, so that rows which have changed values
   * with each other are other rows.
   */
  private void add(long hash) {
    long mixed = hash * GOLDEN;
    rows++;
    sum += mixed ^ mixed >>> 32;
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
