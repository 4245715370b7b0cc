package io.millrace.benchmarks.snapshots;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;

/**
 * How long a job takes from its start to its first row when it goes on from a snapshot: one that
 * was taken at once, and twenty later ones of a hundredth of the keys each.
 */
public final class RecoveryBenchmark {
  private static final long[] KEYS = {100_000, 300_000, 1_000_000, 3_000_000, 10_000_000};
  private static final int INCREMENTS = 20;
  private static final int ROUNDS = 3;

  private RecoveryBenchmark() {}

  /**
   * Measures, prints, and draws. The arguments are a folder for snapshots, and the file to draw.
   */
  public static void main(String[] args) throws IOException {
    System.out.printf(
        Locale.ROOT,
        "JDK %s%n%n| keys | on the heap | in files | recovery | per second |%n|---|---|---|---|---|%n",
        Runtime.version());
    List<RecoveryPlot.Point> points = new ArrayList<>();
    measure(KEYS[0], Path.of(args[0]).resolve("warm-up"));
    for (long keys : KEYS) {
      Recovery recovery = measure(keys, Path.of(args[0]).resolve("keys-" + keys));
      points.add(new RecoveryPlot.Point(recovery.heapBytes, recovery.seconds));
      System.out.printf(
          Locale.ROOT,
          "| %,d | %.0f MB | %.1f MB | %.2f s | %.1f M keys |%n",
          keys,
          recovery.heapBytes / 1e6,
          recovery.fileBytes / 1e6,
          recovery.seconds,
          keys / recovery.seconds / 1e6);
    }
    Files.write(Path.of(args[1]), new RecoveryPlot(points).svg().getBytes(StandardCharsets.UTF_8));
  }

  private record Recovery(double heapBytes, double fileBytes, double seconds) {}

  private static Recovery measure(long keys, Path folder) throws IOException {
    KeyedRows rows = new KeyedRows(keys);
    double before = used();
    double heap;
    try (KeyedJob job = new KeyedJob(rows, folder)) {
      job.fill(keys);
      for (int i = 0; i < INCREMENTS; i++) {
        rows.setRate(Long.MAX_VALUE);
        job.awaitRows(rows.given() + keys / 50);
        rows.setRate(0);
        rows.nextPart();
        job.commit();
      }
      heap = used() - before;
    }
    double files = sizeOf(folder);
    double best = Double.MAX_VALUE;
    for (int round = 0; round < ROUNDS; round++) {
      System.gc();
      long given = rows.given();
      rows.setRate(Long.MAX_VALUE);
      long start = System.nanoTime();
      try (KeyedJob job = new KeyedJob(rows, folder)) {
        while (rows.given() == given) {
          Thread.onSpinWait();
        }
        best = Math.min(best, (System.nanoTime() - start) / 1e9);
      }
    }
    return new Recovery(heap, files, best);
  }

  private static double used() {
    System.gc();
    Runtime runtime = Runtime.getRuntime();
    return runtime.totalMemory() - runtime.freeMemory();
  }

  private static double sizeOf(Path folder) throws IOException {
    try (Stream<Path> files = Files.walk(folder)) {
      return files.filter(Files::isRegularFile).mapToLong(RecoveryBenchmark::size).sum();
    }
  }

  private static long size(Path file) {
    try {
      return Files.size(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
