package io.millrace.operators.kernel;

import io.millrace.spi.data.Column;
import io.millrace.spi.state.SlotTable;

/** {@link CountAndSum} of rows that go into several groups. */
final class CheckingCountAndSum implements CheckingKernel {
  private final CountAndSum kernel = new CountAndSum();
  private final boolean refusesRows;

  /**
   * @param refusesRows whether rows fail; if not, nobody asks before they are added
   */
  CheckingCountAndSum(boolean refusesRows) {
    this.refusesRows = refusesRows;
  }

  @Override
  public void bind(SlotTable table) {
    kernel.bind(table);
  }

  @Override
  public boolean refusesRows() {
    return refusesRows;
  }

  @Override
  public boolean accepts(Column[] arguments, int row, int slot, RowErrors errors) {
    return kernel.accepts(arguments, row, slot, errors);
  }

  @Override
  public void add(Column[] arguments, int from, int to, int[] slots, RowErrors errors) {
    kernel.add(arguments, from, to, slots, errors);
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
