package io.millrace.state.form;

import io.millrace.spi.data.Column;
import io.millrace.state.codec.ColumnCodec;
import io.millrace.state.codec.StateWriter;
import java.io.IOException;
import java.util.ArrayDeque;
import java.util.List;

/**
 * Rows that were copied out of columns, in chunks of 1,024, the last one of fewer. Written chunk by
 * chunk; a written chunk is forgotten.
 */
public final class CopiedRows implements CapturedRows {
  private final List<ColumnCodec> codecs;
  private final ArrayDeque<Column[]> chunks = new ArrayDeque<>();
  private int rest;

  /**
   * Begins without rows.
   *
   * @param codecs one for each column
   */
  public CopiedRows(List<ColumnCodec> codecs) {
    this.codecs = codecs;
  }

  /** Adds a chunk of captured columns, which must be full if another follows. */
  public void add(Column[] chunk, int count) {
    chunks.add(chunk);
    rest += count;
  }

  @Override
  public int nextCount() {
    return Math.min(rest, ColumnCodec.CHUNK);
  }

  @Override
  public void writeNext(StateWriter out) throws IOException {
    int count = nextCount();
    Column[] chunk = chunks.remove();
    for (int c = 0; c < chunk.length; c++) {
      codecs.get(c).write(chunk[c], count, out);
    }
    rest -= count;
  }
}
