package io.millrace.runtime.circuit;

import io.millrace.spi.data.Column;
import io.millrace.spi.data.RowBuffer;
import java.util.function.IntFunction;

/**
 * Merges the rows that the tasks of a section have sent in a turn: by position, then by rank, then
 * by task. Rows of one task stay in their order.
 */
final class TaskMerge {
  private final TaskRows[] from;
  private final int[] next;
  private int left;
  private int[] tasks = new int[0];
  private int[] rows = new int[0];

  TaskMerge(int tasks) {
    this.from = new TaskRows[tasks];
    this.next = new int[tasks];
  }

  /**
   * Begins with the rows of a turn.
   *
   * @param sent gives those of a task; they stay as they are until all have been taken
   */
  void begin(IntFunction<TaskRows> sent) {
    left = 0;
    for (int task = 0; task < from.length; task++) {
      from[task] = sent.apply(task);
      left += from[task].rows().size();
      next[task] = 0;
    }
  }

  /** How many rows have not been taken. */
  int left() {
    return left;
  }

  /**
   * Appends the next rows, at most {@code most} and at least one: up to one that is late by another
   * watermark.
   *
   * @return whether they are late by the watermark of their source partition
   */
  boolean take(int most, RowBuffer out) {
    if (tasks.length < Math.min(most, left)) {
      tasks = new int[Math.min(most, left)];
      rows = new int[tasks.length];
    }
    boolean isOfPartition = false;
    int count = 0;
    while (count < most && left > 0) {
      int task = first();
      boolean isOther = from[task].isOfPartition(next[task]) != isOfPartition;
      if (isOther && count > 0) {
        break;
      }
      isOfPartition ^= isOther;
      tasks[count] = task;
      rows[count++] = next[task]++;
      left--;
    }
    copy(count, out);
    return isOfPartition;
  }

  private void copy(int count, RowBuffer out) {
    int at = out.size();
    for (int i = 0; i < count; i++) {
      out.appendRowOf(from[tasks[i]].rows(), rows[i]);
    }
    for (int c = 0; c < out.columns().length; c++) {
      Column column = out.column(c);
      for (int i = 0; i < count; i++) {
        column.copy(from[tasks[i]].rows().column(c), rows[i], at + i);
      }
    }
  }

  /** The task whose next row is the first of all. */
  private int first() {
    int first = -1;
    for (int task = 0; task < from.length; task++) {
      if (next[task] < from[task].rows().size()
          && (first < 0
              || from[task].rows().isBefore(next[task], from[first].rows(), next[first]))) {
        first = task;
      }
    }
    return first;
  }
}
