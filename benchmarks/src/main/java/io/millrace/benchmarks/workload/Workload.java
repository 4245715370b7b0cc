package io.millrace.benchmarks.workload;

/** What is computed from the trades of 1,000 symbols. */
enum Workload {
  /**
   * {@code price > 800 AND volume % 2 = 0} (a tenth of the events), giving symbol and price *
   * volume.
   */
  W1("W1, filter and project", 100),

  /**
   * Tumbling windows of a second by symbol, giving symbol, count, sum, average, minimum and maximum
   * of the price when the first event of the next window comes.
   */
  W2("W2, tumbling aggregate", 100),

  /**
   * Windows of ten seconds every second, the sum of the volume by symbol, and of each window the
   * ten symbols with the largest, smaller symbols first where they are equal.
   */
  W8("W8, hopping top 10", 10);

  private final String title;
  private final int eventsPerMilli;

  Workload(String title, int eventsPerMilli) {
    this.title = title;
    this.eventsPerMilli = eventsPerMilli;
  }

  /** Events to a millisecond of event time. */
  int eventsPerMilli() {
    return eventsPerMilli;
  }

  String title() {
    return title;
  }
}
