package io.millrace.state.chronicle;

import io.millrace.spi.data.Column;
import io.millrace.spi.state.SlotTableSpec;
import io.millrace.state.codec.ColumnCodec;
import io.millrace.state.codec.StateReader;
import io.millrace.state.table.SlotColumns;
import java.io.IOException;
import java.util.List;
import java.util.function.Supplier;

/**
 * Takes rows out of a table for a capture: from columns and files alike, into memory while they are
 * few, else into a file.
 */
final class TableCapturer {
  private static final int[] IN_ORDER = inOrder();

  private final SlotTableSpec spec;
  private final ScratchFolder folder;
  private final SlotColumns columns;
  private final HotRows hot;
  private final ColdRows cold;
  private final Supplier<CaptureRoom> room;

  /**
   * @param room gives that of the capture which begins
   */
  TableCapturer(
      SlotTableSpec spec,
      ScratchFolder folder,
      SlotColumns columns,
      HotRows hot,
      ColdRows cold,
      Supplier<CaptureRoom> room) {
    this.spec = spec;
    this.folder = folder;
    this.columns = columns;
    this.hot = hot;
    this.cold = cold;
    this.room = room;
  }

  /** What takes so many rows, which are in columns and files. */
  RowTaker taker(List<ColumnCodec> codecs, int count) {
    CaptureRoom ofAll = room.get();
    if (ofAll.takes(count)) {
      return new CopyingTaker(spec, columns, hot, cold, codecs);
    }
    SpoolingTaker taker = new SpoolingTaker(spec, folder, columns, hot, cold, codecs, ofAll);
    ofAll.add(taker);
    return taker;
  }

  /** Reads a chunk of rows, keys first, at the indices from 0. */
  Column[] readChunk(List<ColumnCodec> codecs, int count, StateReader in) throws IOException {
    Column[] all = new SlotColumns(spec, count).all();
    for (int c = 0; c < all.length; c++) {
      codecs.get(c).read(all[c], IN_ORDER, count, in);
    }
    return all;
  }

  private static int[] inOrder() {
    int[] indexes = new int[ColumnCodec.CHUNK];
    for (int i = 0; i < indexes.length; i++) {
      indexes[i] = i;
    }
    return indexes;
  }
}
