package io.millrace.state.table;

import io.millrace.state.codec.ColumnCodec;
import io.millrace.state.form.CapturedState;
import java.util.List;

/**
 * A capture that takes the rows of a table out little by little, in rising order of their numbers.
 * A row that is about to change before that is kept by the table's {@code keep} of the subclass.
 */
public abstract class SlicedCapture implements CapturedState {
  /** So many bytes that are encoded count as a row. */
  private static final int BYTES_OF_A_ROW = 256;

  /** How many rows are taken at once, at most, if something of them is encoded. */
  private static final int FEW = 8;

  private final boolean isEncoding;
  private final int most;

  /** How many rows are taken at once, at most; fewer behind great ones. */
  private int step;

  /**
   * Begins with nothing taken out.
   *
   * @param codecs one for each column
   * @param limit the table has no more rows
   */
  protected SlicedCapture(List<ColumnCodec> codecs, int limit) {
    isEncoding = codecs.stream().anyMatch(ColumnCodec::isEncoding);
    most = Math.max(1, Math.min(ColumnCodec.CHUNK, limit));
    step = isEncoding ? 1 : most;
  }

  @Override
  public final int takeMore(int rows) {
    if (!isTaking()) {
      return 0;
    }
    int taken = 0;
    while (taken < rows) {
      int wanted = Math.min(step, rows - taken);
      int found = next(wanted);
      long cost = take(found) / BYTES_OF_A_ROW;
      taken += found + (int) Math.min(cost, rows);
      if (found < wanted) {
        end();
        return taken;
      }
      if (isEncoding) {
        step = cost > found ? 1 : Math.min(Math.min(FEW, most), 2 * step);
      }
    }
    return taken;
  }

  /** Whether not all is taken out. */
  protected abstract boolean isTaking();

  /**
   * Names the next rows that are to be taken out, each of them once.
   *
   * @return how many; if they are fewer than wanted, there are no more
   */
  protected abstract int next(int wanted);

  /**
   * Takes the rows out that were named last.
   *
   * @return how many bytes had to be encoded for that
   */
  protected abstract long take(int count);

  /** Says that all is taken out. */
  protected abstract void end();
}
