package io.millrace.operators.rank;

import io.millrace.operators.order.KeyOrder;
import io.millrace.spi.data.Column;
import java.util.function.IntFunction;
import java.util.function.Supplier;

/** The order of the rows of a table by columns; peers are in the order of their numbers. */
final class RowOrder implements RankTree.Order {
  private final KeyOrder[] keys;
  private final IntFunction<Column> columns;
  private final Supplier<long[]> numbers;

  /**
   * @param columns gives the column of a key, by slot
   * @param numbers gives the numbers of rows, by slot
   */
  RowOrder(KeyOrder[] keys, IntFunction<Column> columns, Supplier<long[]> numbers) {
    this.keys = keys;
    this.columns = columns;
    this.numbers = numbers;
  }

  @Override
  public int comparePeers(int slot, int other) {
    for (KeyOrder key : keys) {
      Column column = columns.apply(key.column());
      int compared = key.compare(column, slot, column, other);
      if (compared != 0) {
        return compared;
      }
    }
    return 0;
  }

  @Override
  public int compare(int slot, int other) {
    int compared = comparePeers(slot, other);
    if (compared != 0) {
      return compared;
    }
    long[] ofRows = numbers.get();
    return Long.compare(ofRows[slot], ofRows[other]);
  }
}
