package io.millrace.operators.filter;

import io.millrace.operators.filter.FilterTerm.Between;
import io.millrace.operators.filter.FilterTerm.OneOf;
import io.millrace.operators.values.DoubleMath;
import io.millrace.operators.values.LongSet;
import io.millrace.spi.data.Batch;
import io.millrace.spi.data.Column;
import io.millrace.spi.data.DoubleColumn;
import io.millrace.spi.data.LongColumn;
import io.millrace.spi.data.ObjectColumn;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Finds, among many filters with a term on one column, those that a row concerns: by hash where the
 * value must be one of some, by an interval tree where it must be in a range. What a row costs
 * depends on how many filters it concerns, not on how many there are.
 */
final class FilterIndex {
  private static final int[] NONE = {};
  private final int column;
  private final LongSet numbers;
  private final int[][] byNumber;
  private final Map<Object, int[]> byObject = new HashMap<>();
  private final RangeLookup ranges;
  private final int[] takingNulls;

  /**
   * @param terms the terms of the filters, all on one column, by the number of the consumer; rising
   */
  FilterIndex(int column, Map<Integer, FilterTerm> terms) {
    this.column = column;
    List<Integer> nulls = new ArrayList<>();
    List<RangeLookup.Range> between = new ArrayList<>();
    Map<Object, List<Integer>> waiting = new LinkedHashMap<>();
    terms.forEach(
        (consumer, term) -> {
          if (term.takesNulls()) {
            nulls.add(consumer);
          }
          if (term.condition() instanceof Between range) {
            between.add(new RangeLookup.Range(consumer, range));
          } else if (term.condition() instanceof OneOf one) {
            one.values()
                .forEach(v -> waiting.computeIfAbsent(v, key -> new ArrayList<>()).add(consumer));
          }
        });
    ranges = new RangeLookup(between);
    takingNulls = array(nulls);
    numbers =
        LongSet.of(
            waiting.keySet().stream()
                .filter(Long.class::isInstance)
                .mapToLong(Long.class::cast)
                .toArray());
    byNumber = new int[numbers.places()][];
    waiting.forEach(
        (value, consumers) -> {
          if (value instanceof Long number) {
            byNumber[numbers.placeOf(number)] = array(consumers);
          } else {
            byObject.put(value, array(consumers));
          }
        });
  }

  private static int[] array(List<Integer> list) {
    return list.stream().mapToInt(Integer::intValue).toArray();
  }

  /** Notes which consumers the rows of a batch concern. */
  void find(Batch batch, ConcernedRows found) {
    Column values = batch.column(column);
    if (values instanceof LongColumn longs) {
      findLongs(longs, batch.size(), found);
    } else if (values instanceof DoubleColumn doubles) {
      findDoubles(doubles, batch.size(), found);
    } else if (values instanceof ObjectColumn objects) {
      findObjects(objects, batch.size(), found);
    } else {
      throw new IllegalStateException("a column of " + values.layout() + " has no index");
    }
  }

  private void findLongs(LongColumn column, int size, ConcernedRows found) {
    long[] values = column.values();
    for (int row = 0; row < size; row++) {
      if (column.isNull(row)) {
        add(takingNulls, row, found);
      } else {
        findNumber(values[row], row, found);
      }
    }
  }

  private void findDoubles(DoubleColumn column, int size, ConcernedRows found) {
    double[] values = column.values();
    for (int row = 0; row < size; row++) {
      if (column.isNull(row)) {
        add(takingNulls, row, found);
      } else {
        findNumber(DoubleMath.toSortable(values[row]), row, found);
      }
    }
  }

  private void findNumber(long value, int row, ConcernedRows found) {
    ranges.find(value, row, found);
    int place = numbers.placeOf(value);
    if (place >= 0) {
      add(byNumber[place], row, found);
    }
  }

  private void findObjects(ObjectColumn column, int size, ConcernedRows found) {
    Object[] values = column.values();
    for (int row = 0; row < size; row++) {
      if (column.isNull(row)) {
        add(takingNulls, row, found);
      } else {
        add(byObject.getOrDefault(values[row], NONE), row, found);
      }
    }
  }

  private static void add(int[] consumers, int row, ConcernedRows found) {
    for (int consumer : consumers) {
      found.add(consumer, row);
    }
  }
}
