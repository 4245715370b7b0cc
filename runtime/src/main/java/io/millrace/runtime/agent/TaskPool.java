package io.millrace.runtime.agent;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.LockSupport;
import java.util.function.IntPredicate;
import org.jspecify.annotations.Nullable;

/**
 * Threads that look for work, each until it finds none, and then sleep until they are woken. Work
 * is found by a function of the thread's number, from 1, that says whether there was any.
 */
public final class TaskPool implements AutoCloseable {
  /** A pool without threads: whoever wakes it does the work. */
  public static final TaskPool NONE = new TaskPool(List.of());

  private static final int LOOKS_BEFORE_SLEEP = 2_000;
  private final List<Worker> workers;
  private final List<AgentThread> threads = new ArrayList<>();

  private TaskPool(List<Worker> workers) {
    this.workers = workers;
  }

  /** Starts {@code threads} threads. */
  public static TaskPool start(int threads, IntPredicate work) {
    List<Worker> workers = new ArrayList<>();
    for (int i = 1; i <= threads; i++) {
      workers.add(new Worker(i, work));
    }
    TaskPool pool = new TaskPool(List.copyOf(workers));
    for (Worker worker : workers) {
      AgentThread thread = new AgentThread(worker, true);
      thread.start();
      pool.threads.add(thread);
    }
    return pool;
  }

  /** Says that there is work. */
  public void wake() {
    for (Worker worker : workers) {
      worker.wake();
    }
  }

  /** Ends the threads; work that one of them does is done before. */
  @Override
  public void close() {
    threads.forEach(AgentThread::stop);
  }

  /** One thread of the pool. */
  private static final class Worker implements Agent {
    private final int number;
    private final IntPredicate work;
    private int idleLooks;
    private volatile @Nullable Thread sleeper;

    Worker(int number, IntPredicate work) {
      this.number = number;
      this.work = work;
    }

    @Override
    public String name() {
      return "millrace-task-" + number;
    }

    @Override
    public int doWork() {
      if (!work.test(number)) {
        return 0;
      }
      sleeper = null;
      return 1;
    }

    /** Looks once more when it has said that it sleeps: who offers work after that wakes it. */
    @Override
    public void idle() {
      if (idleLooks++ < LOOKS_BEFORE_SLEEP) {
        Thread.onSpinWait();
      } else if (sleeper == null) {
        sleeper = Thread.currentThread();
      } else {
        LockSupport.park(this);
        sleeper = null;
        idleLooks = 0;
      }
    }

    void wake() {
      Thread sleeping = sleeper;
      if (sleeping != null) {
        LockSupport.unpark(sleeping);
      }
    }

    @Override
    public void onEnd(@Nullable Throwable failure) {}
  }
}
