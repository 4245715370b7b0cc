package io.millrace.state.chronicle;

import io.millrace.spi.data.Column;
import io.millrace.spi.state.SlotTableSpec;
import io.millrace.state.codec.ColumnCodec;
import io.millrace.state.codec.StateReader;
import io.millrace.state.form.CapturedRows;
import io.millrace.state.form.CopiedRows;
import io.millrace.state.table.SlotColumns;
import java.io.IOException;
import java.util.List;

/**
 * Takes rows out of a table for a capture: from columns and cells alike, into memory while they are
 * few, else into a file.
 */
final class TableCapturer {
  private static final int MOST_IN_MEMORY = 1 << 17;
  private static final int[] IN_ORDER = inOrder();

  private final SlotTableSpec spec;
  private final ScratchFolder folder;
  private final SlotColumns columns;
  private final HotRows hot;
  private final ColdRows cold;

  TableCapturer(
      SlotTableSpec spec, ScratchFolder folder, SlotColumns columns, HotRows hot, ColdRows cold) {
    this.spec = spec;
    this.folder = folder;
    this.columns = columns;
    this.hot = hot;
    this.cold = cold;
  }

  /** Takes the rows of numbers in use. */
  CapturedRows rows(List<ColumnCodec> codecs, int[] numbers) {
    if (numbers.length > MOST_IN_MEMORY) {
      return spool(codecs, numbers);
    }
    CopiedRows rows = new CopiedRows(codecs);
    for (int from = 0; from < numbers.length; from += ColumnCodec.CHUNK) {
      int count = Math.min(ColumnCodec.CHUNK, numbers.length - from);
      rows.add(chunk(codecs, numbers, from, count), count);
    }
    return rows;
  }

  private CapturedRows spool(List<ColumnCodec> codecs, int[] numbers) {
    SpooledRows rows =
        new SpooledRows(spec, codecs, new ColdRows(spec, folder, 0), folder.newFile());
    for (int number : numbers) {
      int slot = hot.slot(number);
      rows.add(
          slot < 0
              ? cold.image(number)
              : cold.image(number, columns.keys(), columns.fields(), slot));
    }
    rows.end();
    return rows;
  }

  private Column[] chunk(List<ColumnCodec> codecs, int[] numbers, int from, int count) {
    SlotColumns rows = new SlotColumns(spec, count);
    int[] slots = new int[count];
    int[] places = new int[count];
    int found = 0;
    for (int row = 0; row < count; row++) {
      int slot = hot.slot(numbers[from + row]);
      if (slot < 0) {
        cold.readCaptured(cold.image(numbers[from + row]), rows.keys(), rows.fields(), row);
      } else {
        slots[found] = slot;
        places[found++] = row;
      }
    }
    Column[] all = rows.all();
    Column[] sources = columns.all();
    int[] one = new int[1];
    for (int c = 0; c < all.length; c++) {
      Column copy = codecs.get(c).capture(sources[c], slots, found);
      if (found == count) {
        all[c] = copy;
        continue;
      }
      for (int i = 0; i < found; i++) {
        one[0] = i;
        all[c].gather(copy, one, 1, places[i]);
      }
    }
    return all;
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
