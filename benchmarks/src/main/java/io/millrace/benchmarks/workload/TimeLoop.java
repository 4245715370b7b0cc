package io.millrace.benchmarks.workload;

import it.unimi.dsi.fastutil.objects.Object2ObjectOpenHashMap;

/**
 * {@link Workload#W3} by hand: a ring with the events of the window, a running sum and count for
 * each symbol.
 */
final class TimeLoop extends ReferenceContender.Loop {
  private static final long SIZE_MILLIS = 10_000;
  private final Object2ObjectOpenHashMap<String, Group> groups = new Object2ObjectOpenHashMap<>();
  private Group[] group = new Group[1 << 14];
  private double[] price = new double[1 << 14];
  private long[] time = new long[1 << 14];

  /** Where the oldest and the next event are, without the ring's mask. */
  private long head;

  private long tail;

  TimeLoop(Checksum results) {
    super(results);
  }

  @Override
  public void feed(int set, int from, int to) {
    Trade[] trades = sets[set];
    for (int i = from; i < to; i++) {
      Trade trade = trades[i];
      expire(trade.time - SIZE_MILLIS);
      Group arrived = groups.get(trade.symbol);
      if (arrived == null) {
        arrived = new Group(trade.symbol);
        groups.put(trade.symbol, arrived);
      }
      arrived.count++;
      arrived.sum += trade.price;
      keep(arrived, trade);
      results.add(arrived.symbol, arrived.sum, arrived.sum / arrived.count);
    }
  }

  private void expire(long upTo) {
    int mask = time.length - 1;
    while (head < tail && time[(int) head & mask] <= upTo) {
      int at = (int) head++ & mask;
      group[at].count--;
      group[at].sum -= price[at];
    }
  }

  private void keep(Group arrived, Trade trade) {
    if (tail - head == time.length) {
      grow();
    }
    int at = (int) tail++ & time.length - 1;
    group[at] = arrived;
    price[at] = trade.price;
    time[at] = trade.time;
  }

  private void grow() {
    int size = time.length;
    Group[] moreGroups = new Group[2 * size];
    double[] morePrices = new double[2 * size];
    long[] moreTimes = new long[2 * size];
    for (int i = 0; i < size; i++) {
      int at = (int) (head + i) & size - 1;
      moreGroups[i] = group[at];
      morePrices[i] = price[at];
      moreTimes[i] = time[at];
    }
    group = moreGroups;
    price = morePrices;
    time = moreTimes;
    head = 0;
    tail = size;
  }

  /** The prices of a symbol in the window. */
  private static final class Group {
    private final String symbol;
    private long count;
    private double sum;

    Group(String symbol) {
      this.symbol = symbol;
    }
  }
}
