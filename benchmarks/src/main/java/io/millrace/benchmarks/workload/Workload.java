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
   * Every price above 900 with the first later one of its symbol that is larger by more than a
   * hundredth, if that comes within ten seconds, these included: symbol and both prices. One price
   * may follow many.
   */
  W6A("W6A, one that follows", 1_000, 10),

  /**
   * By symbol, with nothing between: a price, one or more of which each is at least the one before,
   * and one that is less than the last of these. Every price may be the first of a match. Symbol,
   * the first price, the last before the drop, and that of the drop.
   */
  W6B("W6B, rise and drop", 1_000, 10),

  /**
   * Every price above 990 after which no volume below 16 of its symbol comes for a minute, when
   * that is over: symbol and price.
   */
  W7("W7, one that stays away", 1_000, 10),

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

  /**
   * Passes whose rows are compared with those of the hand-written loop. Of {@link #W7} they are a
   * hundred seconds, as it sends nothing in the first minute.
   */
  int comparedPasses() {
    return this == W7 ? 5 : 2;
  }

  String title() {
    return title;
  }
}
