package io.millrace.testkit.operator;

import java.util.List;

/**
 * One way of giving the same input to an operator.
 *
 * @param turn the greatest number of source rows in a turn
 * @param call the greatest number of rows in a batch that the operator is given
 * @param outputBatch what the operator is told is the size of a batch
 * @param restores whether its state is saved, and restored into a fresh one, after each turn
 */
record HarnessMode(int turn, int call, int outputBatch, boolean restores) {
  /** All ways; the first one is what the others are compared with. */
  static final List<HarnessMode> ALL =
      List.of(
          new HarnessMode(1, 1, 1024, false),
          new HarnessMode(7, 7, 1024, false),
          new HarnessMode(1024, 1024, 1024, false),
          new HarnessMode(1024, 3, 2, false),
          new HarnessMode(1, 1, 1024, true),
          new HarnessMode(7, 7, 1024, true),
          new HarnessMode(1024, 1024, 1024, true),
          new HarnessMode(7, 2, 1, true));

  @Override
  public String toString() {
    return "turns of "
        + turn
        + ", batches of "
        + call
        + (outputBatch == 1024 ? "" : ", output batches of " + outputBatch)
        + (restores ? ", restored after each turn" : "");
  }
}
