package io.millrace.benchmarks.disorder;

import io.millrace.engine.Engine;
import io.millrace.engine.Input;
import io.millrace.engine.Job;
import io.millrace.spi.data.Batch;
import java.lang.management.ManagementFactory;
import java.util.Arrays;
import java.util.Locale;
import java.util.SplittableRandom;

/**
 * Feeds a stream that declares a second of disorder with rows of which none, 1, 10 and 50 % are
 * late by up to that second, for queries in front of which rows are sorted. What comes out is
 * checked to be all there, and in order.
 *
 * <p>Arguments: none.
 */
public final class DisorderBenchmark {
  private static final int ROWS = 100_000;
  private static final int SLACK = 1_000;
  private static final int KEYS = 1_000;
  private static final double WARM_UP_SECONDS =
      Double.parseDouble(System.getProperty("warmup", "3"));
  private static final double ROUND_SECONDS = Double.parseDouble(System.getProperty("round", "1"));
  private static final int ROUNDS = Integer.getInteger("rounds", 5);
  private static final int[] SHARES = {0, 1, 10, 50};

  /** A reading as an application would declare it. */
  public record Reading(long device, double level, long ts) {}

  /** What is asked of the rows in order. */
  private enum Query {
    PASSED("rows passed on", "SELECT device, level FROM Readings WINDOW TIME (1 MIN)"),
    SUMMED(
        "sum of the last 100 of each of 1,000 keys",
        "SELECT device, sum(level) AS total FROM Readings WINDOW LENGTH (100)"
            + " GROUP BY device PARTITION BY device");

    private final String title;
    private final String sql;

    Query(String title, String sql) {
      this.title = title;
      this.sql = sql;
    }
  }

  private final Query query;
  private final int share;
  private final SplittableRandom random = new SplittableRandom(7);
  private final Reading[] readings = new Reading[ROWS];
  private long time;
  private long fed;
  private long came;
  private long newest = Long.MIN_VALUE;
  private boolean isRight = true;

  private DisorderBenchmark(Query query, int share) {
    this.query = query;
    this.share = share;
  }

  /** Measures and prints. */
  public static void main(String[] args) {
    System.out.printf(
        Locale.ROOT,
        "JDK %s%n%n| query | late rows | rows per CPU second | of sorted rows | result |%n"
            + "|---|---|---|---|---|%n",
        Runtime.version());
    boolean isAllRight = true;
    for (Query query : Query.values()) {
      double sorted = 0;
      for (int share : SHARES) {
        DisorderBenchmark run = new DisorderBenchmark(query, share);
        double rate = run.measure();
        sorted = share == 0 ? rate : sorted;
        System.out.printf(
            Locale.ROOT,
            "| %s | %d %% | %.2f M | %.2f | %s |%n",
            query.title,
            share,
            rate / 1e6,
            rate / sorted,
            run.isRight ? "right" : "WRONG");
        isAllRight &= run.isRight;
      }
    }
    System.exit(isAllRight ? 0 : 1);
  }

  private double measure() {
    try (Engine engine = Engine.create()) {
      Job job =
          engine.deploy(
              "CREATE STREAM Readings (device BIGINT, level DOUBLE, ts BIGINT, WATERMARK FOR ts AS"
                  + " ts - 1 SECOND);\nCREATE STREAM Result AS "
                  + query.sql
                  + ";");
      job.output("Result").subscribeBatches(this::check);
      Input<Reading> input = job.input("Readings", Reading.class);
      feed(input, WARM_UP_SECONDS);
      double[] rates = new double[ROUNDS];
      for (int i = 0; i < ROUNDS; i++) {
        rates[i] = feed(input, ROUND_SECONDS);
      }
      input.end();
      isRight &= came == fed;
      Arrays.sort(rates);
      return rates[ROUNDS / 2];
    }
  }

  private void check(Batch batch) {
    came += batch.size();
    long[] rowtimes = batch.rowtimes();
    for (int row = 0; row < batch.size(); row++) {
      isRight &= rowtimes[row] >= newest;
      newest = rowtimes[row];
    }
  }

  /** Makes the next rows: a millisecond apart, some of them late. */
  private void makeRows() {
    for (int i = 0; i < ROWS; i++) {
      boolean isLate = random.nextInt(100) < share;
      long ts = ++time - (isLate ? 1 + random.nextInt(SLACK) : 0);
      readings[i] = new Reading(random.nextInt(KEYS), random.nextInt(64_000) / 64.0, ts);
    }
  }

  /** Rows per second of the thread's CPU time; making them is not counted. */
  private double feed(Input<Reading> input, double seconds) {
    var threads = ManagementFactory.getThreadMXBean();
    long rows = 0;
    long nanos = 0;
    while (nanos < seconds * 1e9) {
      makeRows();
      long start = threads.getCurrentThreadCpuTime();
      input.sendAll(readings, 0, ROWS);
      nanos += threads.getCurrentThreadCpuTime() - start;
      rows += ROWS;
    }
    fed += rows;
    return rows * 1e9 / nanos;
  }
}
