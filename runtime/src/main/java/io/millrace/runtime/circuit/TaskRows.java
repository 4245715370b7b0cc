package io.millrace.runtime.circuit;

import io.millrace.spi.data.Batch;
import io.millrace.spi.data.RowBuffer;
import io.millrace.spi.types.Schema;
import java.util.BitSet;

/** Copies of the rows that come to a task in a turn, or that one of its operators has sent. */
final class TaskRows {
  private final RowBuffer rows;

  /** Rows that are late by the watermark of their source partition, not by that of the turn. */
  private final BitSet ofPartition = new BitSet();

  TaskRows(Schema schema) {
    this.rows = new RowBuffer(schema, 16, new RecordedTimeline());
  }

  void append(Batch batch, boolean isOfPartition) {
    int before = rows.size();
    rows.appendAll(batch);
    note(before, isOfPartition);
  }

  /** Takes the next rows that tasks have sent, at most so many, in place of those that it has. */
  void take(int most, TaskMerge merge) {
    clear();
    while (rows.size() < most && merge.left() > 0) {
      int before = rows.size();
      note(before, merge.take(most - before, rows));
    }
  }

  /** Says of the rows from {@code first} on by what they are late. */
  void note(int first, boolean isOfPartition) {
    if (isOfPartition) {
      ofPartition.set(first, rows.size());
    }
  }

  /** Says of one row by what it is late. */
  void noteOne(int row, boolean isOfPartition) {
    ofPartition.set(row, isOfPartition);
  }

  /**
   * Gives the rows ranks: they are in order, though they may have positions in common.
   *
   * @param first how many are before them
   */
  void number(long first) {
    for (int row = 0; row < rows.size(); row++) {
      rows.rank(row, first + row, 0, 0, 0);
    }
  }

  RowBuffer rows() {
    return rows;
  }

  boolean isOfPartition(int row) {
    return ofPartition.get(row);
  }

  /** The first row from {@code first} on that is late by another watermark, or the end. */
  int endOfRun(int first) {
    int end =
        ofPartition.get(first) ? ofPartition.nextClearBit(first) : ofPartition.nextSetBit(first);
    return end < 0 ? rows.size() : Math.min(end, rows.size());
  }

  void clear() {
    rows.clear();
    ofPartition.clear();
  }
}
