package io.millrace.state.form;

import io.millrace.spi.data.Column;
import io.millrace.state.codec.ColumnCodec;
import io.millrace.state.codec.StateWriter;
import java.io.IOException;
import java.util.Arrays;
import java.util.List;

/**
 * Rows that stay in their columns, which do not change any more, until they are written: a chunk of
 * 1,024 at a time is copied.
 */
public final class LentRows implements CapturedRows {
  private final List<ColumnCodec> codecs;
  private final Column[] columns;
  private final int[] rows;
  private final int count;
  private int written;

  /**
   * Takes rows.
   *
   * @param codecs one for each column
   * @param rows which ones, {@code count} of them
   */
  public LentRows(List<ColumnCodec> codecs, Column[] columns, int[] rows, int count) {
    this.codecs = codecs;
    this.columns = columns;
    this.rows = rows;
    this.count = count;
  }

  @Override
  public int nextCount() {
    return Math.min(count - written, ColumnCodec.CHUNK);
  }

  @Override
  public void writeNext(StateWriter out) throws IOException {
    int size = nextCount();
    int[] chunk = Arrays.copyOfRange(rows, written, written + size);
    for (int c = 0; c < columns.length; c++) {
      codecs.get(c).write(codecs.get(c).capture(columns[c], chunk, size), size, out);
    }
    written += size;
  }
}
