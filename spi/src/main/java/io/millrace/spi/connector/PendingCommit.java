package io.millrace.spi.connector;

import java.util.List;

/** An interval whose rows have been written and wait for their snapshot to be durable. */
public interface PendingCommit {
  /**
   * Makes the rows visible, together with the pointer and the positions. Called once, by the thread
   * that writes snapshots, in the order of the intervals.
   *
   * @param positions of all sources of the job; the authority takes those that are on its own
   *     system
   * @throws io.millrace.spi.error.MillraceException if it is not certain that this has happened
   */
  void commit(CommitPointer pointer, List<SourcePositions> positions);
}
