package io.millrace.engine;

import java.util.EnumSet;
import java.util.Set;

/**
 * The life of a job.
 *
 * <pre>
 *   DEPLOYED --start--> RUNNING --inputs end--> FINISHED
 *       |                  |----stop----------> STOPPED
 *       |                  `----error---------> FAILED
 *       `-----stop / error--------------------> STOPPED / FAILED
 *   A FINISHED job becomes STOPPED when it is dropped, or FAILED if its sinks cannot be closed.
 * </pre>
 */
public enum JobState {
  /** Takes rows of in-memory streams; its connectors have not been started. */
  DEPLOYED,
  /** Its connectors are running. */
  RUNNING,
  /** All its inputs have ended and all results have been written. */
  FINISHED,
  /** It was stopped or dropped; what was read has been processed and written. */
  STOPPED,
  /**
   * It stopped because of an error, or could not write what came of its rows: see {@link
   * Job#failure}.
   */
  FAILED;

  private Set<JobState> next() {
    return switch (this) {
      case DEPLOYED -> EnumSet.of(RUNNING, STOPPED, FAILED);
      case RUNNING -> EnumSet.of(FINISHED, STOPPED, FAILED);
      case FINISHED -> EnumSet.of(STOPPED, FAILED);
      case STOPPED, FAILED -> EnumSet.noneOf(JobState.class);
    };
  }

  /** Whether the job may go from this state to that one. */
  public boolean mayBecome(JobState state) {
    return next().contains(state);
  }

  /** Whether the job is over. */
  public boolean isTerminal() {
    return this == STOPPED || this == FAILED;
  }
}
