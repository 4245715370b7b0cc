package io.millrace.operators.union;

import io.millrace.spi.data.Batch;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** Gives the rows of one input of a union the lanes that they have among those of all inputs. */
final class UnionLanes {
  private final int[] byOwn;

  /** The lane of the first own lane, as often as there are rows: filled when it grows. */
  private int[] first = new int[0];

  private int[] written = new int[0];

  /**
   * @param byOwn the lanes by those that the rows have in the input
   */
  UnionLanes(int[] byOwn) {
    this.byOwn = byOwn;
  }

  /** The lane of a row; own lanes that are not known have that of the last. */
  int of(Batch batch, int row) {
    return byOwn[Math.min(batch.lane(row), byOwn.length - 1)];
  }

  /** The lanes of all rows of a batch, valid until the next call; null if all are 0. */
  int @Nullable [] of(Batch batch) {
    int size = batch.size();
    if (batch.lanes() != null) {
      if (written.length < size) {
        written = new int[size];
      }
      for (int row = 0; row < size; row++) {
        written[row] = of(batch, row);
      }
      return written;
    }
    if (byOwn[0] == 0) {
      return null;
    }
    if (first.length < size) {
      first = new int[Math.max(size, 2 * first.length)];
      Arrays.fill(first, byOwn[0]);
    }
    return first;
  }
}
