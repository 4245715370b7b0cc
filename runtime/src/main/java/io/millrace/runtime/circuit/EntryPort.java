package io.millrace.runtime.circuit;

import io.millrace.spi.data.Batch;
import io.millrace.spi.data.Column;
import io.millrace.spi.time.MergedTimeline;
import io.millrace.spi.time.SourceTimeline;
import io.millrace.spi.time.Timeline;
import io.millrace.spi.types.Schema;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Deque;
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
  private final List<Section> sections = new ArrayList<>();
  private final Deque<TurnAhead> free = new ArrayDeque<>();
  private @Nullable Ahead ahead;
  private @Nullable RuntimeException failure;
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

  /** The watermark that a partition has reached with the rows that have been taken. */
  public long watermark(int partition) {
    Ahead known = ahead;
    return (known != null && known.turns > 0 ? known.partitions : partitions)[partition].last();
  }

  /** The watermark that all partitions have reached. */
  public long watermark() {
    long smallest = Timeline.END;
    for (int i = 0; i < partitions.length; i++) {
      smallest = Math.min(smallest, watermark(i));
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
    begin(timeline, base, batch);
    if (merged != null) { // else the batch has the only timeline there is from the start
      beginMerged(partition, merged);
      batch.timelines(merged, timeline);
    }
  }

  private void begin(SourceTimeline timeline, long base, Batch batch) {
    long[] rowtimes = batch.rowtimes();
    int rows = batch.size();
    if (isArrival) {
      timeline.beginArrival(base, rowtimes, rows, rows == 0 ? Timeline.NEVER : rowtimes[rows - 1]);
    } else {
      timeline.beginEvent(base, rowtimes, rows, slackMillis);
    }
  }

  /** Begins a turn in which a partition's watermark goes to {@code time} without rows. */
  void beginAdvance(int partition, long base, long time) {
    partitions[partition].beginAdvance(base, time);
    if (merged != null) {
      beginMerged(partition, merged);
    }
  }

  /** Adds operators that take its rows ahead of the circuit. */
  void attach(Section section) {
    sections.add(section);
  }

  void detach(Section section) {
    sections.remove(section);
  }

  List<Section> sections() {
    return sections;
  }

  /** Whether anybody in the circuit reads the rows, beside the sections that have had them. */
  boolean isRead() {
    for (Consumer consumer : consumers()) {
      OperatorStation station = consumer.station();
      if (station == null || !(station.node().spec() instanceof GatherSpec)) {
        return true;
      }
    }
    return false;
  }

  /** A turn to be filled; it is ahead of the circuit until it is given back. */
  TurnAhead takeTurn() {
    look().turns++;
    TurnAhead turn = free.poll();
    return turn == null ? new TurnAhead(this) : turn;
  }

  void giveBack(TurnAhead turn) {
    look().turns--;
    free.add(turn);
  }

  /** Says that a turn failed: those behind it, and its source, are to stop. */
  void fail(RuntimeException thrown) {
    if (failure == null) {
      failure = thrown;
    }
  }

  void forgetFailure() {
    failure = null;
  }

  @Nullable RuntimeException failure() {
    return failure;
  }

  /** Throws what made a turn fail that was ahead of the circuit, each time until a reset. */
  public void throwIfFailed() {
    if (failure != null) {
      throw failure;
    }
  }

  /** Throws what made a turn fail that was ahead of the circuit, once. */
  public void throwFailure() {
    RuntimeException thrown = failure;
    failure = null;
    if (thrown != null) {
      throw thrown;
    }
  }

  /** The watermarks ahead of the circuit: they go on from those in the circuit. */
  private Ahead look() {
    Ahead known = ahead;
    if (known == null) {
      known = new Ahead(partitions.length);
      ahead = known;
    }
    if (known.turns == 0) {
      known.goOnFrom(partitions);
    }
    return known;
  }

  void lookAtRows(int partition, long base, Batch batch) {
    Ahead known = look();
    begin(known.partitions[partition], base, batch);
    known.begin(partition);
  }

  void lookAtAdvance(int partition, long base, long time) {
    Ahead known = look();
    known.partitions[partition].beginAdvance(base, time);
    known.begin(partition);
  }

  void endLook() {
    look().end();
  }

  /** The watermark of all partitions over the turn that was looked at last. */
  Timeline aheadTimeline() {
    return look().timeline();
  }

  /** The watermark of a partition over the turn that was looked at last. */
  Timeline ahead(int partition) {
    return look().partitions[partition];
  }

  /** What a source's watermark does in turns that the circuit has not had yet. */
  private static final class Ahead {
    private final SourceTimeline[] partitions;
    private final @Nullable MergedTimeline merged;
    private int turns;

    Ahead(int partitionCount) {
      partitions = new SourceTimeline[partitionCount];
      Arrays.setAll(partitions, i -> new SourceTimeline());
      merged = partitionCount > 1 ? new MergedTimeline(partitionCount, partitions[0]) : null;
    }

    void goOnFrom(SourceTimeline[] others) {
      for (int i = 0; i < partitions.length; i++) {
        partitions[i].restore(others[i].last());
      }
      if (merged != null) {
        merged.begin(Arrays.asList(partitions));
        merged.end();
      }
    }

    void begin(int partition) {
      if (merged != null) {
        merged.begin(only(partitions, partition));
      }
    }

    void end() {
      if (merged != null) {
        merged.end();
      }
    }

    Timeline timeline() {
      return merged != null ? merged : partitions[0];
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
    timeline.begin(only(partitions, partition));
  }

  private static List<@Nullable Timeline> only(SourceTimeline[] all, int partition) {
    List<@Nullable Timeline> active = new ArrayList<>();
    for (int i = 0; i < all.length; i++) {
      active.add(i == partition ? all[i] : null);
    }
    return active;
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
