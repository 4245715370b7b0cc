package io.millrace.benchmarks.workload;

/**
 * The event of all workloads, as the hand-written loops read it. Its time moves from pass to pass.
 */
final class Trade {
  final String symbol;
  final double price;
  final long volume;

  /** Milliseconds since the epoch. */
  long time;

  Trade(String symbol, double price, long volume, long time) {
    this.symbol = symbol;
    this.price = price;
    this.volume = volume;
    this.time = time;
  }
}
