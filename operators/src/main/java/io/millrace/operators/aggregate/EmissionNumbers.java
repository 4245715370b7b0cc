package io.millrace.operators.aggregate;

import io.millrace.spi.data.Batch;
import io.millrace.spi.data.Column;
import io.millrace.spi.data.LongColumn;
import io.millrace.spi.state.LongValue;
import org.jspecify.annotations.Nullable;

/**
 * Numbers what is sent together. Where several sets of keys have a window each, a row comes once
 * for each of them, in the order of their numbers, and what its copies bring about has one number.
 */
public final class EmissionNumbers {
  private final LongValue next;
  private final int setColumn;
  private @Nullable LongColumn sets;

  /** Of the row before. */
  private long set = Long.MIN_VALUE;

  /** Whether a copy of the row that comes has been given the last number. */
  private boolean isGiven;

  /**
   * @param next the number that comes next, which is saved
   * @param setColumn the column (INT) with the number of the set of keys; -1 if there is one
   */
  public EmissionNumbers(LongValue next, int setColumn) {
    this.next = next;
    this.setColumn = setColumn;
  }

  /** Takes the columns of a batch, whose rows come next. */
  public void begin(Batch batch) {
    Column column = setColumn < 0 ? null : batch.column(setColumn);
    sets = (LongColumn) column;
  }

  /** Comes before each row of the batch. */
  public void arrive(int row) {
    if (sets != null) {
      isGiven &= sets.values()[row] > set;
      set = sets.values()[row];
    }
  }

  /** The number of what the row sends, or begins. */
  public long take() {
    long number = next.get();
    if (isGiven) {
      return number - 1;
    }
    next.set(number + 1);
    isGiven = sets != null;
    return number;
  }

  /** The number that comes next. */
  public long next() {
    return next.get();
  }
}
