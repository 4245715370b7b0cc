package io.millrace.state.form;

import java.util.ArrayDeque;
import java.util.Queue;

/** Captured states that become whole one after the other. */
public final class TakenInOrder {
  private final Queue<CapturedState> rest = new ArrayDeque<>();

  /** Adds one of which not all may be out. */
  public void add(CapturedState state) {
    rest.add(state);
  }

  /** As {@link CapturedState#takeMore}, of all of them. */
  public int takeMore(int rows) {
    int taken = 0;
    for (CapturedState next = rest.peek(); next != null && taken < rows; next = rest.peek()) {
      int more = next.takeMore(rows - taken);
      if (more < rows - taken) {
        rest.remove();
      }
      taken += more;
    }
    return taken;
  }

  /** Fails if not all is out. */
  public void requireWhole() {
    if (!rest.isEmpty()) {
      throw new IllegalStateException("a capture is written when all is taken out");
    }
  }
}
