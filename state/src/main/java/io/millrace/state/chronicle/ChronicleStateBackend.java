package io.millrace.state.chronicle;

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
import io.millrace.state.heap.HeapRowLog;
import io.millrace.state.table.TablePanes;
import java.io.DataInput;
import java.io.IOException;

/**
 * Tables of keys in files, see {@link ChronicleSlotTable}, and pages of logs, see {@link
 * FilePages}, and rows that wait for their place, see {@link FileSortBuffer}.
 */
final class ChronicleStateBackend implements StateBackend {
  private final ScratchFolder folder;
  private final ChronicleState.HotSize size;
  private final Runnable onClose;
  private final DeclaredStates states = new DeclaredStates();

  /** That of the last capture, which all tables have together. */
  private CaptureRoom room = new CaptureRoom();

  private boolean closed;

  /**
   * Begins empty.
   *
   * @param onClose runs once, when it has been closed
   */
  ChronicleStateBackend(ScratchFolder folder, ChronicleState.HotSize size, Runnable onClose) {
    this.folder = folder;
    this.onClose = onClose;
    this.size = size;
  }

  @Override
  public SlotTable slotTable(SlotTableSpec spec) {
    return states.declare(table(spec, StateKind.SLOT_TABLE, size.most()));
  }

  @Override
  public Panes panes(PanesSpec spec) {
    SlotTableSpec table = spec.table();
    return states.declare(
        new TablePanes(table, () -> table(table, StateKind.PANES, size.mostOfPane())));
  }

  private ChronicleSlotTable table(SlotTableSpec spec, StateKind kind, int most) {
    return new ChronicleSlotTable(spec, kind, folder, new HotRows(most, size.held()), () -> room);
  }

  @Override
  public RowLog rowLog(RowLogSpec spec) {
    return states.declare(new HeapRowLog(spec, ChronicleState.pages(spec, folder, size)));
  }

  @Override
  public SortBuffer sortBuffer(SortBufferSpec spec) {
    return states.declare(ChronicleState.buffer(spec, folder, size));
  }

  @Override
  public LongValue longValue(String name) {
    return states.declare(new DeclaredLong(name));
  }

  @Override
  public StateCapture capture(boolean full) {
    room = new CaptureRoom();
    return states.capture(full);
  }

  @Override
  public StateCapture beginCapture(boolean full) {
    room = new CaptureRoom();
    return states.beginCapture(full);
  }

  @Override
  public StateCapture drain() {
    room = new CaptureRoom();
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
