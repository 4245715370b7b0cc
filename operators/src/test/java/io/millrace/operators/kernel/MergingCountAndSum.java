package io.millrace.operators.kernel;

import io.millrace.spi.data.Column;
import io.millrace.spi.data.LongColumn;
import io.millrace.spi.state.SlotTable;

/** {@link CountAndSum} of groups that are put together. No row fails. */
final class MergingCountAndSum implements MergingKernel {
  private final CountAndSum kernel = new CountAndSum();
  private final LongColumn[] bound = new LongColumn[CountAndSum.FIELDS.size()];

  @Override
  public void bind(SlotTable table) {
    kernel.bind(table);
    for (int i = 0; i < bound.length; i++) {
      bound[i] = (LongColumn) table.field(i);
    }
  }

  @Override
  public void add(Column[] arguments, int from, int to, int[] slots, RowErrors errors) {
    for (int row = from; row < to; row++) {
      kernel.addBack(arguments, row, slots[row]);
    }
  }

  @Override
  public void merge(SlotTable source, int[] sources, int[] slots, int count) {
    for (int i = 0; i < count; i++) {
      for (int field = 0; field < bound.length; field++) {
        bound[field].values()[slots[i]] += ((LongColumn) source.field(field)).values()[sources[i]];
      }
    }
  }

  @Override
  public void remove(Column[] arguments, int row, int slot) {
    throw new IllegalStateException("takes no rows back");
  }

  @Override
  public void addBack(Column[] arguments, int row, int slot) {
    throw new IllegalStateException("takes no rows back");
  }

  @Override
  public void results(int[] slots, int from, int to, Column[] out, int at) {
    kernel.results(slots, from, to, out, at);
  }

  @Override
  public void reset(int slot) {
    kernel.reset(slot);
  }
}
