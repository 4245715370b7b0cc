package io.millrace.runtime.circuit;

import io.millrace.spi.data.Batch;
import io.millrace.spi.data.Column;
import io.millrace.spi.time.Slack;
import io.millrace.spi.time.SourceTimeline;
import io.millrace.spi.time.Timeline;
import io.millrace.spi.types.Schema;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Where the rows of a source enter the circuit: holds the watermark of each of its partitions.
 * Whoever feeds it fills columns of its own and calls {@link Circuit#turn}.
 */
public final class EntryPort extends Station {
  private final String stream;
  private final Schema schema;
  private final EntryTime time;

  /** The watermarks in the circuit. */
  private final PartitionTimelines timelines;

  /** The watermarks with the turns that the circuit has not had yet. */
  private final PartitionTimelines ahead;

  /** For each partition its number, as often as its turns have had rows. */
  private final int[][] lanes;

  /** How many lanes rows have in the parts that send them, where other parts do; else 1. */
  private final int lanesOfSender;

  private int[] writtenLanes = new int[0];

  /** For how long the partitions have been silent, by the clock. */
  private final Silence silence;

  /** What is said of their silence, where the rows come from other parts. */
  private final Senders senders;

  private final boolean hasSource;
  private final boolean isPolled;

  /** How many these are. */
  private int turnsAhead;

  private final List<Section> sections = new ArrayList<>();
  private boolean hasSections;
  private boolean holdsTables;
  private final Deque<TurnAhead> free = new ArrayDeque<>();
  private @Nullable RuntimeException failure;
  private @Nullable Route route;

  /**
   * @param lanesOfSender how many lanes rows have in the parts that send them; 0 if none, 1 where
   *     they come from a source
   */
  EntryPort(
      String stream,
      Schema schema,
      Circuit.EntrySpec spec,
      int lanesOfSender,
      TurnFailures failures) {
    super(failures);
    this.stream = stream;
    this.schema = schema;
    this.time = spec.time();
    this.timelines = new PartitionTimelines(time, spec.partitions());
    this.ahead = new PartitionTimelines(time, spec.partitions());
    this.lanes = new int[spec.partitions()][0];
    this.lanesOfSender = lanesOfSender;
    this.silence = new Silence(time.idleMillis(), spec.partitions());
    this.senders = new Senders(spec.partitions());
    this.hasSource = spec.hasSource();
    this.isPolled = spec.isPolled();
  }

  /**
   * Where the times of an entry's rows come from.
   *
   * @param isArrival whether the clock gives them, so that it is the watermark; else the rows move
   *     it
   * @param slack else how far the watermark stays behind the greatest time of the rows
   * @param idleMillis after how long without a word a partition is left out of the watermarks of
   *     what it is merged into; 0 for never
   * @param teller who says what the watermark is
   */
  public record EntryTime(boolean isArrival, Slack slack, long idleMillis, Teller teller) {
    /** Of rows whose sender says what the watermark is. */
    public static final EntryTime TOLD = new EntryTime(false, Slack.NONE, 0, Teller.SENDER);

    /**
     * Of rows that all come to another part: no operator hears of the watermark, but what this part
     * says while it is idle depends on it.
     */
    public static final EntryTime OVERHEARD =
        new EntryTime(false, Slack.NONE, 0, Teller.SENDER_TO_OTHERS);

    public static final EntryTime ARRIVAL = new EntryTime(true, Slack.NONE, 0, Teller.ROWS);

    /** Of rows that have the times of their arrival. */
    public static EntryTime arrival(long idleMillis) {
      return idleMillis == 0 ? ARRIVAL : new EntryTime(true, Slack.NONE, idleMillis, Teller.ROWS);
    }

    /** Of rows with times of their own, for which everything waits. */
    public static EntryTime event(Slack slack) {
      return event(slack, 0);
    }

    /** Of rows with times of their own. */
    public static EntryTime event(Slack slack, long idleMillis) {
      return new EntryTime(false, slack, idleMillis, Teller.ROWS);
    }

    /** Whether the sender of the rows says what the watermark is. */
    boolean isTold() {
      return teller != Teller.ROWS;
    }

    /** Whether a partition may be left out because it is silent. */
    boolean mayBeIdle() {
      return idleMillis > 0;
    }
  }

  /** Who says what the watermark of an entry is. */
  public enum Teller {
    /** The times of the rows, or the clock. */
    ROWS,
    /** Who sends the rows. */
    SENDER,
    /** Who sends the rows, which come to another part. */
    SENDER_TO_OTHERS
  }

  public String stream() {
    return stream;
  }

  public Schema schema() {
    return schema;
  }

  public boolean isArrival() {
    return time.isArrival();
  }

  /** Whether the sender of its rows says what the watermark is. */
  public boolean isTold() {
    return time.isTold();
  }

  /** Whether its rows come to another part, and no operator hears of its watermark. */
  boolean isOverheard() {
    return time.teller() == Teller.SENDER_TO_OTHERS;
  }

  Senders senders() {
    return senders;
  }

  /**
   * Finds out how far others have come, which this part is to say because it is idle; between two
   * turns.
   *
   * @param own the number of this part among the senders
   */
  public void echo(int own) {
    senders.echo(own, this::watermark);
  }

  /** How far this part has said that others have come, while it was idle. */
  public long echoed() {
    return senders.echoed();
  }

  public int partitionCount() {
    return timelines.size();
  }

  /** The watermark that a partition has reached with the rows that have been taken. */
  public long watermark(int partition) {
    return (turnsAhead > 0 ? ahead : timelines).partition(partition).last();
  }

  /** The watermark that all partitions have reached, but for idle ones. */
  public long watermark() {
    return (turnsAhead > 0 ? ahead : timelines).reached();
  }

  /** Whether a partition is left out of the watermark, because it has been silent for so long. */
  public boolean isIdle(int partition) {
    return (turnsAhead > 0 ? ahead : timelines).partition(partition).isIdle();
  }

  /** After how long without a word a partition is idle, in milliseconds; 0 for never. */
  public long idleMillis() {
    return time.idleMillis();
  }

  /** Whether the time between two turns of a partition is silence, by the clock. */
  boolean needsWatch() {
    return idleMillis() > 0 && !hasSource && (partitionCount() > 1 || route().merging().length > 0);
  }

  Silence silence() {
    return silence;
  }

  /** A batch over columns that the caller fills. */
  public Batch newBatch(Column[] columns) {
    return new Batch(schema, columns, timeline());
  }

  @Override
  Timeline timeline() {
    return timelines.all();
  }

  @Override
  List<SourcePartition> lanes() {
    List<SourcePartition> all = new ArrayList<>();
    for (int i = 0; i < partitionCount() * lanesOfSender && !isArrival(); i++) {
      all.add(new SourcePartition(stream, i));
    }
    return all;
  }

  @Override
  boolean isByTime() {
    return false;
  }

  @Override
  int momentParts() {
    return 1;
  }

  @Override
  Arrival arrival() {
    Set<SourcePartition> all = new HashSet<>();
    for (int i = 0; i < partitionCount(); i++) {
      all.add(new SourcePartition(stream, i));
    }
    return new Arrival(all, isPolled, isArrival());
  }

  /**
   * Says of the rows of a batch from which partition they come, if their order depends on it. Rows
   * of other parts are in the order of the lanes that they had there, then of these parts.
   *
   * @param marks what was said of each row; null if nothing
   */
  void setLane(int partition, Batch batch, @Nullable RowMarks marks) {
    if (marks != null && lanesOfSender > 1) {
      if (writtenLanes.length < batch.size()) {
        writtenLanes = new int[batch.size()];
      }
      for (int row = 0; row < batch.size(); row++) {
        int lane = marks.lanes()[row] * partitionCount() + partition;
        writtenLanes[row] = Math.min(lane, Batch.MAX_LANE);
      }
      batch.lanes(writtenLanes);
      return;
    }
    if (partition == 0 || isArrival() || lanesOfSender == 0) {
      return;
    }
    if (lanes[partition].length < batch.size()) {
      lanes[partition] = new int[Math.max(batch.size(), 2 * lanes[partition].length)];
      Arrays.fill(lanes[partition], Math.min(partition, Batch.MAX_LANE));
    }
    batch.lanes(lanes[partition]);
  }

  SourceTimeline partition(int index) {
    return timelines.partition(index);
  }

  /** Begins a turn of a batch of a partition, and gives it its timelines. */
  void beginRows(int partition, long base, Batch batch, @Nullable RowMarks marks) {
    timelines.beginRows(partition, base, batch, marks);
    if (timelines.size() > 1
        || isTold()) { // else the batch has the only timeline there is from the start
      batch.timelines(timelines.all(), timelines.latenessOf(partition));
      setLane(partition, batch, marks);
    }
  }

  /** Begins a turn in which a partition's watermark goes to {@code reached} without rows. */
  void beginAdvance(int partition, long base, long reached) {
    timelines.beginAdvance(partition, base, reached);
  }

  /** Begins a turn in which the watermarks of all partitions go to {@code reached}. */
  void beginAdvanceOfAll(long base, long reached) {
    timelines.beginAdvanceOfAll(base, reached);
  }

  /** Whether a partition is behind a time, with the rows that have been taken. */
  boolean isBehind(long time) {
    for (int partition = 0; partition < partitionCount(); partition++) {
      if (watermark(partition) < time) {
        return true;
      }
    }
    return false;
  }

  /** A partition's watermark goes to {@code reached}, of which no operator hears. */
  void overhear(int partition, long base, long reached) {
    partition(partition).beginAdvance(base, reached);
  }

  /** Begins a turn in which a partition becomes idle. */
  void beginIdle(int partition, long base) {
    timelines.beginIdle(partition, base);
  }

  /** Adds operators that take its rows ahead of the circuit. */
  void attach(Section section) {
    sections.add(section);
    sectionsChanged();
  }

  void detach(Section section) {
    sections.remove(section);
    sectionsChanged();
  }

  private void sectionsChanged() {
    hasSections = !sections.isEmpty();
    holdsTables = sections.stream().anyMatch(Section::holdsTables);
  }

  List<Section> sections() {
    return sections;
  }

  boolean hasSections() {
    return hasSections;
  }

  /** Whether tasks hold tables, which no turn may change before those before it are delivered. */
  boolean holdsTables() {
    return holdsTables;
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
    if (turnsAhead++ == 0) {
      ahead.goOnFrom(timelines);
    }
    TurnAhead turn = free.poll();
    return turn == null ? new TurnAhead(this) : turn;
  }

  void giveBack(TurnAhead turn) {
    turnsAhead--;
    free.add(turn);
  }

  /** The watermarks over the turns that are ahead of the circuit. */
  PartitionTimelines ahead() {
    return ahead;
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
    if (thrown != null) {
      failure = null;
      throw thrown;
    }
  }

  void endTurn() {
    timelines.end();
  }

  /** Begins anew. */
  void reset() {
    forgetFailure();
    forgetDispatch();
    silence.reset();
    senders.reset();
    timelines.restore(Timeline.NEVER);
    for (int i = 0; i < partitionCount(); i++) {
      partition(i).reset();
    }
  }

  /** Sets what {@link #watermark()} and {@link #echoed()} were. */
  void restore(long reached, long echoed) {
    timelines.restore(reached);
    senders.restore(echoed);
  }

  /**
   * Sets from where a partition goes on. Who reads it listens anew, as rows may have come since
   * then, unless it is told who is idle.
   */
  void restore(int partition, PartitionTime at) {
    SourceTimeline timeline = partition(partition);
    timeline.restore(at.watermark, at.measured);
    silence.restore(partition, at.silentMillis);
    if (isTold()) {
      senders.hear(partition, at.isIdle);
    } else if (at.isIdle && !hasSource) {
      timeline.beginIdle(0);
    }
  }

  /**
   * How far the time of a partition has come.
   *
   * @param measured what the watermark depends on beside the times of later rows: see {@link
   *     SourceTimeline#measured}
   * @param silentMillis for how long it has been silent, by the clock
   * @param isIdle whether it is left out of the watermark for that, or its sender has said that it
   *     is idle
   */
  @SuppressWarnings("ArrayRecordComponent") // lent between two turns, never compared
  public record PartitionTime(long watermark, long[] measured, long silentMillis, boolean isIdle) {}

  /** How far the time of a partition has come with the rows that have been taken. */
  public PartitionTime time(int partition) {
    SourceTimeline timeline = (turnsAhead > 0 ? ahead : timelines).partition(partition);
    return new PartitionTime(
        timeline.last(),
        timeline.measured(),
        silence.millis(partition),
        timeline.isIdle() || senders.isIdle(partition));
  }

  /** Takes the watermarks of the partitions over, after they have been restored. */
  void endRestore() {
    if (!isOverheard()) {
      timelines.endRestore();
    }
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
