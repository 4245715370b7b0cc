package io.millrace.benchmarks.snapshots;

import io.millrace.runtime.commit.SnapshotMetrics;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.locks.LockSupport;

/**
 * What snapshots every second cost a job with 1 GB of state of which a hundredth changes from one
 * to the next: rows a second, the pauses, and how long rows take from when they are due. The same
 * job runs for a while without snapshots, with them, and without them again.
 */
public final class SnapshotBenchmark {
  private static final CompletableFuture<?> COMMITTED = CompletableFuture.completedFuture(null);
  private static final long KEYS = Long.getLong("keys", 12_000_000);
  private static final int SECONDS = Integer.getInteger("seconds", 24);
  private static final int WARM_UP = 5;
  private static final long RATE = Long.getLong("rate", 100_000);
  private static final long SECOND = 1_000_000_000;
  private final KeyedJob job;
  private final List<Long> pauses = new ArrayList<>();
  private final List<Long> durations = new ArrayList<>();
  private final List<Long> bytes = new ArrayList<>();
  private long lastSeen;

  private SnapshotBenchmark(KeyedJob job) {
    this.job = job;
  }

  /** Measures and prints. The argument is a folder for snapshots. */
  public static void main(String[] args) {
    System.out.printf(Locale.ROOT, "JDK %s, %,d keys%n%n", Runtime.version(), KEYS);
    long before = used();
    KeyedRows rows = new KeyedRows(KEYS);
    try (KeyedJob job = new KeyedJob(rows, Path.of(args[0]))) {
      job.fill(KEYS);
      System.out.printf(
          Locale.ROOT, "%s; on the heap: %.2f GB%n", job.description(), (used() - before) / 1e9);
      SnapshotBenchmark benchmark = new SnapshotBenchmark(job);
      benchmark.throughput();
      benchmark.latency();
    }
  }

  private static long used() {
    System.gc();
    Runtime runtime = Runtime.getRuntime();
    return runtime.totalMemory() - runtime.freeMemory();
  }

  private void throughput() {
    job.rows().setRate(Long.MAX_VALUE);
    run(WARM_UP, true);
    forget();
    double[] first = run(SECONDS / 2, false);
    double[] with = run(SECONDS, true);
    double[] second = run(SECONDS / 2, false);
    double[] without = concat(first, second);
    System.out.printf(
        Locale.ROOT, "%n| rows per second | mean | median | slowest second |%n|---|---|---|---|%n");
    print("without snapshots", without);
    print("with a snapshot every second", with);
    System.out.printf(Locale.ROOT, "%nratio of the means: %.3f%n", mean(with) / mean(without));
    printSnapshots();
  }

  private void latency() {
    job.rows().setRate(RATE);
    System.out.printf(
        Locale.ROOT,
        "%n| %,d rows per second | p50 | p99 | p99.9 | longest |%n|---|---|---|---|---|%n",
        RATE);
    for (boolean snapshots : new boolean[] {false, true}) {
      run(WARM_UP, snapshots);
      forget();
      Latencies latencies = new Latencies((int) (RATE * SECONDS));
      job.measure(latencies);
      run(SECONDS / 2, snapshots);
      job.measure(null);
      System.out.printf(
          Locale.ROOT,
          "| %s | %s%n",
          snapshots ? "a snapshot every second" : "no snapshots",
          latencies.cells());
    }
    printSnapshots();
  }

  private void forget() {
    pauses.clear();
    durations.clear();
    bytes.clear();
  }

  /** Runs for some seconds, and gives the rows of each. */
  private double[] run(int seconds, boolean snapshots) {
    double[] rates = new double[seconds];
    if (snapshots) {
      // what has changed in the time before belongs to no interval
      job.job().commit().join();
    }
    long start = System.nanoTime();
    for (int second = 0; second < seconds; second++) {
      long from = job.rows().given();
      long fromNanos = System.nanoTime();
      CompletableFuture<?> commit = snapshots ? job.job().commit() : COMMITTED;
      job.rows().nextPart();
      while (System.nanoTime() < start + (second + 1) * SECOND) {
        LockSupport.parkNanos(5_000_000);
      }
      rates[second] =
          (job.rows().given() - from) * (double) SECOND / (System.nanoTime() - fromNanos);
      commit.join();
      note(job.job().metrics().snapshots());
    }
    return rates;
  }

  private void note(SnapshotMetrics metrics) {
    if (metrics.lastId() != lastSeen) {
      lastSeen = metrics.lastId();
      pauses.add(metrics.lastPauseNanos());
      durations.add(metrics.lastDurationMillis());
      bytes.add(metrics.lastBytes());
    }
  }

  private void printSnapshots() {
    System.out.printf(
        Locale.ROOT,
        "%d snapshots: pause p50 %.1f ms, p99 %.1f ms; from begin to commit p50 %d ms, longest %d ms;"
            + " %.1f MB%n",
        pauses.size(),
        at(pauses, 0.5) / 1e6,
        at(pauses, 0.99) / 1e6,
        at(durations, 0.5),
        at(durations, 1),
        at(bytes, 0.5) / 1e6);
  }

  private static long at(List<Long> values, double share) {
    List<Long> sorted = values.stream().sorted().toList();
    return sorted.get(Math.min(sorted.size() - 1, (int) (sorted.size() * share)));
  }

  private static void print(String name, double[] rates) {
    double[] sorted = rates.clone();
    Arrays.sort(sorted);
    System.out.printf(
        Locale.ROOT,
        "| %s | %.2f M | %.2f M | %.2f M |%n",
        name,
        mean(rates) / 1e6,
        sorted[sorted.length / 2] / 1e6,
        sorted[0] / 1e6);
  }

  private static double mean(double[] values) {
    return Arrays.stream(values).average().orElse(0);
  }

  private static double[] concat(double[] first, double[] second) {
    double[] all = Arrays.copyOf(first, first.length + second.length);
    System.arraycopy(second, 0, all, first.length, second.length);
    return all;
  }
}
