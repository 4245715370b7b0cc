package io.millrace.operators.join;

import io.millrace.spi.data.Batch;
import io.millrace.spi.data.RowBuffer;
import io.millrace.spi.time.Timeline;
import io.millrace.spi.types.Schema;
import java.util.Arrays;

/**
 * Rows of outer sides whose last match has been taken back, as they are sent alone: behind all of
 * that position and moment, unless one of these is a match again. So nothing is sent alone that
 * never was.
 */
final class PartedRows {
  private final RowBuffer results;
  private final Timeline timeline;

  /** By the index of a result the side and the number of its row, or {@link JoinRows#NONE}. */
  private int[] sides = new int[1];

  private int[] numbers = new int[1];

  PartedRows(Schema output, Timeline timeline) {
    this.results = new RowBuffer(output, 1, timeline);
    this.timeline = timeline;
  }

  /** Adds a row, and a result that has it alone. */
  void add(int side, int number, Batch alone, int row) {
    int at = results.size();
    results.append(alone, row);
    if (at == numbers.length) {
      numbers = Arrays.copyOf(numbers, 2 * at);
      sides = Arrays.copyOf(sides, 2 * at);
    }
    numbers[at] = number;
    sides[at] = side;
  }

  /** Removes a row that need not be sent alone; whether it is here. */
  boolean remove(int side, int number) {
    for (int i = results.size() - 1; i >= 0; i--) {
      if (numbers[i] == number && sides[i] == side) {
        numbers[i] = JoinRows.NONE;
        return true;
      }
    }
    return false;
  }

  boolean isEmpty() {
    return results.isEmpty();
  }

  /** Whether a row is of the position and moment at which those here have been parted. */
  boolean areOfMomentOf(Batch batch, int row) {
    Batch alone = results();
    return alone.position(0) == batch.position(row) && alone.moment(0) == batch.moment(row);
  }

  /** The results, among them those of removed rows. */
  Batch results() {
    return results.batch(timeline, timeline);
  }

  boolean isRemoved(int result) {
    return numbers[result] == JoinRows.NONE;
  }

  void clear() {
    results.clear();
  }
}
