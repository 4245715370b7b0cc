package io.millrace.runtime.circuit;

import io.millrace.spi.data.Batch;
import io.millrace.spi.data.Column;
import io.millrace.spi.time.MergedTimeline;
import io.millrace.spi.time.SourceTimeline;
import io.millrace.spi.time.Timeline;
import io.millrace.spi.types.Schema;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Where the rows of a source enter the circuit: holds the watermark of each of its partitions.
 * Whoever feeds it fills columns of its own and calls {@link Circuit#turn}.
 */
public final class EntryPort extends Station {
  private final String stream;
  private final Schema schema;
  private final boolean isArrival;
  private final long slackMillis;
  private final SourceTimeline[] partitions;
  private final @Nullable MergedTimeline merged;
  private @Nullable Route route;

  EntryPort(
      String stream, Schema schema, EntryTime time, int partitionCount, TurnFailures failures) {
    super(failures);
    this.stream = stream;
    this.schema = schema;
    this.isArrival = time.isArrival();
    this.slackMillis = time.slackMillis();
    this.partitions = new SourceTimeline[partitionCount];
    Arrays.setAll(partitions, i -> new SourceTimeline());
    this.merged = partitionCount > 1 ? new MergedTimeline(partitionCount, partitions[0]) : null;
  }

  /**
   * Where the times of an entry's rows come from.
   *
   * @param isArrival whether the clock gives them, so that it is the watermark; else the rows move
   *     it
   * @param slackMillis how far the watermark stays behind the greatest time of the rows
   */
  public record EntryTime(boolean isArrival, long slackMillis) {}

  public String stream() {
    return stream;
  }

  public Schema schema() {
    return schema;
  }

  public boolean isArrival() {
    return isArrival;
  }

  public int partitionCount() {
    return partitions.length;
  }

  /** The watermark that a partition has reached. */
  public long watermark(int partition) {
    return partitions[partition].last();
  }

  /** The watermark that all partitions have reached. */
  public long watermark() {
    long smallest = Timeline.END;
    for (SourceTimeline partition : partitions) {
      smallest = Math.min(smallest, partition.last());
    }
    return smallest;
  }

  /** A batch over columns that the caller fills. */
  public Batch newBatch(Column[] columns) {
    return new Batch(schema, columns, timeline());
  }

  @Override
  Timeline timeline() {
    return merged != null ? merged : partitions[0];
  }

  SourceTimeline partition(int index) {
    return partitions[index];
  }

  /** Begins a turn of a batch of a partition, and gives it its timelines. */
  void beginRows(int partition, long base, Batch batch) {
    SourceTimeline timeline = partitions[partition];
    long[] rowtimes = batch.rowtimes();
    int rows = batch.size();
    if (isArrival) {
      timeline.beginArrival(base, rowtimes, rows, rows == 0 ? Timeline.NEVER : rowtimes[rows - 1]);
    } else {
      timeline.beginEvent(base, rowtimes, rows, slackMillis);
    }
    if (merged != null) { // else the batch has the only timeline there is from the start
      beginMerged(partition, merged);
      batch.timelines(merged, timeline);
    }
  }

  /** Begins a turn in which a partition's watermark goes to {@code time} without rows. */
  void beginAdvance(int partition, long base, long time) {
    partitions[partition].beginAdvance(base, time);
    if (merged != null) {
      beginMerged(partition, merged);
    }
  }

  void endTurn() {
    if (merged != null) {
      merged.end();
    }
  }

  /** Takes the watermarks of the partitions over, after they have been restored. */
  void endRestore() {
    if (merged != null) {
      merged.begin(Arrays.asList(partitions));
      merged.end();
    }
  }

  private void beginMerged(int partition, MergedTimeline timeline) {
    List<@Nullable Timeline> active = new ArrayList<>();
    for (int i = 0; i < partitions.length; i++) {
      active.add(i == partition ? partitions[i] : null);
    }
    timeline.begin(active);
  }

  /** Its way through the circuit, found anew when the circuit has changed. */
  Route route() {
    Route known = route;
    if (known == null) {
      known = Route.from(this);
      route = known;
    }
    return known;
  }

  void forgetRoute() {
    route = null;
  }

  @Override
  public void late(Batch batch, int row) {
    throw new IllegalStateException("an entry has no late rows");
  }

  @Override
  public void fail(Batch batch, int row, String error) {
    throw new IllegalStateException("an entry has no failing rows");
  }
}
