package io.millrace.benchmarks.workload;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * Prints how many events per second of wall time a grouped query takes in 1, 2 and 4 tasks: one
 * with much work per event, two of that kind by different keys, the second of what the first one
 * sends, and W2, whose work per event is about what it costs to hand the event over.
 *
 * <p>System properties {@code warmup} and {@code round} say seconds, {@code rounds} how many of
 * them for each number of tasks.
 */
public final class ScalingBenchmark {
  private static final double WARM_UP = Double.parseDouble(System.getProperty("warmup", "4"));
  private static final double ROUND = Double.parseDouble(System.getProperty("round", "1"));
  private static final int ROUNDS = Integer.getInteger("rounds", 5);
  private static final List<Integer> TASKS = List.of(1, 2, 4);
  private static final String HEAVY =
      """
      CREATE STREAM Results AS
        SELECT symbol, count(*) AS n,
               sum(exp(price / 1000) * sin(price) + ln(price + 1) * sqrt(volume)
                   + pow(price / 1000, 1.5) * cos(volume / 1000.0)) AS score
        FROM Trades WINDOW TUMBLING (1 SEC) GROUP BY symbol;
      """;

  private static final String REGROUPED =
      """
      CREATE STREAM Sums AS
        SELECT symbol, last(volume) AS lot, last(price) AS price,
               sum(exp(price / 1000) * sin(price) + ln(price + 1) * sqrt(volume)) AS score
        FROM Trades GROUP BY symbol;
      CREATE STREAM Results AS
        SELECT lot, count(*) AS n, sum(pow(price / 1000, 1.5) * cos(score)) AS score
        FROM Sums GROUP BY lot;
      """;

  private ScalingBenchmark() {}

  /** Measures and prints. */
  public static void main(String[] args) {
    Map<String, String> queries = new LinkedHashMap<>();
    queries.put("much work per event", HEAVY);
    queries.put("much work, by two keys one behind the other", REGROUPED);
    queries.put("W2", MillraceContender.query(Workload.W2));
    System.out.printf(
        Locale.ROOT,
        "JDK %s, %d processors%n%n| query | tasks | events per second | to one task |%n"
            + "|---|---|---|---|%n",
        Runtime.version(),
        Runtime.getRuntime().availableProcessors());
    queries.forEach(ScalingBenchmark::print);
  }

  private static void print(String name, String query) {
    double alone = 0;
    for (int tasks : TASKS) {
      double rate = measure(query, tasks);
      alone = tasks == 1 ? rate : alone;
      System.out.printf(
          Locale.ROOT, "| %s | %d | %.1f M | %.2f |%n", name, tasks, rate / 1e6, rate / alone);
    }
  }

  private static double measure(String query, int tasks) {
    try (Feeder feeder = new Feeder(new Spread(query, tasks), Workload.W2, "tasks")) {
      feeder.warmUp(WARM_UP);
      double[] rates = new double[ROUNDS];
      for (int i = 0; i < ROUNDS; i++) {
        System.gc();
        rates[i] = feeder.round(ROUND).wall();
      }
      Arrays.sort(rates);
      return rates[ROUNDS / 2];
    }
  }

  /** A query in tasks. */
  private record Spread(String query, int tasks) implements Contender {
    @Override
    public String name() {
      return "Millrace, " + tasks;
    }

    @Override
    public List<String> variants(Workload workload) {
      return List.of("tasks");
    }

    @Override
    public Session open(Workload workload, String variant, Checksum results) {
      return MillraceContender.open(query, tasks, batch -> results.count(batch.size()));
    }
  }
}
