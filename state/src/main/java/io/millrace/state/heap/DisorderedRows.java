package io.millrace.state.heap;

import java.util.Arrays;

/**
 * The rows of a sort buffer that came after a later one: a binary heap by time, then by lane, then
 * by arrival (Williams, Algorithm 232, 1964). A test counts its comparisons and moves, which is why
 * it may be extended.
 */
class DisorderedRows {
  private long[] times;
  private long[] orders;
  private int[] rows;
  private int size;

  DisorderedRows() {
    times = new long[16];
    orders = new long[16];
    rows = new int[16];
  }

  /** A copy that can be emptied without changing this one. */
  private DisorderedRows(DisorderedRows source) {
    times = source.times.clone();
    orders = source.orders.clone();
    rows = source.rows.clone();
    size = source.size;
  }

  DisorderedRows copy() {
    return new DisorderedRows(this);
  }

  boolean isEmpty() {
    return size == 0;
  }

  int size() {
    return size;
  }

  /** The smallest time; {@link Long#MAX_VALUE} if there is none. */
  long firstTime() {
    return size == 0 ? Long.MAX_VALUE : times[0];
  }

  /** What puts a row in its place among those of its time. */
  static long order(int lane, long arrival) {
    return ((long) lane << 48) | arrival;
  }

  /** The lane of a row with such a number. */
  static int lane(long order) {
    return (int) (order >>> 48);
  }

  /** The arrival of a row with such a number. */
  static long arrival(long order) {
    return order & ((1L << 48) - 1);
  }

  void clear() {
    size = 0;
  }

  /** The first row; there is one. */
  int first() {
    return rows[0];
  }

  void add(long time, long order, int row) {
    if (size == rows.length) {
      times = Arrays.copyOf(times, 2 * size);
      orders = Arrays.copyOf(orders, 2 * size);
      rows = Arrays.copyOf(rows, 2 * size);
    }
    int at = size++;
    while (at > 0 && isBefore(time, order, (at - 1) >>> 1)) {
      move((at - 1) >>> 1, at);
      at = (at - 1) >>> 1;
    }
    put(at, time, order, row);
  }

  /** Takes the first row off; there is one. */
  int poll() {
    int first = rows[0];
    int last = --size;
    long time = times[last];
    long order = orders[last];
    int at = 0;
    for (int child = 1; child < last; child = 2 * at + 1) {
      if (child + 1 < last && isBefore(times[child + 1], orders[child + 1], child)) {
        child++;
      }
      if (isBefore(time, order, child)) {
        break;
      }
      move(child, at);
      at = child;
    }
    put(at, time, order, rows[last]);
    return first;
  }

  boolean isBefore(long time, long order, int at) {
    return time < times[at] || (time == times[at] && order < orders[at]);
  }

  void move(int from, int to) {
    put(to, times[from], orders[from], rows[from]);
  }

  private void put(int at, long time, long order, int row) {
    times[at] = time;
    orders[at] = order;
    rows[at] = row;
  }
}
