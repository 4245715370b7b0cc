package io.millrace.standalone.run;

import io.millrace.engine.Job;
import io.millrace.engine.JobMetrics;
import io.millrace.engine.SharedJob;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** A job that this process runs, alone or with others. */
public abstract class RunningJob {
  private RunningJob() {}

  /** A job that this process runs alone. */
  public static RunningJob of(Job job) {
    return new Whole(job);
  }

  /** A job of which this process runs some partitions. */
  public static RunningJob of(SharedJob job) {
    return new Shared(job);
  }

  abstract String name();

  abstract void start();

  /** As {@link Job#await}. */
  abstract boolean await(Duration timeout);

  /** As {@link Job#stop}. */
  public abstract void stop();

  abstract Optional<Throwable> failure();

  abstract JobMetrics metrics();

  abstract String explainAnalyze();

  /** How far its slowest source is behind; 0 if all of them end. */
  abstract long lagMillis(JobMetrics metrics);

  /** What it has that may be asked for snapshots; changes while it runs, if it is shared. */
  abstract List<Job> jobs();

  /** Which partitions it runs, such as {@code partitions 0, 3 of 4}; empty if that is all. */
  abstract String place();

  private static final class Whole extends RunningJob {
    private final Job job;

    Whole(Job job) {
      this.job = job;
    }

    @Override
    String name() {
      return job.name();
    }

    @Override
    void start() {
      job.start();
    }

    @Override
    boolean await(Duration timeout) {
      return job.await(timeout);
    }

    @Override
    public void stop() {
      job.stop();
    }

    @Override
    Optional<Throwable> failure() {
      return job.failure();
    }

    @Override
    JobMetrics metrics() {
      return job.metrics();
    }

    @Override
    String explainAnalyze() {
      return job.explainAnalyze();
    }

    @Override
    long lagMillis(JobMetrics metrics) {
      return job.isBounded() ? 0 : metrics.lagMillis();
    }

    @Override
    List<Job> jobs() {
      return List.of(job);
    }

    @Override
    String place() {
      return "";
    }
  }

  private static final class Shared extends RunningJob {
    private final SharedJob job;

    Shared(SharedJob job) {
      this.job = job;
    }

    @Override
    String name() {
      return job.name();
    }

    @Override
    void start() {
      job.start();
    }

    @Override
    boolean await(Duration timeout) {
      return job.await(timeout);
    }

    @Override
    public void stop() {
      job.stop();
    }

    @Override
    Optional<Throwable> failure() {
      return job.failure();
    }

    @Override
    JobMetrics metrics() {
      return job.metrics();
    }

    @Override
    String explainAnalyze() {
      return job.explainAnalyze();
    }

    @Override
    long lagMillis(JobMetrics metrics) {
      return metrics.lagMillis();
    }

    @Override
    List<Job> jobs() {
      return job.jobs();
    }

    @Override
    String place() {
      Set<Integer> numbers = job.partitions();
      String which =
          numbers.isEmpty()
              ? "no partition"
              : (numbers.size() == 1 ? "partition " : "partitions ")
                  + String.join(", ", numbers.stream().map(String::valueOf).toList());
      return which + " of " + job.partitionCount();
    }
  }
}
