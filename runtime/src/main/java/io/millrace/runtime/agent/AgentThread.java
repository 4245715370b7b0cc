package io.millrace.runtime.agent;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** A thread that does an agent's work until that is done, fails, or is stopped. */
public final class AgentThread {
  private final Agent agent;
  private final Thread thread;
  private final CountDownLatch ended = new CountDownLatch(1);
  private final Object wakingUp = new Object();
  private volatile boolean stopping;

  /** Whether it may be interrupted: work is done to its end. Guarded by {@link #wakingUp}. */
  private boolean isIdle;

  /**
   * @param isDaemon whether the JVM may end while it runs
   */
  public AgentThread(Agent agent, boolean isDaemon) {
    this.agent = agent;
    this.thread = new Thread(this::run, agent.name());
    thread.setDaemon(isDaemon);
  }

  public void start() {
    thread.start();
  }

  /**
   * Has the work end behind the piece that is being done, and waits for that; at once if called by
   * the agent itself.
   */
  public void stop() {
    synchronized (wakingUp) {
      stopping = true;
      if (isIdle) {
        thread.interrupt();
      }
    }
    if (Thread.currentThread() != thread && thread.isAlive()) {
      await(Duration.ofDays(1));
    }
  }

  /** Waits for the end of the work, and says whether it has come. */
  public boolean await(Duration timeout) {
    try {
      return ended.await(timeout.toMillis(), TimeUnit.MILLISECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    }
  }

  /**
   * The one place that catches everything: an error of an operator must not end the thread unseen.
   */
  private void run() {
    Throwable failure = null;
    try {
      work();
    } catch (Throwable e) {
      failure = e;
    }
    end(failure);
  }

  private void work() {
    while (!stopping) {
      int done = agent.doWork();
      if (done < 0) {
        return;
      }
      if (done == 0) {
        idle();
      }
    }
  }

  private void idle() {
    synchronized (wakingUp) {
      if (stopping) {
        return;
      }
      isIdle = true;
    }
    agent.idle();
    synchronized (wakingUp) {
      isIdle = false;
    }
  }

  private void end(@Nullable Throwable failure) {
    Thread.interrupted();
    try {
      agent.onEnd(failure);
    } finally {
      ended.countDown();
    }
  }
}
