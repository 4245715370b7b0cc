package io.millrace.state.table;

import io.millrace.state.codec.StateWriter;
import io.millrace.state.form.CapturedState;
import io.millrace.state.form.TakenInOrder;
import java.io.IOException;
import java.util.ArrayDeque;
import java.util.Queue;

/**
 * What was captured of panes: the times of those that are gone, then those that are new or have
 * changed.
 */
public final class PanesCapture implements CapturedState {
  private final long[] removed;
  private final Queue<Pane> panes = new ArrayDeque<>();
  private final TakenInOrder taken = new TakenInOrder();

  private record Pane(long time, CapturedState table) {}

  public PanesCapture(long[] removed) {
    this.removed = removed;
  }

  public void add(long time, CapturedState table) {
    panes.add(new Pane(time, table));
    taken.add(table);
  }

  @Override
  public int takeMore(int rows) {
    return taken.takeMore(rows);
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

  @Override
  public void discard() {
    for (Pane pane = panes.poll(); pane != null; pane = panes.poll()) {
      pane.table.discard();
    }
  }
}
