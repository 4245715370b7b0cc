package io.millrace.benchmarks.workload;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.BufferedReader;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * Prints the table of all workloads, contenders and variants, each measured in a JVM of its own.
 *
 * <p>Arguments: classes of further contenders. System properties {@code warmup}, {@code round} and
 * {@code rounds} are handed on to {@link ContenderRun}.
 */
public final class WorkloadBenchmark {
  private static final List<String> PROPERTIES = List.of("warmup", "round", "rounds");

  private WorkloadBenchmark() {}

  /** Measures and prints. */
  public static void main(String[] args) throws Exception {
    List<String> classes = new ArrayList<>(List.of(MillraceContender.class.getName()));
    classes.addAll(List.of(args));
    List<Result> results = new ArrayList<>();
    System.out.printf(Locale.ROOT, "JDK %s%n%n%s%n", Runtime.version(), Result.header());
    for (Workload workload : Workload.values()) {
      for (String name : classes) {
        for (String variant : ContenderRun.contender(name).variants(workload)) {
          Result result = run(name, workload, variant);
          results.add(result);
          System.out.println(result.toRow());
        }
      }
    }
    printComparison(results);
    System.exit(results.stream().allMatch(Result::isEqual) ? 0 : 1);
  }

  private static Result run(String contender, Workload workload, String variant)
      throws IOException {
    List<String> command = new ArrayList<>();
    command.add(System.getProperty("java.home") + "/bin/java");
    command.addAll(List.of("-Xms3g", "-Xmx3g", "-XX:+UseParallelGC"));
    for (String property : PROPERTIES) {
      String value = System.getProperty(property);
      if (value != null) {
        command.add("-D" + property + "=" + value);
      }
    }
    command.addAll(List.of("-cp", System.getProperty("java.class.path")));
    command.add(ContenderRun.class.getName());
    command.addAll(List.of(contender, workload.name(), variant));
    Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
    StringBuilder said = new StringBuilder();
    try (BufferedReader reader = process.inputReader(UTF_8)) {
      for (String line = reader.readLine(); line != null; line = reader.readLine()) {
        if (Result.isLine(line)) {
          return Result.parse(line);
        }
        said.append(line).append('\n');
      }
    }
    throw new IllegalStateException(contender + " gave no result:\n" + said);
  }

  /** How many times the events per CPU second of the fastest peer. */
  private static void printComparison(List<Result> results) {
    System.out.println();
    for (Workload workload : Workload.values()) {
      double peer =
          results.stream()
              .filter(r -> r.workload() == workload && !isMillrace(r))
              .mapToDouble(Result::cpu)
              .max()
              .orElse(0);
      for (Result result : results) {
        if (peer > 0 && result.workload() == workload && isMillrace(result)) {
          System.out.printf(
              Locale.ROOT,
              "%s: Millrace, %s is %.1f times the fastest peer%n",
              workload.name(),
              result.variant(),
              result.cpu() / peer);
        }
      }
    }
  }

  private static boolean isMillrace(Result result) {
    return result.contender().equals("Millrace");
  }
}
