package io.millrace.engine;

import io.millrace.runtime.agent.Agent;
import io.millrace.runtime.agent.AgentThread;
import io.millrace.runtime.source.Feed;
import io.millrace.runtime.source.SourceRunner;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Runs the sources of a job with one thread. Every commit interval, between two turns, the sinks of
 * all jobs are flushed, since they may read this one's streams, and then the sources are told that
 * what they gave is safe: at least once, also if the process is killed.
 */
final class JobConnectors implements Agent {
  private static final Duration LONGEST_WAIT = Duration.ofMillis(100);
  private final String name;
  private final EngineCore core;
  private final JobPipes pipes;
  private final SourceRunner runner;
  private final boolean hasSources;
  private final boolean isBounded;
  private final long commitIntervalMillis;
  private final JobEnd onEnd;
  private @Nullable AgentThread thread;
  private long lastCommit;
  private boolean uncommitted;
  private boolean finished;

  /** Told once how the job ended. */
  interface JobEnd {
    void ended(JobState state, @Nullable Throwable failure);
  }

  JobConnectors(
      String name,
      EngineCore core,
      JobPipes pipes,
      List<Feed> feeds,
      Duration commitInterval,
      JobEnd onEnd) {
    this.name = name;
    this.core = core;
    this.pipes = pipes;
    this.runner = new SourceRunner(core.circuit(), core.turns(), feeds);
    this.hasSources = !feeds.isEmpty();
    this.isBounded = feeds.stream().allMatch(Feed::isBounded);
    this.commitIntervalMillis = commitInterval.toMillis();
    this.onEnd = onEnd;
  }

  void start() {
    lastCommit = core.clock().millis();
    if (hasSources) {
      AgentThread started = new AgentThread(this, true);
      thread = started;
      started.start();
    }
  }

  /** Waits for the end of all inputs; a job without connectors has none to wait for. */
  boolean await(Duration timeout) {
    AgentThread running = thread;
    return running == null || running.await(timeout);
  }

  /** Ends behind the rows that were read, and writes what came of them. */
  void stop() {
    AgentThread running = thread;
    if (running != null) {
      running.stop();
    }
  }

  boolean isBounded() {
    return isBounded;
  }

  long lagMillis() {
    return hasSources ? runner.lagMillis() : 0;
  }

  @Override
  public String name() {
    return "millrace-" + name;
  }

  @Override
  public int doWork() {
    int rows = runner.doWork();
    core.turns().run(core.failures()::throwIfAny);
    uncommitted |= rows > 0;
    if (rows < 0) {
      finished = true;
      return rows;
    }
    if (rows == 0) {
      core.tick();
    }
    commitIfDue(rows == 0);
    return rows;
  }

  @Override
  public void idle() {
    runner.await(LONGEST_WAIT);
  }

  @Override
  public void onEnd(@Nullable Throwable failure) {
    Throwable reason = failure;
    if (reason == null) {
      reason = tryCommit();
    }
    onEnd.ended(
        reason != null ? JobState.FAILED : finished ? JobState.FINISHED : JobState.STOPPED, reason);
  }

  /** Releases sources and sinks. What a sink has taken is flushed as far as possible. */
  void close() {
    runner.close();
    core.turns()
        .run(
            () -> {
              core.remove(pipes);
              pipes.close();
            });
  }

  private void commitIfDue(boolean idle) {
    long now = core.clock().millis();
    if (uncommitted && (idle || now - lastCommit >= commitIntervalMillis)) {
      commit();
      lastCommit = now;
    }
  }

  private void commit() {
    core.turns().run(core::flush);
    runner.acknowledge();
    uncommitted = false;
  }

  private @Nullable Throwable tryCommit() {
    try {
      commit();
      return null;
    } catch (RuntimeException e) {
      return e;
    }
  }
}
