package io.millrace.runtime.circuit;

import java.util.ArrayDeque;
import java.util.Queue;
import org.jspecify.annotations.Nullable;

/**
 * The one way into a circuit: turns run one after the other, whoever brings them. What is brought
 * during a turn by the thread that runs it (a subscriber that sends) waits, and runs in order
 * before the outer turn returns.
 *
 * <p>A turn begins when all rows of the turns before have reached their ends, and ends in the same
 * way; only {@link #runAhead} lets tasks work on while the caller brings the next rows.
 *
 * <pre>{@code
 * if (turns.enter()) {
 *   try { … } finally { turns.leave(); }
 * } else {
 *   turns.defer(() -> …);
 * }
 * }</pre>
 */
public final class Turns {
  private final TurnLock lock = new TurnLock();
  private final Circuit circuit;
  private final Queue<Runnable> deferred = new ArrayDeque<>();
  private boolean hasDeferred;

  public Turns(Circuit circuit) {
    this.circuit = circuit;
  }

  /**
   * Waits for the turn of another thread to end.
   *
   * @return true if the caller has the turn now and must {@link #leave}; false if it is inside a
   *     turn of its own and must {@link #defer}
   */
  public boolean enter() {
    if (!lock.lock()) {
      return false;
    }
    if (circuit.isAhead()) {
      settleOrUnlock();
    }
    return true;
  }

  private void settleOrUnlock() {
    boolean isSettled = false;
    try {
      settle();
      isSettled = true;
    } finally {
      if (!isSettled) {
        lock.unlock();
      }
    }
  }

  /** What subscribers send meanwhile may be on its way then, too. */
  private void settle() {
    while (circuit.isAhead()) {
      circuit.settle();
      if (hasDeferred) {
        runDeferred();
      }
    }
  }

  /**
   * Runs a turn of rows behind which more come at once: tasks may work on when it returns, and what
   * they make comes out in later turns.
   */
  public void runAhead(Runnable turn) {
    if (!lock.lock()) {
      defer(turn);
      return;
    }
    try {
      defer(turn);
      runDeferred();
    } finally {
      lock.unlock();
    }
  }

  /** Has something run before the turn that the caller is inside of ends. */
  public void defer(Runnable turn) {
    deferred.add(turn);
    hasDeferred = true;
  }

  /**
   * Runs what was deferred, also if the turn failed, and lets others in. The first failure of a
   * deferred turn is thrown when all have run, the others as suppressed by it.
   */
  public void leave() {
    try {
      if (hasDeferred) {
        runDeferred();
      }
      settle();
    } finally {
      lock.unlock();
    }
  }

  private void runDeferred() {
    RuntimeException failure = null;
    for (Runnable turn = deferred.poll(); turn != null; turn = deferred.poll()) {
      try {
        turn.run();
      } catch (RuntimeException e) { // the others must run all the same
        failure = withSuppressed(failure, e);
      }
    }
    hasDeferred = false;
    if (failure != null) {
      throw failure;
    }
  }

  private static RuntimeException withSuppressed(
      @Nullable RuntimeException first, RuntimeException next) {
    if (first == null) {
      return next;
    }
    if (first != next) {
      first.addSuppressed(next);
    }
    return first;
  }

  /** Runs a turn now, or before the one that the caller is inside of ends. */
  public void run(Runnable turn) {
    boolean isOutermost = enter();
    defer(turn);
    if (isOutermost) {
      leave();
    }
  }

  /**
   * Runs a turn as {@link #run} does, unless turns of other threads keep it waiting for too long:
   * then nothing happens. What waits for the end of the caller's own turn is never kept out.
   *
   * @param nanos how long it waits for other threads, by the machine's clock; 0 for not at all
   * @return whether the turn has been run or will be
   */
  public boolean tryRun(Runnable turn, long nanos) {
    if (lock.isHeldByCurrentThread()) {
      defer(turn);
      return true;
    }
    if (!lock.tryLock(nanos)) {
      return false;
    }
    if (circuit.isAhead()) {
      settleOrUnlock();
    }
    defer(turn);
    leave();
    return true;
  }

  /** Whether the calling thread is inside a turn. */
  public boolean isInside() {
    return lock.isHeldByCurrentThread();
  }
}
