package io.millrace.benchmarks.workload;

import java.util.Locale;

/**
 * What a contender reached: medians of the rounds, events per second. It travels from the measuring
 * JVM as a line of text.
 *
 * @param cpu events per CPU second
 * @param lowest the slowest round's
 * @param highest the fastest round's
 * @param wall events per second of wall time
 * @param reference what the hand-written loop reached between these rounds, per CPU second
 * @param isEqual whether the rows are those of the hand-written loop
 */
record Result(
    Workload workload,
    String contender,
    String variant,
    double cpu,
    double lowest,
    double highest,
    double wall,
    double reference,
    boolean isEqual) {
  private static final String PREFIX = "result ";

  String toLine() {
    return PREFIX
        + String.join(
            ",",
            workload.name(),
            contender,
            variant,
            Double.toString(cpu),
            Double.toString(lowest),
            Double.toString(highest),
            Double.toString(wall),
            Double.toString(reference),
            Boolean.toString(isEqual));
  }

  static boolean isLine(String line) {
    return line.startsWith(PREFIX);
  }

  static Result parse(String line) {
    String[] parts = line.substring(PREFIX.length()).split(",", -1);
    return new Result(
        Workload.valueOf(parts[0]),
        parts[1],
        parts[2],
        Double.parseDouble(parts[3]),
        Double.parseDouble(parts[4]),
        Double.parseDouble(parts[5]),
        Double.parseDouble(parts[6]),
        Double.parseDouble(parts[7]),
        Boolean.parseBoolean(parts[8]));
  }

  static String header() {
    return """
    | workload | contender | events per CPU second (slowest to fastest round) | per second of wall time \
    | hand-written, same JVM | ratio | rows |
    |---|---|---|---|---|---|---|""";
  }

  String toRow() {
    return String.format(
        Locale.ROOT,
        "| %s | %s, %s | %.1f M (%.1f to %.1f) | %.1f M | %.0f M | %.2f | %s |",
        workload.title(),
        contender,
        variant,
        cpu / 1e6,
        lowest / 1e6,
        highest / 1e6,
        wall / 1e6,
        reference / 1e6,
        cpu / reference,
        isEqual ? "equal" : "DIFFERENT");
  }
}
