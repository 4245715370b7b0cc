package io.millrace.operators.window;

import io.millrace.spi.state.SlotTable;

/** Slots of numbers of a table that come from several places and are needed at once. */
final class FoundSlots {
  private final int[] slots = new int[SlotTable.HELD];
  private int count;

  /** Begins anew, with no numbers. */
  void begin() {
    count = 0;
  }

  /** Adds numbers {@code numbers[from..to)}; of all there are at most {@link SlotTable#HELD}. */
  void add(long[] numbers, int from, int to) {
    for (int i = from; i < to; i++) {
      slots[count++] = (int) numbers[i];
    }
  }

  /** Finds the slots of all numbers, which are about to change. */
  void findChanging(SlotTable table) {
    table.slots(slots, 0, count, slots);
    table.touch(slots, 0, count);
  }

  /**
   * Copies slots.
   *
   * @param first the index of the first number, in the order in which they were added
   * @param into receives them at the indexes {@code [from, to)}
   */
  void copy(int first, int[] into, int from, int to) {
    System.arraycopy(slots, first, into, from, to - from);
  }
}
