package io.millrace.state.chronicle;

import io.millrace.spi.state.SlotTableSpec;
import io.millrace.state.chronicle.ImageFile.Numbered;
import io.millrace.state.codec.ColumnCodec;
import io.millrace.state.form.CapturedRows;
import io.millrace.state.table.SlotColumns;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * Writes rows into files, as they lie in their records: those that are taken in order into one,
 * those that are kept into further ones, each of some of them in order. They are merged when the
 * capture is written.
 */
final class SpoolingTaker implements RowTaker {
  private final SlotTableSpec spec;
  private final ScratchFolder folder;
  private final SlotColumns columns;
  private final HotRows hot;
  private final ColdRows cold;
  private final List<ColumnCodec> codecs;
  private final CaptureRoom room;
  private final List<ImageFile> files = new ArrayList<>();
  private final ImageFile ordered;
  private final List<Numbered> kept = new ArrayList<>();

  /**
   * Begins without rows.
   *
   * @param codecs one for each column
   * @param room is told of each row that is kept
   */
  SpoolingTaker(
      SlotTableSpec spec,
      ScratchFolder folder,
      SlotColumns columns,
      HotRows hot,
      ColdRows cold,
      List<ColumnCodec> codecs,
      CaptureRoom room) {
    this.spec = spec;
    this.folder = folder;
    this.columns = columns;
    this.hot = hot;
    this.cold = cold;
    this.codecs = codecs;
    this.room = room;
    ordered = newFile();
  }

  private ImageFile newFile() {
    ImageFile file = new ImageFile(folder.newFile());
    files.add(file);
    return file;
  }

  @Override
  public long take(int[] numbers, int count) {
    long bytes = 0;
    for (int i = 0; i < count; i++) {
      int slot = hot.slot(numbers[i]);
      ColdRows.Image image = slot < 0 ? cold.image(numbers[i]) : image(slot);
      ordered.add(new Numbered(numbers[i], image));
      bytes += image.size();
    }
    return bytes;
  }

  private ColdRows.Image image(int slot) {
    return cold.image(columns.keys(), columns.fields(), slot);
  }

  @Override
  public void keep(int[] numbers, int[] slots, int count) {
    for (int i = 0; i < count; i++) {
      kept.add(new Numbered(numbers[i], image(slots[i])));
      room.keepsMore();
    }
  }

  /** How many rows are kept in memory. */
  int kept() {
    return kept.size();
  }

  /** Writes the rows that are kept in memory into a file of their own. */
  void spoolKept() {
    kept.sort(Comparator.comparingInt(Numbered::number));
    ImageFile file = newFile();
    kept.forEach(file::add);
    file.end();
    kept.clear();
  }

  @Override
  public void end() {
    ordered.end();
  }

  @Override
  public CapturedRows rows() {
    ordered.end();
    spoolKept();
    room.leave(this);
    return new SpooledRows(spec, codecs, new ColdRows(spec, folder, 0), files);
  }

  @Override
  public void discard() {
    room.leave(this);
    files.forEach(ImageFile::delete);
  }
}
