package io.millrace.runtime.circuit;

import io.millrace.spi.data.Batch;
import io.millrace.spi.time.MergedTimeline;
import io.millrace.spi.time.OvertakenTimeline;
import io.millrace.spi.time.SourceTimeline;
import io.millrace.spi.time.Timeline;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The watermarks of an entry's partitions, and that of all of them, from turn to turn. */
final class PartitionTimelines {
  private final EntryPort.EntryTime time;
  private final SourceTimeline[] partitions;
  private final @Nullable MergedTimeline merged;

  /** By what the rows of each partition are late. */
  private final Timeline[] lateness;

  /** Where the sender of the rows says by what these are late: what it says, by partition. */
  private final SourceTimeline[] told;

  PartitionTimelines(EntryPort.EntryTime time, int partitionCount) {
    this.time = time;
    this.partitions = new SourceTimeline[partitionCount];
    Arrays.setAll(
        partitions,
        i -> time.isTold() ? SourceTimeline.ofTold() : new SourceTimeline(time.slack()));
    this.told = new SourceTimeline[time.isTold() ? partitionCount : 0];
    Arrays.setAll(told, i -> SourceTimeline.ofTold());
    this.merged =
        partitionCount > 1
            ? new MergedTimeline(partitionCount, partitions[0], time.mayBeIdle())
            : null;
    this.lateness = new Timeline[partitionCount];
    Arrays.setAll(lateness, this::lateness);
  }

  private Timeline lateness(int partition) {
    Timeline own = time.isTold() ? told[partition] : partitions[partition];
    return merged != null && time.mayBeIdle() ? new OvertakenTimeline(own, merged) : own;
  }

  int size() {
    return partitions.length;
  }

  SourceTimeline partition(int index) {
    return partitions[index];
  }

  /** The watermark that all partitions have reached: one object for good. */
  Timeline all() {
    return merged != null ? merged : partitions[0];
  }

  /** The watermark that all partitions have reached at the end of the turn before. */
  long reached() {
    if (merged != null && time.mayBeIdle()) {
      return merged.reached();
    }
    long smallest = Timeline.END;
    for (SourceTimeline partition : partitions) {
      smallest = Math.min(smallest, partition.last());
    }
    return smallest;
  }

  /** By what the rows of a partition are late. */
  Timeline latenessOf(int partition) {
    return lateness[partition];
  }

  /**
   * Begins a turn of a batch of a partition.
   *
   * @param marks what its sender has said of the time of the rows; null if nothing
   */
  void beginRows(int partition, long base, Batch batch, @Nullable RowMarks marks) {
    long[] rowtimes = batch.rowtimes();
    int rows = batch.size();
    if (marks != null) {
      partitions[partition].beginTold(base, marks.watermarks(), rows);
      told[partition].reset();
      told[partition].beginTold(base, marks.lateness(), rows);
    } else if (time.isArrival()) {
      long last = rows == 0 ? Timeline.NEVER : rowtimes[rows - 1];
      partitions[partition].beginArrival(base, rowtimes, rows, last);
    } else {
      partitions[partition].beginEvent(base, rowtimes, rows);
    }
    beginMerged(partition);
  }

  /**
   * Begins a turn in which a partition's watermark goes to {@code reached} without rows. Where that
   * is the clock, an idle one has not spoken by it.
   */
  void beginAdvance(int partition, long base, long reached) {
    boolean staysIdle = time.isArrival() && partitions[partition].isIdle();
    partitions[partition].beginAdvance(base, reached);
    if (staysIdle) {
      partitions[partition].beginIdle(base);
    }
    beginMerged(partition);
  }

  /** Begins a turn in which the watermarks of all partitions go to {@code reached} without rows. */
  void beginAdvanceOfAll(long base, long reached) {
    for (int i = 0; i < partitions.length; i++) {
      boolean staysIdle = time.isArrival() && partitions[i].isIdle();
      partitions[i].beginAdvance(base, Math.max(reached, partitions[i].last()));
      if (staysIdle) {
        partitions[i].beginIdle(base);
      }
    }
    if (merged != null) {
      merged.begin(Arrays.asList(partitions));
    }
  }

  /** Begins a turn in which a partition becomes idle. */
  void beginIdle(int partition, long base) {
    partitions[partition].beginIdle(base);
    beginMerged(partition);
  }

  private void beginMerged(int partition) {
    if (merged != null) {
      List<@Nullable Timeline> active = new ArrayList<>();
      for (int i = 0; i < partitions.length; i++) {
        active.add(i == partition ? partitions[i] : null);
      }
      merged.begin(active);
    }
  }

  /** Ends the turn. */
  void end() {
    if (merged != null) {
      merged.end();
    }
  }

  /** Goes on from where others are, between two turns. */
  void goOnFrom(PartitionTimelines others) {
    for (int i = 0; i < partitions.length; i++) {
      partitions[i].goOnFrom(others.partitions[i]);
    }
    restore(others.reached());
    endRestore();
  }

  /** Says which watermark all of them had reached, which may be greater than the smallest. */
  void restore(long reached) {
    if (merged != null) {
      merged.restore(reached);
    }
  }

  /** Takes the watermarks of the partitions over, after they have been restored. */
  void endRestore() {
    if (merged != null) {
      merged.begin(Arrays.asList(partitions));
      merged.end();
    }
  }
}
