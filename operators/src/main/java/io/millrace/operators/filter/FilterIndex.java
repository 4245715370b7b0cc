package io.millrace.operators.filter;

import io.millrace.spi.data.Batch;
import io.millrace.spi.data.Column;
import io.millrace.spi.data.DoubleColumn;
import io.millrace.spi.data.LongColumn;
import io.millrace.spi.operator.Output;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/**
 * Finds, among many filters of one stream that compare the same column with constants, those that a
 * row concerns: by hash for equality, by walking sorted bounds, up to the first that is not
 * fulfilled, for order. What a row costs depends on how many filters it concerns, not on how many
 * there are.
 */
public final class FilterIndex {
  /** Below this number of filters an index does not pay. */
  public static final int SMALLEST = 8;

  private final int column;
  private final Lookup lookup;
  private final Member[] members;
  private final int[][] rows;
  private final int[] counts;
  private final int[] touched;
  private int touchedCount;

  /** A filter and where its results go. */
  public record Member(IndexedFilter filter, Output output) {}

  /** What filters must have in common to share an index. */
  public record Kind(int column, boolean isEquality, boolean isUpper) {
    public static Kind of(FilterTerm term) {
      boolean isEquality = term.relation() == FilterTerm.Relation.EQUAL;
      return new Kind(term.column(), isEquality, !isEquality && term.relation().isUpper());
    }
  }

  /** Which members, by index, a value of the column concerns. */
  private interface Lookup {
    void find(Column values, int row, FilterIndex index);
  }

  /**
   * @param members filters of one {@link Kind}, in the order in which they are to be called
   */
  public FilterIndex(Kind kind, List<Member> members) {
    this.column = kind.column();
    this.members = members.toArray(Member[]::new);
    this.rows = new int[this.members.length][0];
    this.counts = new int[this.members.length];
    this.touched = new int[this.members.length];
    this.lookup = kind.isEquality() ? equality() : order(kind.isUpper());
  }

  /** Gives each row of a batch to the filters that it concerns, which are called in their order. */
  public void process(Batch batch) {
    Column values = batch.column(column);
    for (int row = 0; row < batch.size(); row++) {
      if (!values.isNull(row)) {
        lookup.find(values, row, this);
      }
    }
    int found = touchedCount;
    touchedCount = 0;
    Arrays.sort(touched, 0, found);
    for (int i = 0; i < found; i++) {
      int member = touched[i];
      int count = counts[member];
      counts[member] = 0;
      members[member]
          .filter()
          .processSelected(batch, rows[member], count, members[member].output());
    }
  }

  private void add(int member, int row) {
    int count = counts[member]++;
    if (count == 0) {
      touched[touchedCount++] = member;
    }
    if (count == rows[member].length) {
      rows[member] = Arrays.copyOf(rows[member], Math.max(4, 2 * count));
    }
    rows[member][count] = row;
  }

  private Lookup equality() {
    Map<Object, int[]> byConstant = new HashMap<>();
    for (int i = 0; i < members.length; i++) {
      int member = i;
      byConstant.merge(
          key(members[i].filter().term().constant()), new int[] {member}, FilterIndex::append);
    }
    return (values, row, index) -> {
      Object value = values.get(row);
      int[] found = value == null ? null : byConstant.get(key(value));
      if (found != null) {
        for (int member : found) {
          index.add(member, row);
        }
      }
    };
  }

  /** Makes -0.0 and 0.0 one key. */
  private static Object key(Object value) {
    return value instanceof Double number ? (Object) (number + 0.0) : value;
  }

  private static int[] append(int[] list, int[] more) {
    int[] joined = Arrays.copyOf(list, list.length + more.length);
    System.arraycopy(more, 0, joined, list.length, more.length);
    return joined;
  }

  /**
   * Members by their bounds, so that those that a value concerns are the first ones: bounds rise
   * for {@code >}, fall for {@code <}.
   */
  private Lookup order(boolean isUpper) {
    return members[0].filter().term().constant() instanceof Long
        ? orderOfLongs(isUpper)
        : orderOfDoubles(isUpper);
  }

  private Lookup orderOfLongs(boolean isUpper) {
    Comparator<Integer> rising = Comparator.comparing(i -> (Long) constant(i));
    int[] sorted = sorted(isUpper ? rising.reversed() : rising);
    long[] bounds = Arrays.stream(sorted).mapToLong(i -> (Long) constant(i)).toArray();
    boolean[] inclusive = inclusive(sorted);
    return (values, row, index) -> {
      long value = ((LongColumn) values).values()[row];
      for (int i = 0; i < bounds.length; i++) {
        int order = isUpper ? Long.compare(bounds[i], value) : Long.compare(value, bounds[i]);
        if (order < 0) {
          return;
        }
        if (order > 0 || inclusive[i]) {
          index.add(sorted[i], row);
        }
      }
    };
  }

  private Lookup orderOfDoubles(boolean isUpper) {
    Comparator<Integer> rising = Comparator.comparing(i -> (Double) key(constant(i)));
    int[] sorted = sorted(isUpper ? rising.reversed() : rising);
    double[] bounds = Arrays.stream(sorted).mapToDouble(i -> (Double) key(constant(i))).toArray();
    boolean[] inclusive = inclusive(sorted);
    return (values, row, index) -> {
      double value = ((DoubleColumn) values).values()[row] + 0.0;
      for (int i = 0; i < bounds.length; i++) {
        int order = isUpper ? Double.compare(bounds[i], value) : Double.compare(value, bounds[i]);
        if (order < 0) {
          return;
        }
        if (order > 0 || inclusive[i]) {
          index.add(sorted[i], row);
        }
      }
    };
  }

  private Object constant(int member) {
    return members[member].filter().term().constant();
  }

  private int[] sorted(Comparator<Integer> order) {
    return IntStream.range(0, members.length)
        .boxed()
        .sorted(order)
        .mapToInt(Integer::intValue)
        .toArray();
  }

  private boolean[] inclusive(int[] sorted) {
    boolean[] inclusive = new boolean[sorted.length];
    for (int i = 0; i < sorted.length; i++) {
      FilterTerm.Relation relation = members[sorted[i]].filter().term().relation();
      inclusive[i] =
          relation == FilterTerm.Relation.LESS_OR_EQUAL
              || relation == FilterTerm.Relation.GREATER_OR_EQUAL;
    }
    return inclusive;
  }
}
