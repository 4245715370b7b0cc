package io.millrace.engine;

import io.millrace.runtime.agent.Agent;
import io.millrace.runtime.agent.AgentThread;
import io.millrace.runtime.circuit.CircuitJob;
import io.millrace.runtime.commit.SnapshotMetrics;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Runs the sources of a job with one thread, and makes final what was read and written. When the
 * job fails and may be started again, everything is closed, opened anew, and goes on from the last
 * snapshot.
 */
final class JobConnectors implements Agent {
  private static final Logger LOG = LoggerFactory.getLogger(JobConnectors.class);
  private static final Duration LONGEST_WAIT = Duration.ofMillis(100);

  /** After so many intervals without a failure, restarts are counted anew. */
  private static final int QUIET_INTERVALS = 10;

  private final String name;
  private final EngineCore core;
  private final JobPipes pipes;
  private final CircuitJob circuit;
  private final JobOpener opener;
  private final JobEnd onEnd;
  private final Runnable sendConstants;
  private volatile @Nullable JobAttempt attempt;
  private @Nullable AgentThread thread;
  private boolean finished;
  private volatile boolean isAbandoned;
  private int restartsInARow;
  private long restartAt;
  private long startedAt;

  /** Told once how the job ended. */
  interface JobEnd {
    void ended(JobState state, @Nullable Throwable failure);
  }

  /**
   * @param first the first attempt, not started yet
   * @param sendConstants sends the rows that the script itself gives
   */
  JobConnectors(
      String name,
      EngineCore core,
      JobPipes pipes,
      CircuitJob circuit,
      JobOpener opener,
      JobAttempt first,
      Runnable sendConstants,
      JobEnd onEnd) {
    this.name = name;
    this.core = core;
    this.pipes = pipes;
    this.circuit = circuit;
    this.opener = opener;
    this.attempt = first;
    this.sendConstants = sendConstants;
    this.onEnd = onEnd;
  }

  void start() {
    JobAttempt first = current();
    begin(first);
    if (first.hasSources()) {
      AgentThread started = new AgentThread(this, true);
      thread = started;
      started.start();
    }
  }

  private void begin(JobAttempt next) {
    next.start(opener.settings(), opener.delivery());
    startedAt = core.clock().millis();
    if (next.beginsAnew()) {
      sendConstants.run();
    }
  }

  /** Waits for the end of all inputs; a job without connectors has none to wait for. */
  boolean await(Duration timeout) {
    AgentThread running = thread;
    return running == null || running.await(timeout);
  }

  /** Ends behind the rows that were read, and makes final what came of them. */
  void stop() {
    AgentThread running = thread;
    if (running != null) {
      running.stop();
    }
  }

  /** Has it end, by {@link #stop}, without making anything final. */
  void abandon() {
    isAbandoned = true;
  }

  boolean isBounded() {
    JobAttempt now = attempt;
    return now == null || now.isBounded();
  }

  long lagMillis() {
    JobAttempt now = attempt;
    return now != null && thread != null ? now.runner().lagMillis() : 0;
  }

  SnapshotMetrics snapshotMetrics() {
    JobAttempt now = attempt;
    return now == null ? SnapshotMetrics.NONE : now.snapshotMetrics();
  }

  /** Has a snapshot committed now; empty if the job keeps none, or is between two attempts. */
  Optional<CompletableFuture<Long>> commitNow() {
    JobAttempt now = attempt;
    return now == null ? Optional.empty() : now.commitNow();
  }

  boolean keepsSnapshots() {
    return opener.delivery().keepsSnapshots();
  }

  Optional<Path> snapshotFolder() {
    return opener.snapshotFolder();
  }

  /** Tells it that the state was captured by somebody else, between two turns. */
  void noteForeignCapture() {
    JobAttempt now = attempt;
    if (now != null) {
      now.noteForeignCapture();
    }
  }

  @Override
  public String name() {
    return "millrace-" + name;
  }

  @Override
  public int doWork() {
    JobAttempt now = attempt;
    if (now == null) {
      return restartIfDue();
    }
    try {
      return work(now);
    } catch (RuntimeException e) {
      restartOrThrow(now, e);
      return 0;
    }
  }

