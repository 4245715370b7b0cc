package io.millrace.runtime.commit;

import io.millrace.runtime.commit.JobSinks.EndedInterval;
import io.millrace.runtime.source.SourceRunner.FeedProgress;
import io.millrace.spi.connector.SourcePositions;
import io.millrace.spi.snapshot.SnapshotContent;
import io.millrace.spi.snapshot.SnapshotWriter;
import java.util.List;
import java.util.Map;

/**
 * A snapshot whose moment is over: all that is needed to write and commit it while rows flow, when
 * what its sections hold is taken out.
 *
 * @param id its number
 * @param atMillis the clock's time of its moment
 * @param pauseNanos the longest that rows waited for it at once
 * @param sections what is in it
 * @param interval what the sinks gave for it
 * @param progress how far the sources had been read
 * @param positions the same for the authority
 * @param attributes what its manifest says
 */
record PendingSnapshot(
    long id,
    long atMillis,
    long pauseNanos,
    List<SectionContent> sections,
    EndedInterval interval,
    List<FeedProgress> progress,
    List<SourcePositions> positions,
    Map<String, String> attributes) {
  PendingSnapshot {
    sections = List.copyOf(sections);
  }

  PendingSnapshot withPause(long nanos) {
    return new PendingSnapshot(
        id, atMillis, nanos, sections, interval, progress, positions, attributes);
  }

  /**
   * A section and what is to be done with it.
   *
   * @param isFull whether it stands by itself
   * @param isUnchanged whether it is as in the snapshot before
   */
  record SectionContent(String name, boolean isFull, boolean isUnchanged, SnapshotContent content) {
    void writeTo(SnapshotWriter writer) {
      if (isUnchanged && !isFull) {
        writer.keep(name);
      } else if (isFull) {
        writer.writeFull(name, content);
      } else {
        writer.writeChanges(name, content);
      }
    }
  }
}
