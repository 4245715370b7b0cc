package io.millrace.state.heap;

import io.millrace.spi.state.LongValue;
import io.millrace.spi.state.Panes;
import io.millrace.spi.state.PanesSpec;
import io.millrace.spi.state.RowLog;
import io.millrace.spi.state.RowLogSpec;
import io.millrace.spi.state.SlotTable;
import io.millrace.spi.state.SlotTableSpec;
import io.millrace.spi.state.SortBuffer;
import io.millrace.spi.state.SortBufferSpec;
import io.millrace.spi.state.StateBackend;
import io.millrace.spi.state.StateCapture;
import io.millrace.state.codec.StateKind;
import io.millrace.state.form.DeclaredLong;
import io.millrace.state.form.DeclaredStates;
import io.millrace.state.table.TablePanes;
import java.io.DataInput;
import java.io.IOException;

/**
 * State in arrays on the heap. A capture copies what has changed, or refers to what never changes;
 * it is encoded when it is written. What is to be copied is marked at the moment of the capture,
 * and copied little by little, or when it is about to change.
 */
public final class HeapStateBackend implements StateBackend {
  private final DeclaredStates states = new DeclaredStates();

  @Override
  public SlotTable slotTable(SlotTableSpec spec) {
    return states.declare(new HeapSlotTable(spec));
  }

  @Override
  public Panes panes(PanesSpec spec) {
    SlotTableSpec table = spec.table();
    return states.declare(new TablePanes(table, () -> new HeapSlotTable(table, StateKind.PANES)));
  }

  @Override
  public RowLog rowLog(RowLogSpec spec) {
    return states.declare(new HeapRowLog(spec, new HeapMemory(spec.columns())));
  }

  @Override
  public SortBuffer sortBuffer(SortBufferSpec spec) {
    return states.declare(new HeapSortBuffer(spec));
  }

  @Override
  public LongValue longValue(String name) {
    return states.declare(new DeclaredLong(name));
  }

  @Override
  public StateCapture capture(boolean full) {
    return states.capture(full);
  }

  @Override
  public StateCapture beginCapture(boolean full) {
    return states.beginCapture(full);
  }

  @Override
  public StateCapture drain() {
    return states.drain();
  }

  @Override
  public void restore(DataInput in) throws IOException {
    states.restore(in);
  }

  @Override
  public long entries() {
    return states.entries();
  }

  @Override
  public void close() {
    states.close();
  }
}
