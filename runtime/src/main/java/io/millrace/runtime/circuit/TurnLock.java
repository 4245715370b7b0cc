package io.millrace.runtime.circuit;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.util.concurrent.locks.LockSupport;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * A lock for very short sections that one thread enters nearly always: it is taken by one atomic
 * operation and given back by a plain store. A {@link ReentrantLock} needs a second atomic
 * operation to give it back, which is a large part of what a turn of one row costs.
 *
 * <p>Not reentrant and, like a {@code ReentrantLock} by default, not fair.
 */
final class TurnLock {
  private static final VarHandle OWNER;
  private static final int SPINS = 200;

  /**
   * How long a thread sleeps that was not woken because it said that it waits at the very moment in
   * which the lock was given back.
   */
  private static final long LONGEST_SLEEP_NANOS = 1_000_000;

  static {
    try {
      OWNER = MethodHandles.lookup().findVarHandle(TurnLock.class, "owner", Thread.class);
    } catch (ReflectiveOperationException e) {
      throw new ExceptionInInitializerError(e);
    }
  }

  private final ReentrantLock queue = new ReentrantLock();
  private @Nullable Thread owner;
  private volatile @Nullable Thread next;

  /**
   * Waits until no other thread has the lock, and takes it.
   *
   * @return false if the caller has it already
   */
  boolean lock() {
    Thread current = Thread.currentThread();
    if (OWNER.compareAndSet(this, null, current)) {
      return true;
    }
    if (owner == current) {
      return false;
    }
    lockAfter(current);
    return true;
  }

  /** Gives the lock back. The caller has it. */
  void unlock() {
    OWNER.setRelease(this, null);
    // Not ordered behind the store: a thread that begins to wait just now may be overlooked.
    Thread waiting = next;
    if (waiting != null) {
      LockSupport.unpark(waiting);
    }
  }

  /** Whether the caller has the lock. Only the caller itself can change the answer. */
  boolean isHeldByCurrentThread() {
    return owner == Thread.currentThread();
  }

  /** Of the threads that wait, the first tries to get the lock, the others wait for that. */
  private void lockAfter(Thread current) {
    boolean interrupted = false;
    queue.lock();
    try {
      next = current;
      while (!tryFor(current)) {
        LockSupport.parkNanos(this, LONGEST_SLEEP_NANOS);
        interrupted |= Thread.interrupted();
      }
      next = null;
    } finally {
      queue.unlock();
    }
    if (interrupted) {
      current.interrupt();
    }
  }

  private boolean tryFor(Thread current) {
    for (int i = 0; i < SPINS; i++) {
      if (OWNER.compareAndSet(this, null, current)) {
        return true;
      }
      Thread.onSpinWait();
    }
    return false;
  }
}
