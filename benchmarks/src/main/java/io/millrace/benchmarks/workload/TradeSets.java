package io.millrace.benchmarks.workload;

import java.util.SplittableRandom;

/**
 * Two sets of trades of the same content. Pass after pass they are fed in turn, with times that go
 * on, so that a window never holds events whose times are being changed.
 */
final class TradeSets {
  /** Events of a set. */
  static final int SIZE = 200_000;

  private static final long FIRST_TIME = 1_700_000_000_000L;
  private final int symbolCount;
  private final int eventsPerMilli;
  private final Trade[][] sets;

  TradeSets(int symbolCount, int eventsPerMilli) {
    this.symbolCount = symbolCount;
    this.eventsPerMilli = eventsPerMilli;
    this.sets = new Trade[][] {generate(), generate()};
  }

  /** Prices are multiples of 1/64, so that sums are exact in any order of adding. */
  private Trade[] generate() {
    SplittableRandom random = new SplittableRandom(42);
    Trade[] trades = new Trade[SIZE];
    String[] symbols = new String[symbolCount];
    for (int i = 0; i < symbolCount; i++) {
      symbols[i] = "SYM" + (10_000 + i);
    }
    for (int i = 0; i < SIZE; i++) {
      String symbol = symbols[random.nextInt(symbolCount)];
      double price = random.nextInt(64_000) / 64.0;
      trades[i] = new Trade(symbol, price, random.nextInt(10_000), timeOf(0, i));
    }
    return trades;
  }

  private long timeOf(long pass, int index) {
    return FIRST_TIME + (pass * SIZE + index) / eventsPerMilli;
  }

  /** The set of the number 0 or 1. */
  Trade[] set(int number) {
    return sets[number];
  }

  /** Gives the set that is fed in {@code pass} the times of that pass. */
  void moveTo(long pass) {
    Trade[] trades = sets[(int) (pass & 1)];
    for (int i = 0; i < SIZE; i++) {
      trades[i].time = timeOf(pass, i);
    }
  }
}
