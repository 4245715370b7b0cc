package io.millrace.benchmarks.state;

import io.millrace.engine.Deployment;
import io.millrace.engine.Engine;
import io.millrace.engine.Input;
import io.millrace.engine.Job;
import java.io.IOException;
import java.io.PrintStream;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Random;

/**
 * A window of the last 1,000 rows for each of many keys: what it takes when all are full, and how
 * fast rows of any key and of few keys are, by the time of the thread that sends them. Arguments:
 * heap or chronicle, the number of keys, a folder for files.
 */
public final class WindowCost {
  private static final int LENGTH = 1_000;
  private static final int FEW_KEYS = 100;
  private static final long MEASURED_NANOS = 5_000_000_000L;
  private static final String QUERY =
      """
      CREATE STREAM Rows (k BIGINT, v DOUBLE);
      CREATE STREAM Sums AS SELECT k, sum(v) AS s FROM Rows WINDOW LENGTH (1000) PARTITION BY k;
      """;

  private static final ThreadMXBean THREADS = ManagementFactory.getThreadMXBean();

  private final PrintStream out = new PrintStream(System.out, true, StandardCharsets.UTF_8);
  private final Random random = new Random(1);
  private final Row[] rows = new Row[LENGTH];
  private final String backend;
  private final int keys;
  private final Path folder;
  private double check;

  /** What is sent. */
  public record Row(long k, double v) {}

  private WindowCost(String backend, int keys, Path folder) {
    this.backend = backend;
    this.keys = keys;
    this.folder = folder;
  }

  public static void main(String[] arguments) throws IOException {
    Path folder = Files.createDirectories(Path.of(arguments[2]));
    new WindowCost(arguments[0], Integer.parseInt(arguments[1]), folder).run();
  }

  private void run() throws IOException {
    out.printf("%s, %d keys with %d rows each%n", backend, keys, LENGTH);
    long before = Footprint.ofHeap();
    try (Engine engine = Engine.create()) {
      Job job =
          engine.deploy(
              Deployment.of(QUERY)
                  .withSetting("state.backend", backend)
                  .withSetting("state.dir", folder.toString()));
      job.output("Sums").subscribeBatches(batch -> check += batch.size());
      Input<Row> input = job.input("Rows", Row.class);
      long start = THREADS.getCurrentThreadCpuTime();
      for (int key = 0; key < keys; key++) {
        for (int i = 0; i < LENGTH; i++) {
          rows[i] = new Row(key, random.nextInt(1_000_000) / 64.0);
        }
        input.sendAll(rows, 0, LENGTH);
      }
      print("filling, key by key", (long) keys * LENGTH, THREADS.getCurrentThreadCpuTime() - start);
      out.printf("heap: %.1f MB%n", (Footprint.ofHeap() - before) / 1e6);
      out.printf("files: %.1f MB%n", Footprint.ofFiles(folder) / 1e6);
      measure("rows of any key", input, keys);
      measure("rows of " + FEW_KEYS + " keys", input, FEW_KEYS);
      out.printf("heap: %.1f MB%n", (Footprint.ofHeap() - before) / 1e6);
      out.printf("files: %.1f MB, %.0f results%n", Footprint.ofFiles(folder) / 1e6, check);
    }
  }

  private void measure(String what, Input<Row> input, int among) {
    long start = THREADS.getCurrentThreadCpuTime();
    long sent = 0;
    while (THREADS.getCurrentThreadCpuTime() - start < MEASURED_NANOS) {
      for (int i = 0; i < LENGTH; i++) {
        rows[i] = new Row(random.nextInt(among), random.nextInt(1_000_000) / 64.0);
      }
      input.sendAll(rows, 0, LENGTH);
      sent += LENGTH;
    }
    print(what, sent, THREADS.getCurrentThreadCpuTime() - start);
  }

  private void print(String what, long count, long nanos) {
    out.printf("%s: %.0f ns each, %.2f M/s%n", what, (double) nanos / count, count * 1e3 / nanos);
  }
}
