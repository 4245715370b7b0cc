package io.millrace.conformance.reference;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;

/** A row and how much later than its time it comes; of rows of one time the first decides. */
record Delayed(InputRow row, long delay) {

  /** The row with a random delay that a slack allows. */
  static Delayed random(Random random, InputRow row, long slack) {
    return new Delayed(row, random.nextInt(3) == 0 ? 0 : random.nextInt((int) slack + 1));
  }

  /** The rows in the order of their times. */
  static List<InputRow> sorted(List<Delayed> rows) {
    return byTime(rows).stream().map(Delayed::row).toList();
  }

  /** The rows in the order in which they come: no two of one time change places. */
  static List<InputRow> asTheyCome(List<Delayed> rows) {
    Map<Long, Long> arrivals = new HashMap<>();
    List<Delayed> sorted = byTime(rows);
    sorted.forEach(it -> arrivals.putIfAbsent(it.row.ts(), it.row.ts() + it.delay));
    sorted.sort(Comparator.comparingLong(it -> arrivals.getOrDefault(it.row.ts(), 0L)));
    return sorted.stream().map(Delayed::row).toList();
  }

  private static List<Delayed> byTime(List<Delayed> rows) {
    List<Delayed> sorted = new ArrayList<>(rows);
    sorted.sort(Comparator.comparingLong(it -> it.row.ts()));
    return sorted;
  }
}
