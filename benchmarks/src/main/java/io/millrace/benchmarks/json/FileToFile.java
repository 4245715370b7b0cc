package io.millrace.benchmarks.json;

import com.sun.management.OperatingSystemMXBean;
import io.millrace.engine.Engine;
import io.millrace.engine.Job;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.Locale;
import java.util.stream.Stream;

/**
 * Events a second from a JSON file to a JSON file through the engine and its file connector: all
 * events pass a projection, or a tenth of them a filter. Rounds are whole jobs in one JVM; the
 * figures are medians of those after the warm-up, per second of CPU time of the whole process.
 */
public final class FileToFile {
  private static final int EVENTS = 100_000;
  private static final int COPIES = 20;
  private static final int WARM_UP = 3;
  private static final int ROUNDS = 5;
  private static final OperatingSystemMXBean PROCESS =
      (OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();

  private final Path folder;

  private FileToFile(Path folder) {
    this.folder = folder;
  }

  /** Prints the table. */
  public static void main(String[] args) throws IOException {
    Path folder = Files.createTempDirectory("millrace-benchmark");
    try {
      TradeLines lines = TradeLines.generate(EVENTS);
      try (OutputStream out = Files.newOutputStream(folder.resolve("trades.json"))) {
        for (int i = 0; i < COPIES; i++) {
          out.write(lines.bytes());
        }
      }
      System.out.printf(
          Locale.ROOT,
          "JDK %s, %d events of %.1f bytes%n%n"
              + "| JSON file to JSON file | events per CPU second | per second of wall time | lines |%n"
              + "|---|---|---|---|%n",
          Runtime.version(),
          EVENTS * COPIES,
          (double) lines.bytes().length / EVENTS);
      FileToFile benchmark = new FileToFile(folder);
      benchmark.measure("all events, four fields", "price >= 0");
      benchmark.measure("a tenth of the events, four fields", "price > 900");
    } finally {
      delete(folder);
    }
    System.exit(0);
  }

  private void measure(String what, String condition) throws IOException {
    double[] cpu = new double[ROUNDS];
    double[] wall = new double[ROUNDS];
    long lines = 0;
    for (int i = -WARM_UP; i < ROUNDS; i++) {
      Path out = folder.resolve("out-" + condition.hashCode() + "-" + (i + WARM_UP) + ".json");
      long start = System.nanoTime();
      long startCpu = PROCESS.getProcessCpuTime();
      runJob(condition, out);
      double events = EVENTS * COPIES * 1e9;
      if (i >= 0) {
        cpu[i] = events / (PROCESS.getProcessCpuTime() - startCpu);
        wall[i] = events / (System.nanoTime() - start);
      }
      lines = countLines(out);
      Files.delete(out);
    }
    Arrays.sort(cpu);
    Arrays.sort(wall);
    System.out.printf(
        Locale.ROOT,
        "| %s | %.2f M | %.2f M | %d |%n",
        what,
        cpu[ROUNDS / 2] / 1e6,
        wall[ROUNDS / 2] / 1e6,
        lines);
  }

  private void runJob(String condition, Path out) {
    try (Engine engine = Engine.create()) {
      Job job =
          engine.deploy(
              """
              CREATE STREAM Trades (ts BIGINT, symbol STRING, price DOUBLE, volume INT, buy BOOLEAN)
                WITH (connector = 'file', path = '%s', format = 'json');
              CREATE STREAM Worths WITH (connector = 'file', path = '%s', format = 'json') AS
                SELECT ts, symbol, price * volume AS value, buy FROM Trades WHERE %s;
              """
                  .formatted(folder.resolve("trades.json"), out, condition));
      job.start();
      if (!job.await(Duration.ofMinutes(2))) {
        throw new IllegalStateException("the job did not end");
      }
    }
  }

  private static long countLines(Path file) throws IOException {
    try (Stream<String> lines = Files.lines(file)) {
      return lines.count();
    }
  }

  private static void delete(Path folder) throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      files.forEach(FileToFile::deleteFile);
    }
    Files.delete(folder);
  }

  private static void deleteFile(Path file) {
    try {
      Files.delete(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
