package io.millrace.engine;

import io.millrace.engine.compile.CompiledScript;
import io.millrace.engine.show.OperatorNotes;
import io.millrace.runtime.agent.AgentThread;
import io.millrace.spi.connector.JobMembership;
import io.millrace.spi.error.MillraceException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A job that several processes share: this one runs the partitions that it is given, each as a job
 * of its own with its own state, watermark and snapshots, and gives them away when others come.
 * Thread-safe.
 */
public final class SharedJob implements JobControl {
  private final String name;
  private final CompiledScript script;
  private final SharedParts parts;
  private final AgentThread thread;
  private volatile JobState state = JobState.DEPLOYED;

  SharedJob(String name, CompiledScript script, EngineParts engineParts, JobMembership membership) {
    this.name = name;
    this.script = script;
    this.parts = new SharedParts(name, script, engineParts, membership);
    this.thread = new AgentThread(parts, true);
  }

  @Override
  public String name() {
    return name;
  }

  /** Joins the processes that share the job, and runs what it is given. */
  @Override
  public synchronized void start() {
    if (state != JobState.DEPLOYED) {
      throw new MillraceException("job '" + name + "' is " + state + " and cannot be started");
    }
    state = JobState.RUNNING;
    thread.start();
  }

  /** How many partitions there are, over all processes. */
  public int partitionCount() {
    return parts.count();
  }

  /** The numbers of the partitions that this process runs now. */
  public Set<Integer> partitions() {
    return parts.numbers();
  }

  /** The jobs of the partitions that this process runs now. */
  @Override
  public List<Job> jobs() {
    return parts.jobs();
  }

  /** Why the job failed in this process; empty if it did not. */
  @Override
  public Optional<Throwable> failure() {
    return Optional.ofNullable(parts.failure());
  }

  /**
   * Waits until the job has ended in this process.
   *
   * @return whether it has
   * @throws MillraceException if it failed
   */
  @Override
  public boolean await(Duration timeout) {
    boolean ended = thread.await(timeout);
    Throwable reason = parts.failure();
    if (reason != null) {
      throw new MillraceException("job '" + name + "' failed: " + reason.getMessage(), reason);
    }
    return ended;
  }

  /** What this process has done for the job, over all partitions that it runs or has run. */
  @Override
  public JobMetrics metrics() {
    return parts.metrics();
  }

  /** As {@link Job#explainAnalyze}, over all partitions that this process runs or has run. */
  @Override
  public String explainAnalyze() {
    return OperatorNotes.explain(script, metrics().operators());
  }

  /** As {@link Job#explainAnalyze(String)}, over all partitions. */
  @Override
  public String explainAnalyze(String name) {
    return OperatorNotes.explain(script, metrics().operators(), name);
  }

  /**
   * Makes final what was read, and leaves the partitions to the other processes. Does nothing if
   * the job is over.
   *
   * @throws MillraceException if something could not be made final; the job has failed then
   */
  @Override
  public void stop() {
    @Nullable Throwable before = parts.failure();
    synchronized (this) {
      if (state == JobState.DEPLOYED) {
        parts.onEnd(null);
      } else {
        thread.stop();
      }
      state = parts.failure() == null ? JobState.STOPPED : JobState.FAILED;
    }
    if (before == null && parts.failure() instanceof RuntimeException unwritten) {
      throw unwritten;
    }
  }

  @Override
  public void close() {
    stop();
  }
}
