package io.millrace.spi.connector;

import java.util.List;

/** An interval whose rows have been written and wait for their snapshot to be durable. */
public interface PendingCommit {
  /**
   * Makes the rows visible, at once or in a moment but for sure, together with the pointer and the
   * positions, also if there are no rows. Called once, by the thread that writes snapshots, in the
   * order of the intervals.
   *
   * @param pointer with a greater snapshot id than any that was committed before under the name of
   *     the job
   * @param positions of all sources of the job; the authority commits those that are on its own
   *     system, where its readers see how far the job is. {@link Source#acknowledge} afterwards
   *     does no harm: nothing resumes from these positions but from those in the snapshot
   * @throws io.millrace.spi.error.MillraceException if it is not certain that this has happened
   */
  void commit(CommitPointer pointer, List<SourcePositions> positions);
}
