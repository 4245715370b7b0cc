package io.millrace.state.chronicle;

import io.millrace.spi.data.Column;
import io.millrace.spi.state.SlotTableSpec;
import io.millrace.state.chronicle.ImageFile.Numbered;
import io.millrace.state.codec.ColumnCodec;
import io.millrace.state.codec.StateWriter;
import io.millrace.state.form.CapturedRows;
import io.millrace.state.table.SlotColumns;
import java.io.IOException;
import java.util.Comparator;
import java.util.List;
import java.util.PriorityQueue;

/**
 * Captured rows in files, for more of them than the heap should hold: each file is in order, and
 * they are merged and encoded when the capture is written.
 */
final class SpooledRows implements CapturedRows {
  private final SlotTableSpec spec;
  private final List<ColumnCodec> codecs;
  private final ColdRows decoder;
  private final PriorityQueue<Head> heads =
      new PriorityQueue<>(Comparator.comparingInt((Head head) -> head.row.number()));
  private final List<ImageFile> files;
  private boolean begun;
  private int rest;

  /** The next row of a file. */
  private record Head(Numbered row, ImageFile file) {}

  /**
   * Takes files that have been ended.
   *
   * @param decoder reads the rows; of no use to anybody else, since that happens on another thread
   */
  SpooledRows(
      SlotTableSpec spec, List<ColumnCodec> codecs, ColdRows decoder, List<ImageFile> files) {
    this.spec = spec;
    this.codecs = codecs;
    this.decoder = decoder;
    this.files = files;
    rest = files.stream().mapToInt(ImageFile::rest).sum();
  }

  @Override
  public int nextCount() {
    return Math.min(rest, ColumnCodec.CHUNK);
  }

  @Override
  public void writeNext(StateWriter writer) throws IOException {
    if (!begun) {
      begun = true;
      for (ImageFile file : files) {
        advance(file);
      }
    }
    int count = nextCount();
    SlotColumns columns = new SlotColumns(spec, count);
    for (int row = 0; row < count; row++) {
      Head head = heads.remove();
      decoder.readCaptured(head.row.image(), columns.keys(), columns.fields(), row);
      advance(head.file);
    }
    Column[] all = columns.all();
    for (int c = 0; c < all.length; c++) {
      codecs.get(c).write(all[c], count, writer);
    }
    rest -= count;
  }

  private void advance(ImageFile file) throws IOException {
    Numbered row = file.next();
    if (row != null) {
      heads.add(new Head(row, file));
    }
  }
}
