package io.millrace.runtime.circuit;

import io.millrace.spi.time.Clock;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.util.concurrent.TimeUnit;
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

  private static final long FOREVER = Long.MAX_VALUE;

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
    return owner != current && awaitLock(current, FOREVER);
  }

  /**
   * Takes the lock if no other thread has it within some time, by the machine's clock. The caller
   * does not have it.
   *
   * @param nanos 0 to take it only if it is free
   */
  boolean tryLock(long nanos) {
    Thread current = Thread.currentThread();
    return OWNER.compareAndSet(this, null, current) || (nanos > 0 && awaitLock(current, nanos));
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
  private boolean awaitLock(Thread current, long nanos) {
    Patience patience = new Patience(nanos);
    boolean isFirst = false;
    try {
      isFirst = patience.tryLock(queue);
      if (!isFirst) {
        return false;
      }
      next = current;
      while (!tryFor(current)) {
        if (!patience.park(this)) {
          return false;
        }
      }
      return true;
    } finally {
      if (isFirst) {
        next = null;
        queue.unlock();
      }
      patience.end();
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

  /** The wait of a thread; an interruption does not end it, and is not forgotten. */
  private static final class Patience {
    /** Threads wait in the machine's time, whatever the time of rows is. */
    private final Clock clock = Clock.system();

    private final long start = clock.nanos();
    private final long nanos;
    private boolean interrupted;

    Patience(long nanos) {
      this.nanos = nanos;
    }

    private long left() {
      return nanos - (clock.nanos() - start);
    }

    boolean tryLock(ReentrantLock wanted) {
      while (true) {
        try {
          return wanted.tryLock(left(), TimeUnit.NANOSECONDS);
        } catch (InterruptedException e) { // told to the thread when the wait is over
          interrupted = true;
        }
      }
    }

    /** Sleeps a little; false if the time is over. */
    boolean park(Object blocker) {
      long left = left();
      if (left <= 0) {
        return false;
      }
      LockSupport.parkNanos(blocker, Math.min(left, LONGEST_SLEEP_NANOS));
      interrupted |= Thread.interrupted();
      return true;
    }

    void end() {
      if (interrupted) {
        Thread.currentThread().interrupt();
      }
    }
  }
}
