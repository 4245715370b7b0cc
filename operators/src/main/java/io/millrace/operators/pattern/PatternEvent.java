package io.millrace.operators.pattern;

import io.millrace.spi.data.Batch;
import io.millrace.spi.data.Column;
import io.millrace.spi.time.SourceTimeline;
import io.millrace.spi.types.Schema;
import java.util.List;

/** The event that is dealt with: a row of a batch. */
final class PatternEvent {
  private final List<Integer> keyColumns;
  private final Column[] keys;
  private final int[] room = new int[1];
  private int[] rooms = room;
  private Batch batch = new Batch(Schema.of(), new Column[0], new SourceTimeline());
  private int row;
  private long number;

  PatternEvent(List<Integer> keyColumns) {
    this.keyColumns = keyColumns;
    this.keys = new Column[keyColumns.size()];
  }

  /** Takes the columns of a batch. */
  void of(Batch rows) {
    batch = rows;
    for (int i = 0; i < keys.length; i++) {
      keys[i] = rows.column(keyColumns.get(i));
    }
    if (rooms.length < rows.size()) {
      rooms = new int[rows.size()];
    }
  }

  /**
   * Is a row of the batch from now on.
   *
   * @param ordinal how many events have come before it, and 1
   */
  void at(int index, long ordinal) {
    row = index;
    number = ordinal;
  }

  Batch batch() {
    return batch;
  }

  int row() {
    return row;
  }

  /** Tells events apart: the later it came, the greater. */
  long number() {
    return number;
  }

  long time() {
    return batch.rowtimes()[row];
  }

  int position() {
    return batch.position(row);
  }

  /** The columns of its key. */
  Column[] keys() {
    return keys;
  }

  /** Room for a number at its row. */
  int[] room() {
    return rooms;
  }
}
