package io.millrace.spi.connector;

/**
 * A sink whose output of an interval becomes final with a snapshot that somebody else commits, and
 * which can be brought to that state again and again: by {@link #apply}, and after a crash by
 * {@link StagedSinkConnector#openStaged}.
 *
 * <p>The life of an interval: {@link #write} any number of times; {@link #stage}, between two
 * turns, by the thread that writes; the snapshot is written and committed while the next interval
 * is being written; {@link #apply}. Snapshots are applied in the order of their ids; one that is
 * given up is not applied, and the rows of its interval are part of what the next one stages.
 */
public interface StagedSink extends Sink {
  /**
   * Ends an interval: what was written since the last call is on stable storage, and described by
   * the bytes (files and their lengths), or is contained in them (rows). The bytes go into the
   * snapshot and bring the sink to this state without those of earlier snapshots that were applied;
   * of one that is not applied yet it is not known whether it will be, so they stand for its rows
   * too.
   *
   * @param snapshotId greater than all before
   */
  byte[] stage(long snapshotId);

  /**
   * The snapshot is committed: shows what was staged. Does nothing if that is so already, also for
   * a snapshot before the last one applied. Called by the thread that writes snapshots, while
   * another may write rows.
   *
   * @throws io.millrace.spi.error.MillraceException if that fails; the job stops, and it is done
   *     when it goes on
   */
  void apply(StagedOutput staged);
}
