package io.millrace.engine;

import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * What is done with a job from outside, whether this process runs all of it or shares it with
 * others. Thread-safe.
 */
public sealed interface JobControl extends AutoCloseable permits Job, SharedJob {
  String name();

  /** Starts its connectors. */
  void start();

  /**
   * Waits until it is over.
   *
   * @return whether it is
   * @throws io.millrace.spi.error.MillraceException if it failed
   */
  boolean await(Duration timeout);

  /** Ends it in order: what was read is written first. */
  void stop();

  /** Why it failed; empty if it did not. */
  Optional<Throwable> failure();

  JobMetrics metrics();

  /** What this process runs of it: the job itself, or those of its partitions now. */
  List<Job> jobs();

  /** Its plan, with what its operators have done. */
  String explainAnalyze();

  /**
   * The same of what makes the rows of one stream, table or query.
   *
   * @throws io.millrace.spi.error.MillraceException if the job has none of that name
   */
  String explainAnalyze(String name);

  /** Ends it now. Does nothing if it is over already. */
  @Override
  void close();
}
