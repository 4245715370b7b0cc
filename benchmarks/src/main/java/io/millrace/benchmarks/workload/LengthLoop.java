package io.millrace.benchmarks.workload;

import it.unimi.dsi.fastutil.objects.Object2ObjectOpenHashMap;

/**
 * {@link Workload#W4A} and {@link Workload#W4B} by hand: a ring with the prices of a window,
 * running sums of them and of their squares, and the prices that may still become the largest, in
 * falling order.
 */
final class LengthLoop extends ReferenceContender.Loop {
  private static final int SIZE = 1_000;
  private static final int ROOM = 1 << 10;
  private final Object2ObjectOpenHashMap<String, Window> windows = new Object2ObjectOpenHashMap<>();
  private final boolean isBySymbol;
  private final Window global = new Window();

  LengthLoop(boolean isBySymbol, Checksum results) {
    super(results);
    this.isBySymbol = isBySymbol;
  }

  @Override
  public void feed(int set, int from, int to) {
    Trade[] trades = sets[set];
    for (int i = from; i < to; i++) {
      Trade trade = trades[i];
      Window window = isBySymbol ? windowOf(trade.symbol) : global;
      window.add(trade.price);
      results.add(
          isBySymbol ? trade.symbol : "", window.mean(), window.deviation(), window.greatest());
    }
  }

  private Window windowOf(String symbol) {
    Window window = windows.get(symbol);
    if (window == null) {
      window = new Window();
      windows.put(symbol, window);
    }
    return window;
  }

  /** The last prices. They are multiples of 1/64, so that all sums are exact. */
  private static final class Window {
    private final double[] prices = new double[ROOM];

    /** Numbers of prices that no later one has reached. */
    private final long[] candidates = new long[ROOM];

    private long count;
    private long firstCandidate;
    private long nextCandidate;
    private double sum;
    private double squares;

    void add(double price) {
      long number = count++;
      if (number >= SIZE) {
        double oldest = prices[(int) (number - SIZE) & ROOM - 1];
        sum -= oldest;
        squares -= oldest * oldest;
        if (candidates[(int) firstCandidate & ROOM - 1] == number - SIZE) {
          firstCandidate++;
        }
      }
      sum += price;
      squares += price * price;
      prices[(int) number & ROOM - 1] = price;
      while (nextCandidate > firstCandidate && lastCandidate() <= price) {
        nextCandidate--;
      }
      candidates[(int) nextCandidate++ & ROOM - 1] = number;
    }

    private double lastCandidate() {
      return prices[(int) candidates[(int) (nextCandidate - 1) & ROOM - 1] & ROOM - 1];
    }

    private long size() {
      return Math.min(count, SIZE);
    }

    double mean() {
      return sum / size();
    }

    double deviation() {
      double mean = mean();
      return Math.sqrt(Math.max(0, squares / size() - mean * mean));
    }

    double greatest() {
      return prices[(int) candidates[(int) firstCandidate & ROOM - 1] & ROOM - 1];
    }
  }
}
