package io.millrace.state.chronicle;

import io.millrace.spi.state.SlotTableSpec;
import io.millrace.state.codec.ColumnCodec;
import io.millrace.state.form.CapturedRows;
import io.millrace.state.table.MergedCopies;
import io.millrace.state.table.SlotColumns;
import io.millrace.state.table.SlotCopies;
import java.util.List;

/** Copies rows into memory, while they are few. */
final class CopyingTaker implements RowTaker {
  private final SlotColumns columns;
  private final HotRows hot;
  private final ColdRows cold;
  private final List<ColumnCodec> codecs;
  private final SlotCopies ordered;

  /** Those that were about to change, and those that were in files. */
  private final SlotCopies others;

  /** A row that comes out of a file. */
  private final SlotColumns fetched;

  private int[] slots = new int[0];
  private int[] names = new int[0];

  /**
   * Begins without rows.
   *
   * @param codecs one for each column
   */
  CopyingTaker(
      SlotTableSpec spec,
      SlotColumns columns,
      HotRows hot,
      ColdRows cold,
      List<ColumnCodec> codecs) {
    this.columns = columns;
    this.hot = hot;
    this.cold = cold;
    this.codecs = codecs;
    ordered = new SlotCopies(codecs);
    others = new SlotCopies(codecs);
    fetched = new SlotColumns(spec, 1);
  }

  @Override
  public long take(int[] numbers, int count) {
    if (slots.length < count) {
      slots = new int[count];
      names = new int[count];
    }
    int found = 0;
    long bytes = 0;
    for (int i = 0; i < count; i++) {
      int slot = hot.slot(numbers[i]);
      if (slot < 0) {
        bytes += fetch(numbers[i]);
      } else {
        slots[found] = slot;
        names[found++] = numbers[i];
      }
    }
    return bytes + ordered.add(columns.all(), slots, names, found);
  }

  private long fetch(int number) {
    ColdRows.Image image = cold.image(number);
    fetched.reset(0, 1);
    cold.readCaptured(image, fetched.keys(), fetched.fields(), 0);
    others.addCaptured(fetched.all(), 0, number);
    return image.size();
  }

  @Override
  public void keep(int[] numbers, int[] keptSlots, int count) {
    others.add(columns.all(), keptSlots, numbers, count);
  }

  @Override
  public CapturedRows rows() {
    return new MergedCopies(codecs, ordered, others);
  }
}
