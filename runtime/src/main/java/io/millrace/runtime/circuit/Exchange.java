package io.millrace.runtime.circuit;

import io.millrace.runtime.rescale.KeyGroups;
import io.millrace.spi.data.Batch;
import io.millrace.spi.data.Column;
import io.millrace.spi.data.KeyHash;
import io.millrace.spi.data.RowBuffer;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Spreads the rows of a turn over tasks. By the values of some columns: a hash of these gives a key
 * group, and each task has a range of key groups. Or, without columns, one run of rows to each task
 * in turn.
 */
final class Exchange {
  private final int[] columns;
  private final Column[] keys;
  private final int[] counts;
  private final int[][] selected;
  private int[] hashes = new int[0];

  /** Without columns: which task has the next run. */
  private int nextTask;

  Exchange(List<Integer> columns, int tasks) {
    this.columns = columns.stream().mapToInt(Integer::intValue).toArray();
    this.keys = new Column[this.columns.length];
    this.counts = new int[tasks];
    this.selected = new int[tasks][0];
  }

  /** Finds out for each of {@code count} rows from {@code first} on which task it is for. */
  void assign(Batch batch, int first, int count) {
    int end = first + count;
    if (hashes.length < end) {
      hashes = new int[end];
    }
    if (selected[0].length < count) {
      for (int task = 0; task < selected.length; task++) {
        selected[task] = new int[count];
      }
    }
    for (int i = 0; i < keys.length; i++) {
      keys[i] = batch.column(columns[i]);
    }
    Arrays.fill(counts, 0);
    if (keys.length == 0) {
      assignRuns(first, count);
      return;
    }
    KeyHash.hash(keys, first, end, hashes);
    for (int row = first; row < end; row++) {
      int task = KeyGroups.task(hashes[row], counts.length);
      selected[task][counts[task]++] = row;
    }
  }

  private void assignRuns(int first, int size) {
    int tasks = counts.length;
    int runs = Math.min(size, tasks);
    for (int run = 0; run < runs; run++) {
      int task = nextTask;
      nextTask = (task + 1) % tasks;
      int end = first + (int) ((long) size * (run + 1) / runs);
      for (int row = first + (int) ((long) size * run / runs); row < end; row++) {
        selected[task][counts[task]++] = row;
      }
    }
  }

  /**
   * Gives a task its rows of those of the batch that were assigned.
   *
   * @param of knows of the batch's rows by what they are late; null if it is their partition
   */
  void give(Batch batch, @Nullable TaskRows of, int task, TaskRows to) {
    int count = counts[task];
    RowBuffer rows = to.rows();
    if (count > 0) {
      int first = rows.appendRowsOf(batch, selected[task], count);
      for (int i = 0; i < rows.columns().length; i++) {
        rows.column(i).gather(batch.column(i), selected[task], count, first);
      }
      if (of == null) {
        to.note(first, true);
      } else {
        for (int i = 0; i < count; i++) {
          to.noteOne(first + i, of.isOfPartition(selected[task][i]));
        }
      }
    }
  }
}
