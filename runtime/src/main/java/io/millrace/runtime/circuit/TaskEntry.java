package io.millrace.runtime.circuit;

import io.millrace.spi.data.Batch;
import io.millrace.spi.data.RowBuffer;
import io.millrace.spi.time.Timeline;
import io.millrace.spi.types.Schema;
import java.util.List;

/** Where the rows of a task enter its operators. */
final class TaskEntry extends Station {
  private final TurnTimeline timeline = new TurnTimeline();
  private final int most;
  private final RowBuffer slice;
  private final Origin origin;

  /**
   * @param most how many rows a batch has at most
   */
  TaskEntry(Schema schema, int most, Origin origin, TurnFailures failures) {
    super(failures);
    this.most = most;
    this.origin = origin;
    this.slice = new RowBuffer(schema, 1, timeline);
  }

  /**
   * What is known of the rows that are spread.
   *
   * @param arrival in which order they come
   * @param lanes see {@link Station#lanes}
   */
  record Origin(Arrival arrival, List<SourcePartition> lanes) {
    Origin {
      lanes = List.copyOf(lanes);
    }
  }

  /** Begins a turn with the given watermarks. */
  void begin(Timeline watermarks) {
    timeline.current = watermarks;
  }

  /**
   * Sends the rows of the turn.
   *
   * @param lateness by what those are late that are late by their source partition
   */
  void send(TaskRows turn, Timeline lateness) {
    RowBuffer rows = turn.rows();
    int end;
    for (int from = 0; from < rows.size(); from = end) {
      end = (int) Math.min((long) from + most, turn.endOfRun(from));
      boolean isWhole = end - from == rows.size();
      RowBuffer sent = isWhole ? rows : slice(rows, from, end);
      emit(sent.batch(timeline, turn.isOfPartition(from) ? lateness : timeline));
    }
  }

  private RowBuffer slice(RowBuffer rows, int from, int end) {
    slice.clear();
    for (int row = from; row < end; row++) {
      slice.appendRowOf(rows, row);
    }
    for (int i = 0; i < rows.columns().length; i++) {
      slice.column(i).copyRange(rows.column(i), from, end - from, 0);
    }
    return slice;
  }

  @Override
  Timeline timeline() {
    return timeline;
  }

  @Override
  List<SourcePartition> lanes() {
    return origin.lanes();
  }

  /** Whatever rows are spread: none of them gets a time of its own in a task. */
  @Override
  boolean isByTime() {
    return true;
  }

  @Override
  int momentParts() {
    return 1;
  }

  @Override
  Arrival arrival() {
    return origin.arrival();
  }

  @Override
  public void late(Batch batch, int row) {
    throw new IllegalStateException("an entry has no late rows");
  }

  @Override
  public void fail(Batch batch, int row, String error) {
    throw new IllegalStateException("an entry has no failing rows");
  }

  /** The timeline of the turn that runs: one object for the life of the entry. */
  private static final class TurnTimeline implements Timeline {
    private Timeline current = new RecordedTimeline();

    @Override
    public long base() {
      return current.base();
    }

    @Override
    public int length() {
      return current.length();
    }

    @Override
    public long before(int index) {
      return current.before(index);
    }

    @Override
    public boolean settlesOwnTime() {
      return current.settlesOwnTime();
    }

    @Override
    public long toOrigin(long time) {
      return current.toOrigin(time);
    }

    @Override
    public long fromOrigin(long time) {
      return current.fromOrigin(time);
    }

    @Override
    public int firstReaching(long time, int from) {
      return current.firstReaching(time, from);
    }
  }
}