  private void restartOrThrow(JobAttempt failed, RuntimeException reason) {
    if (!mayRestart(reason)) {
      throw reason;
    }
    closeToRestart(failed, reason);
  }

  /** A part of a shared job that another process has taken over is not fought for. */
  private boolean mayRestart(RuntimeException failure) {
    return restartsInARow < opener.settings().restarts()
        && !(opener.isPart() && PartRun.isTakenOver(failure));
  }

  private int work(JobAttempt now) {
    int rows = now.runner().doWork();
    core.turns().runAhead(core.failures()::throwIfAny);
    if (rows < 0) {
      now.cycle().finish();
      finished = true;
      return rows;
    }
    if (rows == 0) {
      core.tick();
    }
    boolean hasMore = now.cycle().advance(rows == 0, rows > 0);
    if (restartsInARow > 0 && isQuiet()) {
      restartsInARow = 0;
    }
    return rows == 0 && hasMore ? 1 : rows;
  }

  private boolean isQuiet() {
    return core.clock().millis() - startedAt
        > QUIET_INTERVALS * opener.settings().snapshots().interval().toMillis();
  }

  private void closeToRestart(@Nullable JobAttempt failed, RuntimeException reason) {
    attempt = null;
    if (failed != null) {
      closeFailed(failed, reason);
    }
    long wait = opener.settings().backoffMillis(restartsInARow);
    restartsInARow++;
    restartAt = core.clock().millis() + wait;
    LOG.warn(
        "job '{}' failed and is started again in {} ms ({} of {}): {}",
        name,
        wait,
        restartsInARow,
        opener.settings().restarts(),
        reason.getMessage());
  }

  /** What a failed attempt cannot close is what failed, as a rule; the next one begins anew. */
  private static void closeFailed(JobAttempt failed, RuntimeException reason) {
    try {
      failed.close();
    } catch (RuntimeException e) {
      if (e != reason) {
        reason.addSuppressed(e);
      }
    }
  }

  private int restartIfDue() {
    if (core.clock().millis() < restartAt) {
      return 0;
    }
    try {
      core.turns().run(circuit::reset);
      JobAttempt next = opener.open(opener.openInputs(), circuit);
      attempt = next;
      begin(next);
      return 1;
    } catch (RuntimeException e) {
      if (!mayRestart(e)) {
        throw e;
      }
      closeToRestart(attempt, e);
      return 0;
    }
  }

  @Override
  public void idle() {
    JobAttempt now = attempt;
    if (now != null) {
      try {
        now.runner().await(LONGEST_WAIT);
      } catch (RuntimeException e) { // most of a quiet source's errors are met here
        restartOrThrow(now, e);
      }
    } else {
      LockSupport.parkNanos(LONGEST_WAIT.toNanos());
    }
  }

  @Override
  public void onEnd(@Nullable Throwable failure) {
    Throwable reason = failure;
    if (reason == null && !finished && !isAbandoned) {
      reason = tryFinish();
    }
    onEnd.ended(
        reason != null ? JobState.FAILED : finished ? JobState.FINISHED : JobState.STOPPED, reason);
  }

  /**
   * Releases sources and sinks. What a sink has taken is flushed as far as possible; throws if that
   * is not all.
   */
  void close() {
    JobAttempt last = attempt;
    Closing closing = new Closing().then(() -> core.turns().run(() -> core.remove(pipes)));
    if (last != null) {
      closing.then(last::close);
    }
    closing.then(() -> core.turns().run(pipes::close)).finish();
  }

  private @Nullable Throwable tryFinish() {
    JobAttempt last = attempt;
    if (last == null) {
      return null;
    }
    try {
      last.cycle().finish();
      return null;
    } catch (RuntimeException e) {
      return e;
    }
  }

  private JobAttempt current() {
    JobAttempt now = attempt;
    if (now == null) {
      throw new IllegalStateException("job '" + name + "' has no attempt");
    }
    return now;
  }
}
