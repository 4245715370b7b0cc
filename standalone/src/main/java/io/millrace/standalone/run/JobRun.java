package io.millrace.standalone.run;

import io.millrace.engine.Engine;
import io.millrace.engine.Job;
import io.millrace.engine.JobControl;
import io.millrace.engine.control.QuestionDesk;
import io.millrace.engine.control.SnapshotRequests;
import io.millrace.spi.error.MillraceException;
import io.millrace.spi.time.Clock;
import io.millrace.standalone.terminal.Messages;
import io.millrace.standalone.terminal.Terminal;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/**
 * Runs the jobs of an engine until all their inputs have ended, one has failed, or somebody wants
 * them to stop; then stops them in order and says what they did. Closes the engine.
 */
public final class JobRun {
  private static final Duration PACE = Duration.ofMillis(50);
  private static final long STATUS_MILLIS = 500;
  private static final Duration LONGEST_STOP = Duration.ofSeconds(30);
  private final Engine engine;
  private final List<JobControl> jobs;
  private final Terminal terminal;
  private final Messages messages;
  private final StopRequest stop;
  private final Clock clock;
  private final Explained explained;
  private final List<Throwable> failures = new CopyOnWriteArrayList<>();

  /**
   * @param engine where they are deployed
   * @param stop when to stop jobs whose inputs have not ended
   * @param clock for the status
   * @param explained what is shown at the end of what operators have done
   */
  public JobRun(
      Engine engine,
      List<JobControl> jobs,
      Terminal terminal,
      Messages messages,
      StopRequest stop,
      Clock clock,
      Explained explained) {
    this.engine = engine;
    this.jobs = List.copyOf(jobs);
    this.terminal = terminal;
    this.messages = messages;
    this.stop = stop;
    this.clock = clock;
    this.explained = explained;
  }

  /**
   * What is shown of what operators have done.
   *
   * @param all whether all of it is shown, on standard error
   * @param queries for each job the queries of its EXPLAIN ANALYZE statements, on standard output
   */
  public record Explained(boolean all, List<List<String>> queries) {
    public Explained {
      queries = queries.stream().map(List::copyOf).toList();
    }
  }

  /**
   * Runs the jobs.
   *
   * @return whether none has failed
   */
  public boolean run() {
    Progress progress = new Progress(jobs, clock);
    SnapshotRequests requests = new SnapshotRequests();
    try (QuestionDesk desk = new QuestionDesk(this::running, engine.parts().plugins(), clock)) {
      jobs.forEach(JobControl::start);
      desk.start();
      watch(progress, requests);
    } catch (RuntimeException e) {
      failures.add(e);
    }
    stop();
    requests.close();
    for (int i = 0; i < explained.queries.size(); i++) {
      JobControl job = jobs.get(i);
      explained.queries.get(i).forEach(name -> terminal.out().print(job.explainAnalyze(name)));
    }
    terminal.out().flush();
    terminal.clearStatus();
    if (explained.all) {
      jobs.forEach(job -> terminal.err().print(job.explainAnalyze()));
    }
    report(progress);
    return failures.isEmpty();
  }

  /** What this process runs of all jobs. */
  private List<Job> running() {
    return jobs.stream().flatMap(job -> job.jobs().stream()).toList();
  }

  private void watch(Progress progress, SnapshotRequests requests) {
    long nextStatus = clock.millis() + STATUS_MILLIS;
    int ended = 0;
    while (ended < jobs.size() && !stop.isRequested() && terminal.outputFailure().isEmpty()) {
      if (jobs.stream().anyMatch(job -> job.failure().isPresent())) {
        return;
      }
      requests.poll(running());
      try {
        ended += jobs.get(ended).await(PACE) ? 1 : 0;
      } catch (MillraceException ignored) { // its failure is reported with those of all jobs
        return;
      }
      if (terminal.isWatched() && clock.millis() >= nextStatus) {
        terminal.showStatus(progress.status());
        nextStatus = clock.millis() + STATUS_MILLIS;
      }
    }
    if (terminal.isWatched() && stop.isRequested()) {
      terminal.showStatus("stopping; Ctrl-C again ends at once");
    }
  }

  /**
   * Stops the sources of all jobs before the first job goes, so that the readers of others get all.
   */
  private void stop() {
    Thread stopping = new Thread(this::stopInOrder, "millrace-stop");
    stopping.setDaemon(true);
    stopping.start();
    try {
      stopping.join(LONGEST_STOP.toMillis());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    if (stopping.isAlive()) {
      failures.add(
          new MillraceException(
              "the jobs did not stop within "
                  + LONGEST_STOP.toSeconds()
                  + " s; what they read last may not have been written"));
    }
  }

  private void stopInOrder() {
    jobs.forEach(this::stop);
    for (JobControl job : jobs) {
      job.failure().ifPresent(failure -> failures.add(named(job, failure, jobs.size())));
    }
    attempt(engine::close);
  }

  /** What stops a job from ending in order is its failure, which is reported with its name. */
  private void stop(JobControl job) {
    try {
      job.stop();
    } catch (RuntimeException e) {
      if (job.failure().filter(failure -> failure == e).isEmpty()) {
        failures.add(e);
      }
    }
  }

  private static Throwable named(JobControl job, Throwable failure, int jobs) {
    return jobs > 1 && failure instanceof MillraceException expected
        ? new MillraceException("job '" + job.name() + "' failed: " + expected.message(), failure)
        : failure;
  }

  private void attempt(Runnable step) {
    try {
      step.run();
    } catch (RuntimeException e) { // the other jobs are stopped all the same
      failures.add(e);
    }
  }

  private void report(Progress progress) {
    failures.forEach(messages::failure);
    if (terminal.isWatched()) {
      terminal.err().println(progress.summary());
    } else if (progress.errors() > 0) {
      messages.warning(progress.summary());
    }
  }
}
