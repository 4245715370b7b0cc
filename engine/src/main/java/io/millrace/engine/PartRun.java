package io.millrace.engine;

import io.millrace.engine.compile.CompiledScript;
import io.millrace.runtime.agent.Agent;
import io.millrace.runtime.agent.AgentThread;
import io.millrace.spi.connector.JobPart;
import io.millrace.spi.connector.TakenOverException;
import io.millrace.spi.error.MillraceException;
import io.millrace.spi.snapshot.StoreInUseException;
import io.millrace.spi.time.Clock;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One part of a shared job while this process runs it: a job of its own in an engine of its own,
 * with a thread that opens it, watches it, and closes it. While another process, which has been
 * taken for dead, still has the part's snapshots open, it waits.
 */
final class PartRun implements Agent {
  private static final Logger LOG = LoggerFactory.getLogger(PartRun.class);
  private static final Duration PACE = Duration.ofMillis(20);

  /** Between two attempts to open what another process still has, at first and at most. */
  private static final Duration WAIT = Duration.ofMillis(250);

  private static final Duration LONGEST_WAIT = Duration.ofSeconds(4);

  private static final Duration LONG = Duration.ofDays(1);

  private final String job;
  private final JobPart part;
  private final EngineParts parts;
  private final CompiledScript script;
  private final Clock clock;
  private final AgentThread thread;
  private volatile Wish wish = Wish.RUN;
  private volatile @Nullable Engine engine;
  private volatile @Nullable Job running;
  private volatile @Nullable Throwable failure;
  private volatile @Nullable JobMetrics last;
  private long waitNanos = WAIT.toNanos();
  private long waitsSince;

  /** What is to become of it. */
  private enum Wish {
    RUN,
    COMMIT_AND_CLOSE,
    CLOSE
  }

  PartRun(String job, JobPart part, EngineParts parts, CompiledScript script) {
    this.job = job;
    this.part = part;
    this.parts = parts;
    this.script = script;
    this.clock = parts.core().clock();
    this.thread = new AgentThread(this, true);
  }

  void start() {
    thread.start();
  }

  /**
   * Has it end, and returns at once.
   *
   * @param commits whether what was read is made final before
   */
  void end(boolean commits) {
    wish = commits ? Wish.COMMIT_AND_CLOSE : Wish.CLOSE;
  }

  /** Waits until nothing of it runs any more, also if this thread is interrupted meanwhile. */
  void awaitEnd() {
    boolean wasInterrupted = false;
    while (!thread.await(LONG)) {
      wasInterrupted |= Thread.interrupted();
    }
    if (wasInterrupted) {
      Thread.currentThread().interrupt();
    }
  }

  /** Why it ended by itself, or could not make its end final. */
  Optional<Throwable> failure() {
    return Optional.ofNullable(failure);
  }

  /** Whether it failed because another process has taken the part over. */
  boolean isTakenOver() {
    return isTakenOver(failure);
  }

  static boolean isTakenOver(@Nullable Throwable failure) {
    for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
      if (cause instanceof TakenOverException) {
        return true;
      }
    }
    return false;
  }

  /** The job, while it runs. */
  Optional<Job> job() {
    return Optional.ofNullable(running);
  }

  JobMetrics metrics() {
    JobMetrics atEnd = last;
    Job now = running;
    return atEnd != null ? atEnd : now == null ? JobMetrics.NONE : now.metrics();
  }

  @Override
  public String name() {
    return "millrace-" + part.nameIn(job) + "-part";
  }

  @Override
  public int doWork() {
    if (wish != Wish.RUN) {
      return -1;
    }
    Job now = running;
    if (now == null) {
      return isWaiting() ? 0 : open();
    }
    now.failure().ifPresent(PartRun::rethrow);
    return 0;
  }

  /** Whether it is too early for the next attempt to open what another process still has. */
  private boolean isWaiting() {
    return engine != null && clock.nanos() - waitsSince < waitNanos;
  }

  static void rethrow(Throwable failure) {
    if (failure instanceof RuntimeException unchecked) {
      throw unchecked;
    }
    throw new IllegalStateException(failure);
  }

  private int open() {
    Engine own = new Engine(parts.withOwnCircuit());
    engine = own;
    try {
      Job opened = own.launchPart(job, part, script);
      opened.start();
      running = opened;
      return 1;
    } catch (StoreInUseException | TakenOverException e) {
      if (waitNanos == WAIT.toNanos()) {
        LOG.warn(
            "job '{}': partition {} waits for another process that has not let it go yet: {}",
            job,
            part.number(),
            e.message());
      }
      own.close();
      waitsSince = clock.nanos();
      waitNanos = Math.min(2 * waitNanos, LONGEST_WAIT.toNanos());
      return 0;
    }
  }

  @Override
  public void idle() {
    LockSupport.parkNanos(PACE.toNanos());
  }

  @Override
  public void onEnd(@Nullable Throwable reason) {
    failure = reason;
    Job ending = running;
    if (ending != null) {
      if (wish == Wish.CLOSE) {
        ending.abandon();
      }
      attempt(ending::stop);
      last = ending.metrics();
      running = null;
    }
    Engine own = engine;
    if (own != null) {
      attempt(own::close);
    }
  }

  /** What cannot be made final now is read again by whoever runs the part next. */
  private void attempt(Runnable step) {
    try {
      step.run();
    } catch (RuntimeException e) {
      if (failure == null) {
        failure = e;
      }
    }
  }

  /** Says what was left undone, if anything was. */
  void report() {
    failure()
        .ifPresent(
            reason ->
                LOG.warn(
                    "job '{}': partition {} was given away with rows read that are not committed, which"
                        + " its next process reads again: {}",
                    job,
                    part.number(),
                    reason instanceof MillraceException known ? known.message() : reason));
  }
}
