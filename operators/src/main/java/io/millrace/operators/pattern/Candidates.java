package io.millrace.operators.pattern;

import java.util.Arrays;
import java.util.Comparator;

/** Attempts that something concerns, in the order in which they began, each once. */
final class Candidates {
  private static final Comparator<Candidate> AS_THEY_BEGAN =
      Comparator.comparingLong(Candidate::order).thenComparingLong(Candidate::id);

  private int[] numbers = new int[16];
  private long[] orders = new long[16];
  private long[] ids = new long[16];
  private int size;

  /** Whether they have been added in their order, as they mostly are. */
  private boolean isOrdered = true;

  /** One of them, while they are put in order. */
  private record Candidate(int number, long order, long id) {}

  void clear() {
    size = 0;
    isOrdered = true;
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
   * Adds an attempt, which may be there.
   *
   * @param first says when it took its first event; 0 if it took none: then it comes last
   * @param id says when it was begun
   */
  void add(int number, long first, long id) {
    long order = first == 0 ? Long.MAX_VALUE : first;
    if (size > 0 && isOrdered) {
      long last = orders[size - 1];
      isOrdered = last < order || (last == order && ids[size - 1] < id);
    }
    if (size == numbers.length) {
      numbers = Arrays.copyOf(numbers, 2 * size);
      orders = Arrays.copyOf(orders, 2 * size);
      ids = Arrays.copyOf(ids, 2 * size);
    }
    numbers[size] = number;
    orders[size] = order;
    ids[size] = id;
    size++;
  }

  /** Puts them in order when all have been added. A few runs in order are merged. */
  void arrange() {
    if (isOrdered) {
      return;
    }
    Candidate[] all = new Candidate[size];
    Arrays.setAll(all, i -> new Candidate(numbers[i], orders[i], ids[i]));
    Arrays.sort(all, AS_THEY_BEGAN);
    size = 0;
    for (Candidate candidate : all) {
      if (size == 0 || ids[size - 1] != candidate.id()) {
        numbers[size] = candidate.number();
        orders[size] = candidate.order();
        ids[size] = candidate.id();
        size++;
      }
    }
    isOrdered = true;
  }
}
