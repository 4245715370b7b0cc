package io.millrace.state.chronicle;

import io.millrace.spi.data.Column;
import io.millrace.spi.data.LongColumn;
import io.millrace.spi.data.RowBuffer;
import io.millrace.state.heap.RowArrays;
import java.util.ArrayDeque;

/** Rows in the order of draining: those of a page in memory, then those of pages in a file. */
final class SortedRun implements Comparable<SortedRun> {
  /** What follows the columns of a row in a page: what follows its time in its order; its place. */
  static final int MORE_COLUMNS = 2;

  private RowArrays rows;
  private int at;
  private final ArrayDeque<Page> behind = new ArrayDeque<>();
  private long lastTime;
  private long lastOrder;

  /**
   * A page in the file.
   *
   * @param newest the arrival of the row of it that came last
   */
  record Page(Region region, long newest) {}

  /** Begins with a page in memory, which never changes. */
  SortedRun(RowArrays rows) {
    this.rows = rows;
    endsWith(rows);
  }

  static long[] orders(RowArrays page) {
    return ((LongColumn) page.columns()[page.columns().length - MORE_COLUMNS]).values();
  }

  static long[] places(RowArrays page) {
    return ((LongColumn) page.columns()[page.columns().length - 1]).values();
  }

  /** The page in memory. */
  RowArrays rows() {
    return rows;
  }

  /** The pages in the file. */
  ArrayDeque<Page> behind() {
    return behind;
  }

  /** Where the first row is in {@link #rows}; behind all of them when they are gone. */
  int at() {
    return at;
  }

  /** Whether the page in memory has a row that is not gone. */
  boolean isAtRow() {
    return at < rows.capacity();
  }

  /** Goes to the next row of the page in memory. */
  void advance() {
    at++;
  }

  /** Goes to the next page, which has been read. */
  void enter(RowArrays next) {
    rows = next;
    at = 0;
  }

  /** Says that the run ends with the last row of a page. */
  void endsWith(RowArrays page) {
    lastTime = page.times()[page.capacity() - 1];
    lastOrder = orders(page)[page.capacity() - 1];
  }

  /** Whether a row is behind all of this run. */
  boolean isBefore(long time, long order) {
    return compare(lastTime, lastOrder, time, order) < 0;
  }

  /** Whether this run ends behind another one. */
  boolean endsBehind(SortedRun other) {
    return other.isBefore(lastTime, lastOrder);
  }

  long time() {
    return rows.times()[at];
  }

  long order() {
    return orders(rows)[at];
  }

  /** Appends the rows from one on up to the first that is not gone to a buffer. */
  void copy(int from, RowBuffer target, int code) {
    int first = target.size();
    long[] places = places(rows);
    for (int row = from; row < at; row++) {
      target.place(target.append(rows.times()[row], code), (int) places[row]);
    }
    Column[] columns = rows.columns();
    for (int c = 0; c < columns.length - MORE_COLUMNS; c++) {
      target.column(c).copyRange(columns[c], from, at - from, first);
    }
  }

  @Override
  public int compareTo(SortedRun other) {
    return compare(time(), order(), other.time(), other.order());
  }

  /** Compares the places of two rows in the order of draining. */
  static int compare(long time, long order, long otherTime, long otherOrder) {
    return time == otherTime ? Long.compare(order, otherOrder) : Long.compare(time, otherTime);
  }
}
