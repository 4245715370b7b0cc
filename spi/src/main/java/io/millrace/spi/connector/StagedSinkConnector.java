package io.millrace.spi.connector;

import org.jspecify.annotations.Nullable;

/**
 * A connector whose sinks show every row exactly once: they follow the snapshots of their job, see
 * {@link StagedSink}.
 */
public interface StagedSinkConnector extends SinkConnector {
  /**
   * Opens a sink behind what it staged for a snapshot: everything that was written later, by
   * whatever process, is taken back, and what was staged is applied again, since nobody knows
   * whether that was done.
   *
   * <p>What a job has written before its first snapshot cannot be taken back: a job that begins
   * anew takes one before its first row.
   *
   * @param resumed what {@link StagedSink#stage} gave for the snapshot from which the job goes on;
   *     null if it begins anew
   * @throws io.millrace.spi.error.MillraceException with cause and remedy, if it cannot be opened,
   *     or what was staged is no longer there
   */
  StagedSink openStaged(
      StreamDefinition stream, SinkContext context, @Nullable StagedOutput resumed);
}
