package io.millrace.runtime.commit;

import io.millrace.spi.connector.CommitAuthority;
import io.millrace.spi.connector.PendingCommit;
import io.millrace.spi.connector.StagedOutput;
import io.millrace.spi.connector.StagedSink;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The sinks of a job, by how their output becomes final: flushed before the snapshot, staged in it
 * and applied after it, written after it, or committed with it by the authority.
 *
 * @param flushPlain has those that do not follow snapshots write what they have taken, those of
 *     jobs that read this one's streams too
 * @param staged sinks that stage their output, by stream
 * @param held output that is written when its snapshot is committed
 * @param numbers the numbers of rows that may come twice
 * @param authority the sinks whose transactions commit the snapshot; null if the manifest does
 */
public record JobSinks(
    Runnable flushPlain,
    Map<String, StagedSink> staged,
    HeldOutput held,
    RowNumbers numbers,
    @Nullable CommitAuthority authority) {
  public JobSinks {
    staged = new LinkedHashMap<>(staged);
  }

  /** Begins an interval. */
  void begin() {
    if (authority != null) {
      authority.begin();
    }
  }

  /** Ends an interval; what was written so far belongs to the snapshot. */
  EndedInterval end(long snapshotId) {
    flushPlain.run();
    held.end(snapshotId);
    Map<String, StagedOutput> outputs = new LinkedHashMap<>();
    staged.forEach(
        (stream, sink) ->
            outputs.put(stream, new StagedOutput(snapshotId, sink.stage(snapshotId))));
    return new EndedInterval(outputs, authority == null ? null : authority.end());
  }

  /** Shows what was staged for a snapshot that is committed. */
  void apply(EndedInterval interval) {
    staged.forEach(
        (stream, sink) -> {
          StagedOutput output = interval.staged().get(stream);
          if (output != null) {
            sink.apply(output);
          }
        });
  }

  /**
   * What the sinks gave for a snapshot.
   *
   * @param staged by stream
   * @param commit makes the output of the authority's sinks visible; null without authority
   */
  record EndedInterval(Map<String, StagedOutput> staged, @Nullable PendingCommit commit) {}
}
