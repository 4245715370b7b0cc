package io.millrace.operators.aggregate;

/** Reads compensated sums. */
public final class DoubleSums {
  private DoubleSums() {}

  /** The sum with its errors; of a sum that is infinite or NaN the error means nothing. */
  public static double sum(double sum, double error) {
    return Double.isFinite(sum) ? sum + error : sum;
  }
}
