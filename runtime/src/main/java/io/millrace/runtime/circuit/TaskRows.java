package io.millrace.runtime.circuit;

import io.millrace.spi.data.Batch;
import io.millrace.spi.data.RowBuffer;
import io.millrace.spi.types.Schema;
import java.util.BitSet;

/** Copies of the rows that an operator of a task has sent in a turn. */
final class TaskRows {
  private final RowBuffer rows;

  /** Rows that are late by the watermark of their source partition, not by the operator's own. */
  private final BitSet ofPartition = new BitSet();

  TaskRows(Schema schema) {
    this.rows = new RowBuffer(schema, 16, new RecordedTimeline());
  }

  void append(Batch batch, boolean isOfPartition) {
    int before = rows.size();
    rows.appendAll(batch);
    if (isOfPartition) {
      ofPartition.set(before, rows.size());
    }
  }

  RowBuffer rows() {
    return rows;
  }

  boolean isOfPartition(int row) {
    return ofPartition.get(row);
  }

  void clear() {
    rows.clear();
    ofPartition.clear();
  }
}
