package io.millrace.runtime.source;

import io.millrace.runtime.agent.Agent;
import io.millrace.runtime.agent.AgentThread;
import io.millrace.spi.connector.Source;
import java.io.InterruptedIOException;
import java.nio.channels.ClosedByInterruptException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Waits until one of several sources may have something. The sources are lent to threads of their
 * own, one for each; when the first of them returns, the others are interrupted, and when all have
 * returned, the sources are given back. So a source is used by one thread at a time. A single
 * source is waited for by the thread that asks. Used by one thread.
 */
final class SourceWaits implements AutoCloseable {
  private final Map<String, Waiter> waiters = new LinkedHashMap<>();

  /** Guards the rounds of all waiters. */
  private final Object lock = new Object();

  /** How many sources have not been given back. Guarded by the lock. */
  private int lent;

  /**
   * Waits, at most for a time.
   *
   * @param sources those that may have something, by the names of their streams
   */
  void await(Map<String, Source> sources, Duration timeout) {
    if (sources.size() == 1) {
      sources.values().iterator().next().await(timeout);
      return;
    }
    List<Waiter> round = new ArrayList<>();
    sources.forEach(
        (name, source) ->
            round.add(waiters.computeIfAbsent(name, it -> Waiter.start(it, source, lock))));
    boolean isInterrupted;
    synchronized (lock) {
      lent = round.size();
      round.forEach(waiter -> waiter.lend(timeout, this::giveBack));
      lock.notifyAll();
      isInterrupted = awaitFirst(round.size());
      round.forEach(Waiter::endEarly);
      isInterrupted |= awaitAll();
    }
    if (isInterrupted) {
      Thread.currentThread().interrupt();
    }
    round.forEach(Waiter::throwIfFailed);
  }

  private void giveBack() {
    lent--;
    lock.notifyAll();
  }

  /** Whether the thread was interrupted, and so waits for none. */
  private boolean awaitFirst(int all) {
    try {
      while (lent == all) {
        lock.wait();
      }
      return false;
    } catch (InterruptedException e) {
      return true;
    }
  }

  /** Returns when all are given back; whether the thread was interrupted meanwhile. */
  private boolean awaitAll() {
    boolean isInterrupted = false;
    while (lent > 0) {
      try {
        lock.wait();
      } catch (InterruptedException e) {
        isInterrupted = true;
      }
    }
    return isInterrupted;
  }

  /** Ends the threads; nobody waits then. */
  @Override
  public void close() {
    waiters.values().forEach(Waiter::stop);
    waiters.clear();
  }

  /** The thread of one source. */
  private static final class Waiter implements Agent {
    private final String name;
    private final Source source;
    private final Object lock;
    private final AgentThread thread;

    /** What follows is guarded by the lock. */
    private @Nullable Duration timeout;

    private Runnable giveBack = () -> {};
    private @Nullable Thread waiting;
    private boolean isLent;
    private boolean isEndedEarly;
    private @Nullable Throwable failure;

    private Waiter(String name, Source source, Object lock) {
      this.name = name;
      this.source = source;
      this.lock = lock;
      this.thread = new AgentThread(this, true);
    }

    static Waiter start(String name, Source source, Object lock) {
      Waiter waiter = new Waiter(name, source, lock);
      waiter.thread.start();
      return waiter;
    }

    void stop() {
      thread.stop();
    }

    /** Has it wait. The caller has the lock. */
    void lend(Duration most, Runnable whenDone) {
      timeout = most;
      giveBack = whenDone;
      isLent = true;
      isEndedEarly = false;
      failure = null;
    }

    /** Has it return soon. The caller has the lock. */
    void endEarly() {
      Thread waiter = waiting;
      if (waiter != null) {
        isEndedEarly = true;
        waiter.interrupt();
      } else if (timeout != null) { // it has not begun
        timeout = null;
        end();
      }
    }

    /** The caller has the lock. */
    private void end() {
      if (isLent) {
        isLent = false;
        giveBack.run();
      }
    }

    @Override
    public String name() {
      return "millrace-wait-" + name;
    }

    @Override
    public int doWork() {
      Duration most;
      synchronized (lock) {
        most = timeout;
        if (most == null) {
          return 0;
        }
        timeout = null;
        waiting = Thread.currentThread();
      }
      Throwable thrown = null;
      try {
        source.await(most);
      } catch (RuntimeException e) {
        thrown = e;
      }
      synchronized (lock) {
        waiting = null;
        failure = thrown;
        var unused = Thread.interrupted(); // by whoever has ended it early
        end();
      }
      return 1;
    }

    @Override
    public void idle() {
      synchronized (lock) {
        try {
          while (timeout == null) {
            lock.wait();
          }
        } catch (InterruptedException e) {
          Thread.currentThread().interrupt(); // it is being stopped
        }
      }
    }

    /** Whoever waits for it hears of an error. */
    @Override
    public void onEnd(@Nullable Throwable reason) {
      synchronized (lock) {
        waiting = null;
        failure = reason;
        end();
      }
    }

    /**
     * Throws what made it fail. That it was interrupted because it was ended early is of no
     * interest.
     */
    void throwIfFailed() {
      Throwable thrown;
      synchronized (lock) {
        thrown = failure;
        if (thrown instanceof RuntimeException && isEndedEarly && isOfInterrupt(thrown)) {
          return;
        }
      }
      if (thrown instanceof RuntimeException unchecked) {
        throw unchecked;
      }
      if (thrown != null) {
        throw new IllegalStateException("waiting for '" + name + "' has failed", thrown);
      }
    }

    private static boolean isOfInterrupt(Throwable thrown) {
      for (Throwable cause = thrown; cause != null; cause = cause.getCause()) {
        if (cause instanceof InterruptedException
            || cause instanceof InterruptedIOException
            || cause instanceof ClosedByInterruptException) {
          return true;
        }
      }
      return false;
    }
  }
}
