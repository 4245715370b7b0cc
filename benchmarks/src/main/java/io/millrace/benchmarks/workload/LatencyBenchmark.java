package io.millrace.benchmarks.workload;

import io.millrace.engine.Engine;
import io.millrace.engine.Input;
import io.millrace.engine.Job;
import java.util.Arrays;
import java.util.Locale;

/**
 * Prints how long it takes from the moment at which an event is due to the call of the subscriber
 * that gets what came of it, at 100,000 events a second sent one by one. An event that is sent
 * late, because the one before took long, counts from when it was due.
 */
public final class LatencyBenchmark {
  private static final long NANOS_BETWEEN = 10_000;
  private static final int EVENTS = Integer.getInteger("events", 2_000_000);
  private static final int WARM_UP = 1_000_000;
  private static final int SYMBOLS = 1_000;
  private final long[] latencies = new long[EVENTS + WARM_UP];
  private int measured;
  private long due;

  private LatencyBenchmark() {}

  /** Measures and prints. */
  public static void main(String[] args) {
    System.out.printf(
        Locale.ROOT,
        "JDK %s%n%n| query | p50 | p99 | p99.9 | longest |%n|---|---|---|---|---|%n",
        Runtime.version());
    new LatencyBenchmark()
        .run(
            "filter and project",
            "CREATE STREAM Results AS SELECT symbol, price * volume AS v FROM Trades WHERE price >= 0;");
    new LatencyBenchmark()
        .run(
            "aggregate per symbol",
            "CREATE STREAM Results AS SELECT symbol, count(*) AS n, sum(price) AS v FROM Trades"
                + " GROUP BY symbol;");
    new LatencyBenchmark()
        .run(
            "last 100 events per symbol",
            "CREATE STREAM Results AS SELECT symbol, avg(price) AS v FROM Trades WINDOW LENGTH (100)"
                + " PARTITION BY symbol;");
  }

  private void run(String name, String query) {
    try (Engine engine = Engine.create()) {
      Job job = engine.deploy(MillraceContender.TRADES + query);
      job.output("Results")
          .subscribeBatches(batch -> latencies[measured++] = System.nanoTime() - due);
      Input<MillraceContender.Event> input = job.input("Trades", MillraceContender.Event.class);
      MillraceContender.Event[] events = new MillraceContender.Event[SYMBOLS];
      Arrays.setAll(
          events, i -> new MillraceContender.Event("SYM" + i, i / 4.0, i, 1_700_000_000_000L));
      long start = System.nanoTime();
      for (int i = 0; i < EVENTS + WARM_UP; i++) {
        due = start + i * NANOS_BETWEEN;
        while (System.nanoTime() < due) {
          Thread.onSpinWait();
        }
        input.send(events[i % SYMBOLS]);
      }
    }
    long[] sorted = Arrays.copyOfRange(latencies, WARM_UP, measured);
    Arrays.sort(sorted);
    System.out.printf(
        Locale.ROOT,
        "| %s | %s | %s | %s | %s |%n",
        name,
        micros(sorted, 0.5),
        micros(sorted, 0.99),
        micros(sorted, 0.999),
        micros(sorted, 1));
  }

  private static String micros(long[] sorted, double share) {
    int index = Math.min(sorted.length - 1, (int) (sorted.length * share));
    return String.format(Locale.ROOT, "%.1f µs", sorted[index] / 1e3);
  }
}
