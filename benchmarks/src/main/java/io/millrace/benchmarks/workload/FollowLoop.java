package io.millrace.benchmarks.workload;

import it.unimi.dsi.fastutil.objects.Object2ObjectOpenHashMap;
import java.util.Arrays;

/**
 * {@link Workload#W6A} by hand: for each symbol the prices that have found none that follows, in
 * the order in which they came, and the least that would end one of them. That only prices above
 * {@code FIRST} could end any, so that the symbols of all others need not be looked up, is so by
 * these constants; the loop does not rest on it.
 */
final class FollowLoop extends ReferenceContender.Loop {
  private static final double FIRST = 900;
  private static final double RISE = 1.01;

  /** How much later a price may follow, this distance included. */
  private static final long WITHIN_MILLIS = 10_000;

  private final Object2ObjectOpenHashMap<String, Waiting> waiting =
      new Object2ObjectOpenHashMap<>();

  FollowLoop(Checksum results) {
    super(results);
  }

  @Override
  public void feed(int set, int from, int to) {
    Trade[] trades = sets[set];
    for (int i = from; i < to; i++) {
      Trade trade = trades[i];
      double price = trade.price;
      Waiting firsts = waiting.get(trade.symbol);
      if (firsts == null) {
        if (price <= FIRST) {
          continue;
        }
        firsts = new Waiting();
        waiting.put(trade.symbol, firsts);
      }
      if (price > firsts.limit) {
        firsts.follow(trade, results);
      }
      if (price > FIRST) {
        firsts.add(price, trade.time);
      }
    }
  }

  /** The prices of a symbol that wait. Those whose time has passed are dropped on the way. */
  private static final class Waiting {
    private double[] prices = new double[8];
    private long[] times = new long[8];
    private int size;

    /** A price above it ends one of these. */
    private double limit = Double.POSITIVE_INFINITY;

    void add(double price, long time) {
      if (size == prices.length) {
        makeRoom(time - WITHIN_MILLIS);
      }
      prices[size] = price;
      times[size] = time;
      size++;
      limit = Math.min(limit, price * RISE);
    }

    private void makeRoom(long oldest) {
      int passed = 0;
      while (passed < size && times[passed] < oldest) {
        passed++;
      }
      size -= passed;
      System.arraycopy(prices, passed, prices, 0, size);
      System.arraycopy(times, passed, times, 0, size);
      if (passed == 0) {
        prices = Arrays.copyOf(prices, 2 * size);
        times = Arrays.copyOf(times, 2 * size);
      }
    }

    void follow(Trade trade, Checksum results) {
      long oldest = trade.time - WITHIN_MILLIS;
      double price = trade.price;
      double least = Double.POSITIVE_INFINITY;
      int kept = 0;
      for (int i = 0; i < size; i++) {
        double first = prices[i];
        if (times[i] < oldest) {
          continue;
        }
        if (price > first * RISE) {
          results.add(trade.symbol, first, price);
          continue;
        }
        prices[kept] = first;
        times[kept] = times[i];
        kept++;
        least = Math.min(least, first * RISE);
      }
      size = kept;
      limit = least;
    }
  }
}
