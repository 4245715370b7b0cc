package io.millrace.spi.state;

/**
 * Where an operator obtains its state while it is opened: each name once. After a restore the state
 * is there as it was saved; an operator never saves or reads anything itself.
 */
public interface StateContext {
  SlotTable slotTable(SlotTableSpec spec);

  Panes panes(PanesSpec spec);

  RowLog rowLog(RowLogSpec spec);

  SortBuffer sortBuffer(SortBufferSpec spec);

  /** A single long that is saved with the rest, 0 at first. */
  LongValue longValue(String name);
}
