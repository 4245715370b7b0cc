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
 * Windows that are open for many keys, and a join whose rows wait: what they take, and what a row
 * and the end of the windows cost, by the time of the thread that sends. Arguments: heap or
 * chronicle; hopping, session or join; the number of keys; a folder for files.
 */
public final class OpenWindowCost {
  private static final int BATCH = 1_000;
  private static final long HOUR = 3_600_000;
  private static final String STREAMS =
      """
      CREATE STREAM L (k BIGINT, v DOUBLE, ts BIGINT, TIMESTAMP BY ts);
      CREATE STREAM R (k BIGINT, v DOUBLE, ts BIGINT, TIMESTAMP BY ts);
      """;

  private static final ThreadMXBean THREADS = ManagementFactory.getThreadMXBean();

  private final PrintStream out = new PrintStream(System.out, true, StandardCharsets.UTF_8);
  private final Random random = new Random(1);
  private final Row[] rows = new Row[BATCH];
  private final String backend;
  private final String query;
  private final int keys;
  private final Path folder;
  private long results;

  /** What is sent. */
  public record Row(long k, double v, long ts) {}

  private OpenWindowCost(String backend, String query, int keys, Path folder) {
    this.backend = backend;
    this.query = query;
    this.keys = keys;
    this.folder = folder;
  }

  public static void main(String[] arguments) throws IOException {
    Path folder = Files.createDirectories(Path.of(arguments[3]));
    new OpenWindowCost(arguments[0], arguments[1], Integer.parseInt(arguments[2]), folder).run();
  }

  private String select() {
    return switch (query) {
      case "hopping" ->
          "SELECT k, count(*) AS n, sum(v) AS s FROM L WINDOW HOPPING (2 HOURS, 1 HOUR) GROUP BY k";
      case "session" ->
          "SELECT k, count(*) AS n, sum(v) AS s FROM L WINDOW SESSION (1 HOUR) GROUP BY k";
      case "join" -> "SELECT L.k, L.v AS v, R.v AS w FROM L JOIN R WITHIN 12 HOURS ON L.k = R.k";
      default -> throw new IllegalArgumentException("no query '" + query + "'");
    };
  }

  private void run() throws IOException {
    out.printf("%s, %s, %d keys%n", backend, query, keys);
    long before = Footprint.ofHeap();
    try (Engine engine = Engine.create()) {
      Job job =
          engine.deploy(
              Deployment.of(STREAMS + "CREATE STREAM O AS " + select() + ";")
                  .withSetting("state.backend", backend)
                  .withSetting("state.dir", folder.toString()));
      job.output("O").subscribeBatches(batch -> results += batch.size());
      Input<Row> left = job.input("L", Row.class);
      Input<Row> right = job.input("R", Row.class);
      if (!query.equals("join")) {
        right.end();
      }
      send("a row of each key", left, 0, false);
      print(before);
      send("a row of any key", query.equals("join") ? right : left, HOUR / 2, true);
      print(before);
      if (query.equals("hopping")) {
        send("a row of any key in the next pane", left, HOUR, true);
        print(before);
      }
      long start = THREADS.getCurrentThreadCpuTime();
      long wall = System.nanoTime();
      left.end();
      if (query.equals("join")) {
        right.end();
      }
      out.printf(
          "the end: %.2f s, %.2f s by the clock, %d results%n",
          (THREADS.getCurrentThreadCpuTime() - start) / 1e9,
          (System.nanoTime() - wall) / 1e9,
          results);
    }
  }

  private void send(String what, Input<Row> input, long time, boolean isOfAnyKey) {
    long start = THREADS.getCurrentThreadCpuTime();
    for (int from = 0; from < keys; from += BATCH) {
      for (int i = 0; i < BATCH; i++) {
        long key = isOfAnyKey ? random.nextInt(keys) : from + i;
        long at = time + (long) (from + i) * (HOUR / 2 - 1) / keys;
        rows[i] = new Row(key, random.nextInt(1_000_000) / 64.0, at);
      }
      input.sendAll(rows, 0, BATCH);
    }
    long nanos = THREADS.getCurrentThreadCpuTime() - start;
    out.printf("%s: %.2f µs each%n", what, nanos / 1e3 / keys);
  }

  private void print(long before) throws IOException {
    out.printf(
        "heap: %.1f MB, files: %.1f MB%n",
        (Footprint.ofHeap() - before) / 1e6, Footprint.ofFiles(folder) / 1e6);
  }
}
