package io.millrace.operators.window;

import io.millrace.spi.data.Column;
import io.millrace.spi.state.RowLog;

/**
 * Rows of a log.
 *
 * @param ordinals which, in their order
 */
record LoggedContents(RowLog log, int slot, long[] ordinals) implements HeldContents {

  @Override
  public int size() {
    return ordinals.length;
  }

  @Override
  public void copy(int from, int to, Column[] into, long[] rowtimes) {
    for (int i = from; i < to; i++) {
      Column[] rows = log.columns(slot, ordinals[i]);
      int index = log.index(slot, ordinals[i]);
      for (int c = 0; c < into.length; c++) {
        into[c].copy(rows[c], index, i - from);
      }
      rowtimes[i - from] = log.time(slot, ordinals[i]);
    }
  }
}
