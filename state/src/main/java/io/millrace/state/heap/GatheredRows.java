package io.millrace.state.heap;

import io.millrace.spi.data.Column;
import io.millrace.state.codec.ColumnCodec;
import io.millrace.state.codec.StateWriter;
import io.millrace.state.form.CapturedRows;
import java.io.IOException;
import java.util.List;

/** Rows that were copied in one order, in chunks of 1,024, and are written in another. */
final class GatheredRows implements CapturedRows {
  private static final int CHUNK = ColumnCodec.CHUNK;

  private final List<ColumnCodec> codecs;
  private final List<Column[]> chunks;
  private final int[] order;
  private int written;

  /**
   * Takes rows.
   *
   * @param codecs one for each column
   * @param chunks their columns; all chunks but the last are full
   * @param order the indexes of the rows in the order in which they are written
   */
  GatheredRows(List<ColumnCodec> codecs, List<Column[]> chunks, int[] order) {
    this.codecs = codecs;
    this.chunks = chunks;
    this.order = order;
  }

  @Override
  public int nextCount() {
    return Math.min(order.length - written, CHUNK);
  }

  @Override
  public void writeNext(StateWriter out) throws IOException {
    int count = nextCount();
    for (int c = 0; c < codecs.size(); c++) {
      Column gathered = codecs.get(c).newColumn(count);
      for (int i = 0; i < count; i++) {
        int index = order[written + i];
        gathered.copy(chunks.get(index / CHUNK)[c], index & (CHUNK - 1), i);
      }
      codecs.get(c).write(gathered, count, out);
    }
    written += count;
  }
}
