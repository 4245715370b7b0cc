package io.millrace.benchmarks.workload;

import it.unimi.dsi.fastutil.objects.Object2ObjectOpenHashMap;
import java.util.List;

/** For each workload the loop that a good engineer writes for exactly that query. */
final class ReferenceContender implements Contender {
  @Override
  public String name() {
    return "hand-written";
  }

  @Override
  public List<String> variants(Workload workload) {
    return List.of("loop");
  }

  @Override
  public Session open(Workload workload, String variant, Checksum results) {
    return switch (workload) {
      case W1 -> new FilterLoop(results);
      case W2 -> new WindowLoop(results);
      case W3 -> new TimeLoop(results);
      case W4A -> new LengthLoop(false, results);
      case W4B -> new LengthLoop(true, results);
      case W5 -> new JoinLoop(results);
      case W6A -> new FollowLoop(results);
      case W6B -> new RunLoop(results);
      case W7 -> new SilenceLoop(results);
      case W8 -> new TopLoop(results);
    };
  }

  /** Reads the trades as they are. */
  abstract static class Loop implements Session {
    final Trade[][] sets = new Trade[2][];
    final Checksum results;

    Loop(Checksum results) {
      this.results = results;
    }

    @Override
    public void prepare(int set, Trade[] trades) {
      sets[set] = trades;
    }

    @Override
    public void close() {}
  }

  private static final class FilterLoop extends Loop {
    FilterLoop(Checksum results) {
      super(results);
    }

    @Override
    public void feed(int set, int from, int to) {
      Trade[] trades = sets[set];
      Checksum out = results;
      for (int i = from; i < to; i++) {
        Trade trade = trades[i];
        if (trade.price > 800 && (trade.volume & 1) == 0) {
          out.add(trade.symbol, trade.price * trade.volume);
        }
      }
    }
  }

  private static final class WindowLoop extends Loop {
    private static final long SIZE_MILLIS = 1_000;
    private final Object2ObjectOpenHashMap<String, Group> groups = new Object2ObjectOpenHashMap<>();
    private long end = Long.MIN_VALUE;

    WindowLoop(Checksum results) {
      super(results);
    }

    @Override
    public void feed(int set, int from, int to) {
      Trade[] trades = sets[set];
      for (int i = from; i < to; i++) {
        Trade trade = trades[i];
        if (trade.time >= end) {
          closeWindow(trade.time);
        }
        Group group = groups.get(trade.symbol);
        if (group == null) {
          group = new Group(trade.symbol);
          groups.put(trade.symbol, group);
        }
        group.add(trade.price);
      }
    }

    private void closeWindow(long time) {
      for (Group group : groups.values()) {
        if (group.count > 0) {
          double average = group.sum / group.count;
          results.add(group.symbol, group.count, group.sum, average, group.min, group.max);
          group.count = 0;
        }
      }
      end = time - time % SIZE_MILLIS + SIZE_MILLIS;
    }
  }

  /** The aggregates of a symbol in the open window. */
  private static final class Group {
    private final String symbol;
    private long count;
    private double sum;
    private double min;
    private double max;

    Group(String symbol) {
      this.symbol = symbol;
    }

    void add(double price) {
      if (count++ == 0) {
        sum = price;
        min = price;
        max = price;
        return;
      }
      sum += price;
      if (price < min) {
        min = price;
      }
      if (price > max) {
        max = price;
      }
    }
  }
}
