package io.millrace.testkit.operator;

import java.util.List;

/**
 * One way of giving the same input to an operator.
 *
 * @param turn the greatest number of source rows in a turn
 * @param call the greatest number of rows in a batch that the operator is given
 * @param outputBatch what the operator is told is the size of a batch
 * @param saving when its state is saved
 */
record HarnessMode(int turn, int call, int outputBatch, Saving saving) {
  /** When state is saved. */
  enum Saving {
    /** Never. */
    NONE,

    /** After each turn, and then it is restored into a fresh one. */
    RESTORED,

    /**
     * As it is after each turn, but not taken out before another turn, which is undone by restoring
     * it into a fresh one.
     */
    RESTORED_A_TURN_LATER
  }

  /** All ways; the first one is what the others are compared with. */
  static final List<HarnessMode> ALL =
      List.of(
          new HarnessMode(1, 1, 1024, Saving.NONE),
          new HarnessMode(7, 7, 1024, Saving.NONE),
          new HarnessMode(1024, 1024, 1024, Saving.NONE),
          new HarnessMode(1024, 3, 2, Saving.NONE),
          new HarnessMode(1, 1, 1024, Saving.RESTORED),
          new HarnessMode(7, 7, 1024, Saving.RESTORED),
          new HarnessMode(1024, 1024, 1024, Saving.RESTORED),
          new HarnessMode(7, 2, 1, Saving.RESTORED),
          new HarnessMode(1, 1, 1024, Saving.RESTORED_A_TURN_LATER),
          new HarnessMode(7, 7, 1024, Saving.RESTORED_A_TURN_LATER));

  @Override
  public String toString() {
    return "turns of "
        + turn
        + ", batches of "
        + call
        + (outputBatch == 1024 ? "" : ", output batches of " + outputBatch)
        + switch (saving) {
          case NONE -> "";
          case RESTORED -> ", restored after each turn";
          case RESTORED_A_TURN_LATER -> ", each turn run twice, undone by a restore";
        };
  }
}
