package io.millrace.operators.order;

import io.millrace.operators.values.Comparisons;
import io.millrace.spi.data.BooleanColumn;
import io.millrace.spi.data.Column;
import io.millrace.spi.data.DoubleColumn;
import io.millrace.spi.data.LongColumn;
import io.millrace.spi.data.ObjectColumn;
import io.millrace.spi.types.Layout;

/** Compares rows by one column. */
public final class KeyOrder {
  private final SortKey key;
  private final ValueOrder values;

  /** Compares two values of columns of one layout, none of them NULL. */
  private interface ValueOrder {
    int compare(Column a, int row, Column b, int other);
  }

  private KeyOrder(SortKey key, ValueOrder values) {
    this.key = key;
    this.values = values;
  }

  public static KeyOrder of(Layout layout, SortKey key) {
    ValueOrder values =
        switch (layout) {
          case BOOLEAN ->
              (a, row, b, other) ->
                  Boolean.compare(
                      ((BooleanColumn) a).values()[row], ((BooleanColumn) b).values()[other]);
          case LONG ->
              (a, row, b, other) ->
                  Long.compare(((LongColumn) a).values()[row], ((LongColumn) b).values()[other]);
          case DOUBLE ->
              (a, row, b, other) ->
                  Comparisons.compare(
                      ((DoubleColumn) a).values()[row], ((DoubleColumn) b).values()[other]);
          case OBJECT ->
              (a, row, b, other) ->
                  Comparisons.compare(
                      ((ObjectColumn) a).values()[row], ((ObjectColumn) b).values()[other]);
        };
    return new KeyOrder(key, values);
  }

  /** By a column, rising, NULL last: two values are the same if it gives 0. */
  public static KeyOrder ascending(Layout layout, int column) {
    return of(layout, new SortKey(column, false, false));
  }

  public int column() {
    return key.column();
  }

  /** Negative if the row of {@code a} comes first. */
  public int compare(Column a, int row, Column b, int other) {
    boolean isNull = a.isNull(row);
    if (isNull || b.isNull(other)) {
      int nulls = isNull == b.isNull(other) ? 0 : isNull ? -1 : 1;
      return key.nullsFirst() ? nulls : -nulls;
    }
    int order = values.compare(a, row, b, other);
    return key.isDescending() ? -order : order;
  }
}
