package io.millrace.benchmarks.workload;

/** What is computed from the trades: 1,000 symbols, 100,000 events to a second of event time. */
enum Workload {
  /**
   * {@code price > 800 AND volume % 2 = 0} (a tenth of the events), giving symbol and price *
   * volume.
   */
  W1("W1, filter and project"),

  /**
   * Tumbling windows of a second by symbol, giving symbol, count, sum, average, minimum and maximum
   * of the price when the first event of the next window comes.
   */
  W2("W2, tumbling aggregate");

  private final String title;

  Workload(String title) {
    this.title = title;
  }

  String title() {
    return title;
  }
}
