package io.millrace.benchmarks.workload;

import it.unimi.dsi.fastutil.longs.Long2ObjectOpenHashMap;
import java.util.ArrayDeque;

/** {@link Workload#W5} by hand: for each side a map of queues by id, and a queue of all events. */
final class JoinLoop extends ReferenceContender.Loop {
  private static final long SIZE_MILLIS = 10_000;
  private final Side left = new Side();
  private final Side right = new Side();

  JoinLoop(Checksum results) {
    super(results);
  }

  @Override
  public void feed(int set, int from, int to) {
    Trade[] trades = sets[set];
    for (int i = from; i < to; i++) {
      Trade trade = trades[i];
      left.expire(trade.time - SIZE_MILLIS);
      right.expire(trade.time - SIZE_MILLIS);
      boolean isLeft = ((long) (trade.price * 64) & 1) == 0;
      ArrayDeque<Held> others = (isLeft ? right : left).byId.get(trade.volume);
      if (others != null) {
        for (Held other : others) {
          results.add(
              trade.volume, isLeft ? trade.price : other.price, isLeft ? other.price : trade.price);
        }
      }
      (isLeft ? left : right).add(new Held(trade.volume, trade.price, trade.time));
    }
  }

  private record Held(long id, double price, long time) {}

  private static final class Side {
    private final Long2ObjectOpenHashMap<ArrayDeque<Held>> byId = new Long2ObjectOpenHashMap<>();
    private final ArrayDeque<Held> all = new ArrayDeque<>();

    void add(Held held) {
      all.add(held);
      ArrayDeque<Held> ofId = byId.get(held.id);
      if (ofId == null) {
        ofId = new ArrayDeque<>(2);
        byId.put(held.id, ofId);
      }
      ofId.add(held);
    }

    void expire(long upTo) {
      while (!all.isEmpty() && all.peek().time <= upTo) {
        Held gone = all.poll();
        ArrayDeque<Held> ofId = byId.get(gone.id);
        ofId.poll();
        if (ofId.isEmpty()) {
          byId.remove(gone.id);
        }
      }
    }
  }
}
