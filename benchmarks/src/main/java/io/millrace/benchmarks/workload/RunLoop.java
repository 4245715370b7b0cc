package io.millrace.benchmarks.workload;

import it.unimi.dsi.fastutil.objects.Object2ObjectOpenHashMap;
import java.util.Arrays;

/**
 * {@link Workload#W6B} by hand: for each symbol its run of prices none of which is less than the
 * one before. What is less ends it, and then each price but the run's last was the first of a
 * match.
 */
final class RunLoop extends ReferenceContender.Loop {
  private final Object2ObjectOpenHashMap<String, Run> runs = new Object2ObjectOpenHashMap<>();

  RunLoop(Checksum results) {
    super(results);
  }

  @Override
  public void feed(int set, int from, int to) {
    Trade[] trades = sets[set];
    for (int i = from; i < to; i++) {
      Trade trade = trades[i];
      Run run = runs.get(trade.symbol);
      if (run == null) {
        run = new Run();
        runs.put(trade.symbol, run);
      } else if (trade.price < run.last()) {
        run.end(trade, results);
      }
      run.add(trade.price);
    }
  }

  private static final class Run {
    private double[] prices = new double[8];
    private int size;

    double last() {
      return prices[size - 1];
    }

    void add(double price) {
      if (size == prices.length) {
        prices = Arrays.copyOf(prices, 2 * size);
      }
      prices[size++] = price;
    }

    void end(Trade drop, Checksum results) {
      double peak = last();
      for (int i = 0; i < size - 1; i++) {
        results.addRun(drop.symbol, prices[i], peak, drop.price);
      }
      size = 0;
    }
  }
}
