package io.millrace.runtime.commit;

import io.millrace.runtime.circuit.CircuitJob.OperatorCapture;
import io.millrace.spi.state.StateCapture;
import io.millrace.spi.time.Clock;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Queue;

/**
 * A snapshot whose moment is over, while the state of its moment is taken out: in slices, each in a
 * turn of its own, so that rows wait for one of them at most. The states see to it that nothing of
 * their moment is lost meanwhile.
 */
final class UnfinishedSnapshot {
  /** How long rows wait for a slice, unless a few rows of state take longer. */
  private static final long SLICE_NANOS = 500_000;

  private static final int ROWS_AT_ONCE = 64;

  private final PendingSnapshot snapshot;
  private final Queue<StateCapture> captures = new ArrayDeque<>();
  private final Clock clock;
  private long longestNanos;

  /** Begins with a snapshot of whose captures nothing may be taken out. */
  UnfinishedSnapshot(PendingSnapshot snapshot, List<OperatorCapture> captures, Clock clock) {
    this.snapshot = snapshot;
    this.clock = clock;
    captures.forEach(operator -> this.captures.add(operator.capture()));
  }

  /**
   * Takes a slice out, during a turn.
   *
   * @param startNanos when the turn began that rows wait for
   */
  void takeSlice(long startNanos) {
    long sliceNanos = clock.nanos();
    do {
      take(ROWS_AT_ONCE);
    } while (!isWhole() && clock.nanos() - sliceNanos < SLICE_NANOS);
    noteEnd(startNanos);
  }

  /** Takes all out that is left, during a turn. */
  void takeRest(long startNanos) {
    while (!isWhole()) {
      take(Integer.MAX_VALUE);
    }
    noteEnd(startNanos);
  }

  private void take(int rows) {
    int taken = 0;
    for (StateCapture next = captures.peek(); next != null && taken < rows; ) {
      int more = next.takeMore(rows - taken);
      if (more < rows - taken) {
        captures.remove();
        next = captures.peek();
      }
      taken += more;
    }
  }

  private void noteEnd(long startNanos) {
    longestNanos = Math.max(longestNanos, clock.nanos() - startNanos);
  }

  /** Whether all is taken out. */
  boolean isWhole() {
    return captures.isEmpty();
  }

  /** The snapshot, when it is whole. */
  PendingSnapshot whole() {
    return snapshot.withPause(longestNanos);
  }
}
