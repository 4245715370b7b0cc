package io.millrace.operators.filter;

import io.millrace.spi.data.Batch;
import io.millrace.spi.data.Column;
import io.millrace.spi.data.DoubleColumn;
import io.millrace.spi.data.LongColumn;
import io.millrace.spi.operator.Output;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

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
    List<Member> ordered = new ArrayList<>(members);
    if (!kind.isEquality()) {
      ordered.sort(boundsOrder(kind.isUpper()));
    }
    this.members = ordered.toArray(Member[]::new);
    this.rows = new int[this.members.length][0];
    this.counts = new int[this.members.length];
    this.touched = new int[this.members.length];
    this.lookup = kind.isEquality() ? equality() : order(kind.isUpper());
  }

  /** Gives each row of a batch to the filters that it concerns. */
  public void process(Batch batch) {
    Column values = batch.column(column);
    for (int row = 0; row < batch.size(); row++) {
      if (!values.isNull(row)) {
        lookup.find(values, row, this);
      }
    }
    int found = touchedCount;
    touchedCount = 0;
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
          members[i].filter().term().constant(), new int[] {member}, FilterIndex::append);
    }
    return (values, row, index) -> {
      Object value = values.get(row);
      int[] found = value == null ? null : byConstant.get(value);
      if (found != null) {
        for (int member : found) {
          index.add(member, row);
        }
      }
    };
  }

  private static int[] append(int[] list, int[] more) {
    int[] joined = Arrays.copyOf(list, list.length + more.length);
    System.arraycopy(more, 0, joined, list.length, more.length);
    return joined;
  }

  /**
   * Members sorted so that those that a value concerns are the first ones: bounds rise for {@code
   * >}, fall for {@code <}.
   */
  private static Comparator<Member> boundsOrder(boolean isUpper) {
    Comparator<Member> byBound =
        Comparator.comparingDouble(
            member -> ((Number) member.filter().term().constant()).doubleValue());
    Comparator<Member> exact = byBound.thenComparing(FilterIndex::compareExactly);
    return isUpper ? exact.reversed() : exact;
  }

  private static int compareExactly(Member a, Member b) {
    Object left = a.filter().term().constant();
    Object right = b.filter().term().constant();
    int order = left instanceof Long x && right instanceof Long y ? Long.compare(x, y) : 0;
    return order;
  }

  private Lookup order(boolean isUpper) {
    boolean[] inclusive = new boolean[members.length];
    for (int i = 0; i < members.length; i++) {
      FilterTerm.Relation relation = members[i].filter().term().relation();
      inclusive[i] =
          relation == FilterTerm.Relation.LESS_OR_EQUAL
              || relation == FilterTerm.Relation.GREATER_OR_EQUAL;
    }
    if (members[0].filter().term().constant() instanceof Long) {
      long[] bounds = new long[members.length];
      Arrays.setAll(bounds, i -> (Long) members[i].filter().term().constant());
      return (values, row, index) -> {
        long value = ((LongColumn) values).values()[row];
        for (int i = 0; i < bounds.length; i++) {
          int order = isUpper ? Long.compare(bounds[i], value) : Long.compare(value, bounds[i]);
          if (order < 0) {
            return;
          }
          if (order > 0 || inclusive[i]) {
            index.add(i, row);
          }
        }
      };
    }
    double[] bounds = new double[members.length];
    Arrays.setAll(bounds, i -> (Double) members[i].filter().term().constant());
    return (values, row, index) -> {
      double value = ((DoubleColumn) values).values()[row] + 0.0;
      for (int i = 0; i < bounds.length; i++) {
        int order = isUpper ? Double.compare(bounds[i], value) : Double.compare(value, bounds[i]);
        if (order < 0) {
          return;
        }
        if (order > 0 || inclusive[i]) {
          index.add(i, row);
        }
      }
    };
  }
}
