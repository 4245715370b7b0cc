package io.millrace.operators.pattern;

import java.util.Arrays;

/** Attempts that something concerns, in the order in which they began, each once. */
final class Candidates {
  private int[] numbers = new int[16];
  private long[] firsts = new long[16];
  private long[] ids = new long[16];
  private int size;

  void clear() {
    size = 0;
  }

  int size() {
    return size;
  }

  int number(int index) {
    return numbers[index];
  }

  long id(int index) {
    return ids[index];
  }

  /**
   * Adds an attempt, unless it is there.
   *
   * @param first says when it took its first event; 0 if it took none: then it comes last
   * @param id says when it was begun
   */
  void add(int number, long first, long id) {
    long order = first == 0 ? Long.MAX_VALUE : first;
    int at = size;
    while (at > 0 && isBehind(at - 1, order, id)) {
      at--;
    }
    if (at > 0 && ids[at - 1] == id) {
      return;
    }
    if (size == numbers.length) {
      numbers = Arrays.copyOf(numbers, 2 * size);
      firsts = Arrays.copyOf(firsts, 2 * size);
      ids = Arrays.copyOf(ids, 2 * size);
    }
    System.arraycopy(numbers, at, numbers, at + 1, size - at);
    System.arraycopy(firsts, at, firsts, at + 1, size - at);
    System.arraycopy(ids, at, ids, at + 1, size - at);
    numbers[at] = number;
    firsts[at] = order;
    ids[at] = id;
    size++;
  }

  private boolean isBehind(int index, long order, long id) {
    return firsts[index] > order || (firsts[index] == order && ids[index] > id);
  }
}
