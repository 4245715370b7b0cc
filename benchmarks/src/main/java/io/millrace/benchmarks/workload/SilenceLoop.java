package io.millrace.benchmarks.workload;

import it.unimi.dsi.fastutil.objects.Object2ObjectOpenHashMap;
import java.util.ArrayDeque;

/**
 * {@link Workload#W7} by hand: a queue of all that wait for the end of their minute, and for each
 * symbol how many volumes have come that end the waiting. Those that wait have noted this number,
 * so that such a volume ends them all at once.
 */
final class SilenceLoop extends ReferenceContender.Loop {
  private static final double FIRST = 990;
  private static final long VOLUME = 16;
  private static final long SILENT_MILLIS = 60_000;
  private final Object2ObjectOpenHashMap<String, Symbol> symbols = new Object2ObjectOpenHashMap<>();
  private final ArrayDeque<Waiting> queue = new ArrayDeque<>();

  /** When the first of the queue has waited long enough. */
  private long due = Long.MAX_VALUE;

  SilenceLoop(Checksum results) {
    super(results);
  }

  @Override
  public void feed(int set, int from, int to) {
    Trade[] trades = sets[set];
    for (int i = from; i < to; i++) {
      Trade trade = trades[i];
      if (trade.time >= due) {
        sendDue(trade.time);
      }
      if (trade.volume < VOLUME) {
        Symbol symbol = symbols.get(trade.symbol);
        if (symbol != null) {
          symbol.ends++;
        }
      }
      if (trade.price > FIRST) {
        hold(trade);
      }
    }
  }

  private void hold(Trade trade) {
    Symbol symbol = symbols.get(trade.symbol);
    if (symbol == null) {
      symbol = new Symbol(trade.symbol);
      symbols.put(trade.symbol, symbol);
    }
    long end = trade.time + SILENT_MILLIS;
    if (queue.isEmpty()) {
      due = end;
    }
    queue.add(new Waiting(symbol, symbol.ends, trade.price, end));
  }

  private void sendDue(long time) {
    Waiting first = queue.peek();
    while (first != null && first.end <= time) {
      if (first.symbol.ends == first.ends) {
        results.add(first.symbol.name, first.price);
      }
      queue.remove();
      first = queue.peek();
    }
    due = first == null ? Long.MAX_VALUE : first.end;
  }

  private record Waiting(Symbol symbol, int ends, double price, long end) {}

  private static final class Symbol {
    private final String name;
    private int ends;

    Symbol(String name) {
      this.name = name;
    }
  }
}
