package io.millrace.benchmarks.workload;

import java.util.Arrays;

/**
 * Measures one variant of one contender in this JVM, and prints a {@link Result} line. Rounds of
 * the contender and of the hand-written loop take turns, so that their ratio holds on a machine
 * that others use too.
 *
 * <p>Arguments: class of the contender, workload, variant. System properties {@code warmup} and
 * {@code round} say seconds, {@code rounds} how many.
 */
final class ContenderRun {
  private static final double WARM_UP = Double.parseDouble(System.getProperty("warmup", "5"));
  private static final double ROUND = Double.parseDouble(System.getProperty("round", "1"));
  private static final int ROUNDS = Integer.getInteger("rounds", 5);

  private ContenderRun() {}

  public static void main(String[] args) throws ReflectiveOperationException {
    Contender contender = contender(args[0]);
    Workload workload = Workload.valueOf(args[1]);
    String variant = args[2];
    boolean isEqual = hasRowsOfReference(contender, workload, variant);
    System.out.println(measure(contender, workload, variant, isEqual).toLine());
    System.exit(0);
  }

  static Contender contender(String className) throws ReflectiveOperationException {
    return (Contender) Class.forName(className).getDeclaredConstructor().newInstance();
  }

  private static boolean hasRowsOfReference(
      Contender contender, Workload workload, String variant) {
    try (Feeder found = new Feeder(contender, workload, variant);
        Feeder expected = reference(workload)) {
      found.feedPasses(workload.comparedPasses());
      expected.feedPasses(workload.comparedPasses());
      return expected.results().rows() > 0 && found.results().isSameAs(expected.results());
    }
  }

  private static Feeder reference(Workload workload) {
    return new Feeder(new ReferenceContender(), workload, "loop");
  }

  private static Result measure(
      Contender contender, Workload workload, String variant, boolean isEqual) {
    double[] cpu = new double[ROUNDS];
    double[] wall = new double[ROUNDS];
    double[] byHand = new double[ROUNDS];
    try (Feeder feeder = new Feeder(contender, workload, variant);
        Feeder reference = reference(workload)) {
      reference.warmUp(WARM_UP / 2);
      feeder.warmUp(WARM_UP);
      for (int i = 0; i < ROUNDS; i++) {
        System.gc();
        byHand[i] = reference.round(ROUND).cpu();
        System.gc();
        Feeder.Rates rates = feeder.round(ROUND);
        cpu[i] = rates.cpu();
        wall[i] = rates.wall();
      }
    }
    Arrays.sort(cpu);
    return new Result(
        workload,
        contender.name(),
        variant,
        median(cpu),
        cpu[0],
        cpu[ROUNDS - 1],
        median(wall),
        median(byHand),
        isEqual);
  }

  private static double median(double[] values) {
    double[] sorted = values.clone();
    Arrays.sort(sorted);
    return sorted[sorted.length / 2];
  }
}
