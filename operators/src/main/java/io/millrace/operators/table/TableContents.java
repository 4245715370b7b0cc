package io.millrace.operators.table;

import io.millrace.operators.values.Comparisons;
import io.millrace.spi.data.Column;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a table holds between two turns, whether one instance has all of it or several have some
 * keys each. Its rows have numbers while nothing changes.
 */
public final class TableContents {
  private final List<TableOperator> parts;

  /** The number of the first row of each part. */
  private final int[] first;

  /**
   * @param parts at least one; no two of them have a key in common
   */
  public TableContents(List<TableOperator> parts) {
    this.parts = List.copyOf(parts);
    this.first = new int[parts.size()];
    for (int i = 1; i < first.length; i++) {
      first[i] = first[i - 1] + parts.get(i - 1).limit();
    }
  }

  /** How many rows there are. */
  public int size() {
    return parts.stream().mapToInt(TableOperator::size).sum();
  }

  /** The number of a key's row, or -1. */
  public int find(Column[] key, int row) {
    for (int i = 0; i < first.length; i++) {
      int number = parts.get(i).find(key, row);
      if (number >= 0) {
        return first[i] + number;
      }
    }
    return -1;
  }

  /**
   * The numbers of all rows, in the order of their keys, in which a NULL is the last: so it is the
   * same whatever the rows' history, and however many parts there are.
   */
  public int[] numbers() {
    List<Keyed> rows = new ArrayList<>();
    for (int i = 0; i < first.length; i++) {
      TableOperator part = parts.get(i);
      for (int number : part.numbers()) {
        rows.add(new Keyed(part.key(number), first[i] + number));
      }
    }
    rows.sort(Comparator.naturalOrder());
    return rows.stream().mapToInt(Keyed::number).toArray();
  }

  /** The number of a row, and its key. */
  private record Keyed(List<@Nullable Object> key, int number) implements Comparable<Keyed> {
    @Override
    public int compareTo(Keyed other) {
      int order = 0;
      for (int i = 0; order == 0 && i < key.size(); i++) {
        order = Comparisons.compareNullable(key.get(i), other.key.get(i));
      }
      return order;
    }
  }

  /**
   * Copies the rows of some numbers, in their order.
   *
   * @param columns one for each of the table; have room for the rows
   * @param rowtimes receives their times
   */
  public void copy(int[] numbers, int from, int to, Column[] columns, long[] rowtimes) {
    for (int i = from; i < to; i++) {
      int part = first.length - 1;
      while (numbers[i] < first[part]) {
        part--;
      }
      rowtimes[i - from] = parts.get(part).copy(numbers[i] - first[part], columns, i - from);
    }
  }
}
