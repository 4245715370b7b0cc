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
import io.millrace.state.form.DeclaredSortBuffer;
import io.millrace.state.form.DeclaredStates;
import io.millrace.state.table.TablePanes;
import java.io.DataInput;
import java.io.IOException;
import java.util.function.Function;

/**
 * State in arrays on the heap. A capture copies what has changed, or refers to what never changes;
 * it is encoded when it is written. What is to be copied is marked at the moment of the capture,
 * and copied little by little, or when it is about to change.
 */
public final class HeapStateBackend implements StateBackend {
  private final DeclaredStates states = new DeclaredStates();
  private final Function<RowLogSpec, RowMemory> memories;
  private final Function<SortBufferSpec, DeclaredSortBuffer> buffers;
  private final Runnable onClose;
  private boolean closed;

  /** Begins without state. */
  public HeapStateBackend() {
    this(spec -> new HeapMemory(spec.columns()), HeapSortBuffer::new, () -> {});
  }

  /**
   * Begins without state, and with rows that may lie elsewhere.
   *
   * @param memories makes that in which the pages of a log are
   * @param buffers makes sort buffers
   * @param onClose runs once, when it has been closed
   */
  public HeapStateBackend(
      Function<RowLogSpec, RowMemory> memories,
      Function<SortBufferSpec, DeclaredSortBuffer> buffers,
      Runnable onClose) {
    this.memories = memories;
    this.buffers = buffers;
    this.onClose = onClose;
  }

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
    return states.declare(new HeapRowLog(spec, memories.apply(spec)));
  }

  @Override
  public SortBuffer sortBuffer(SortBufferSpec spec) {
    return states.declare(buffers.apply(spec));
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
    if (!closed) {
      closed = true;
      states.close();
      onClose.run();
    }
  }
}
