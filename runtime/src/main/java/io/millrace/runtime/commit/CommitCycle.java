package io.millrace.runtime.commit;

/**
 * Makes final, again and again, what a job has read and written. Used by the thread that takes the
 * job's rows, between two turns.
 */
public interface CommitCycle extends AutoCloseable {
  /**
   * Does what is due.
   *
   * @param isIdle whether nothing was read
   * @param hasNews whether rows were read since the last time
   * @return whether there is more to do as soon as a turn has run, or at once if there is none
   * @throws RuntimeException why what was read and written cannot become final: the job stops
   */
  boolean advance(boolean isIdle, boolean hasNews);

  /** Makes everything final, and returns when it is. */
  void finish();

  /** What it has done so far. May be called by any thread. */
  SnapshotMetrics metrics();

  /** Ends it where it is; what is not final by then never becomes so. */
  @Override
  void close();
}
