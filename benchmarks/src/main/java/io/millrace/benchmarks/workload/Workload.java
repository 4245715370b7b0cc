package io.millrace.benchmarks.workload;

/** What is computed from trades. */
enum Workload {
  /**
   * {@code price > 800 AND volume % 2 = 0} (a tenth of the events), giving symbol and price *
   * volume.
   */
  W1("W1, filter and project", 1_000, 100),

  /**
   * Tumbling windows of a second by symbol, giving symbol, count, sum, average, minimum and maximum
   * of the price when the first event of the next window comes.
   */
  W2("W2, tumbling aggregate", 1_000, 100),

  /**
   * The last ten seconds, for each event its symbol with the sum and the average of the symbol's
   * prices.
   */
  W3("W3, sliding time", 100, 1),

  /** The last 1,000 events, for each event average, deviation and maximum of the price. */
  W4A("W4A, last rows", 100, 100),

  /** The same of the last 1,000 events of its symbol. */
  W4B("W4B, last rows by symbol", 100, 100),

  /**
   * Two streams, of the events whose price is an even and an odd number of 64ths, with windows of
   * ten seconds, joined on the volume: some five rows for ten events. Both prices with the volume.
   */
  W5("W5, join of windows", 100, 2),

  /**
   * Windows of ten seconds every second, the sum of the volume by symbol, and of each window the
   * ten symbols with the largest, smaller symbols first where they are equal.
   */
  W8("W8, hopping top 10", 1_000, 10);

  private final String title;
  private final int symbols;
  private final int eventsPerMilli;

  Workload(String title, int symbols, int eventsPerMilli) {
    this.title = title;
    this.symbols = symbols;
    this.eventsPerMilli = eventsPerMilli;
  }

  /** How many symbols there are. */
  int symbols() {
    return symbols;
  }

  /** Events to a millisecond of event time. */
  int eventsPerMilli() {
    return eventsPerMilli;
  }

  String title() {
    return title;
  }
}
