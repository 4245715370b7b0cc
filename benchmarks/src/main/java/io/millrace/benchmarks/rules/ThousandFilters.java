package io.millrace.benchmarks.rules;

import io.millrace.engine.Engine;
import io.millrace.engine.Input;
import io.millrace.engine.Job;
import java.lang.management.ManagementFactory;
import java.util.Arrays;
import java.util.Locale;
import java.util.SplittableRandom;

/**
 * Deploys a thousand filters on one stream, as one script and as a thousand, and feeds the stream.
 * Each reading passes about one filter. The rows that come out are compared with what they must be.
 *
 * <p>Arguments: none. The first deployment is that of a cold JVM.
 */
public final class ThousandFilters {
  private static final int RULES = 1_000;
  private static final int READINGS = 100_000;
  private static final double WARM_UP_SECONDS = 4;
  private static final double ROUND_SECONDS = 1;
  private static final int ROUNDS = 5;
  private static final String STREAM =
      "CREATE STREAM Readings (device BIGINT, level DOUBLE, ts BIGINT, TIMESTAMP BY ts);\n";

  /** A reading as an application would declare it; levels rise steeply: few are high. */
  public record Reading(long device, double level, long ts) {}

  /** How the filters differ. */
  private enum Kind {
    EQUALITY("device = constant"),
    RANGE("level > constant"),
    TWO_TERMS("level > constant AND device % 2 = 0");

    private final String title;

    Kind(String title) {
      this.title = title;
    }

    String condition(int rule) {
      String range = "level > " + (999 + rule / 1000.0);
      return switch (this) {
        case EQUALITY -> "device = " + rule;
        case RANGE -> range;
        case TWO_TERMS -> range + " AND device % 2 = 0";
      };
    }

    boolean isFulfilled(int rule, Reading reading) {
      boolean isAbove = reading.level() > 999 + rule / 1000.0;
      return switch (this) {
        case EQUALITY -> reading.device() == rule;
        case RANGE -> isAbove;
        case TWO_TERMS -> isAbove && reading.device() % 2 == 0;
      };
    }
  }

  private final Kind kind;
  private final boolean inOneScript;
  private final boolean inBatches;
  private final Reading[] readings = new Reading[READINGS];
  private long rows;

  private ThousandFilters(Kind kind, boolean inOneScript, boolean inBatches) {
    this.kind = kind;
    this.inOneScript = inOneScript;
    this.inBatches = inBatches;
    SplittableRandom random = new SplittableRandom(7);
    Arrays.setAll(
        readings, i -> new Reading(random.nextInt(RULES), random.nextInt(64_000) / 64.0, i));
  }

  /** Measures and prints. */
  public static void main(String[] args) {
    System.out.printf(
        Locale.ROOT,
        "JDK %s%n%n| filters | deployed as | deployed in | fed | readings per CPU second | rows |%n"
            + "|---|---|---|---|---|---|%n",
        Runtime.version());
    for (Kind kind : Kind.values()) {
      for (boolean inOneScript : new boolean[] {true, false}) {
        new ThousandFilters(kind, inOneScript, true).measure();
      }
      new ThousandFilters(kind, true, false).measure();
    }
    System.exit(0);
  }

  private void measure() {
    try (Engine engine = Engine.create()) {
      long start = System.nanoTime();
      Job source = inOneScript ? deployOne(engine) : deployMany(engine);
      double deployed = (System.nanoTime() - start) / 1e9;
      engine.jobs().forEach(job -> job.outputs().forEach(output -> countRowsOf(job, output)));
      Input<Reading> input = source.input("Readings", Reading.class);
      rows = 0;
      feedAll(input);
      boolean isRight = rows == expectedRows();
      feed(input, WARM_UP_SECONDS);
      double[] rates = new double[ROUNDS];
      for (int i = 0; i < ROUNDS; i++) {
        rates[i] = feed(input, ROUND_SECONDS);
      }
      Arrays.sort(rates);
      System.out.printf(
          Locale.ROOT,
          "| %s | %s | %.2f s | %s | %.2f M | %s |%n",
          kind.title,
          inOneScript ? "one script" : RULES + " scripts",
          deployed,
          inBatches ? "in batches" : "one by one",
          rates[ROUNDS / 2] / 1e6,
          isRight ? "right" : "WRONG");
    }
  }

  private Job deployOne(Engine engine) {
    StringBuilder script = new StringBuilder(STREAM);
    for (int i = 0; i < RULES; i++) {
      script.append(rule(i));
    }
    return engine.deploy(script.toString());
  }

  private Job deployMany(Engine engine) {
    Job source = engine.deploy(STREAM);
    for (int i = 0; i < RULES; i++) {
      engine.deploy(rule(i));
    }
    return source;
  }

  private String rule(int number) {
    return "CREATE STREAM Alert"
        + number
        + " AS SELECT device, level FROM Readings WHERE "
        + kind.condition(number)
        + ";\n";
  }

  private void countRowsOf(Job job, String output) {
    if (output.startsWith("Alert")) {
      job.output(output).subscribeBatches(batch -> rows += batch.size());
    }
  }

  private long expectedRows() {
    long expected = 0;
    for (Reading reading : readings) {
      for (int rule = 0; rule < RULES; rule++) {
        expected += kind.isFulfilled(rule, reading) ? 1 : 0;
      }
    }
    return expected;
  }

  private void feedAll(Input<Reading> input) {
    if (inBatches) {
      input.sendAll(readings, 0, READINGS);
      return;
    }
    for (Reading reading : readings) {
      input.send(reading);
    }
  }

  /** Readings per second of the thread's CPU time. */
  private double feed(Input<Reading> input, double seconds) {
    var threads = ManagementFactory.getThreadMXBean();
    long start = threads.getCurrentThreadCpuTime();
    long fed = 0;
    long nanos = 0;
    while (nanos < seconds * 1e9) {
      feedAll(input);
      fed += READINGS;
      nanos = threads.getCurrentThreadCpuTime() - start;
    }
    return fed * 1e9 / nanos;
  }
}
