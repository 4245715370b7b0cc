package io.millrace.state.heap;

import io.millrace.state.codec.StateWriter;
import java.io.IOException;
import java.util.ArrayDeque;
import java.util.Queue;

/**
 * What was captured of panes: the times of those that are gone, then those that are new or have
 * changed.
 */
final class PanesCapture implements CapturedState {
  private final long[] removed;
  private final Queue<Pane> panes = new ArrayDeque<>();

  private record Pane(long time, SlotTableCapture table) {}

  PanesCapture(long[] removed) {
    this.removed = removed;
  }

  void add(long time, SlotTableCapture table) {
    panes.add(new Pane(time, table));
  }

  @Override
  public void write(StateWriter out) throws IOException {
    out.writeUnsigned(removed.length);
    for (long time : removed) {
      out.writeSigned(time);
    }
    out.writeUnsigned(panes.size());
    for (Pane pane = panes.poll(); pane != null; pane = panes.poll()) {
      out.writeSigned(pane.time);
      pane.table.write(out);
    }
  }
}
