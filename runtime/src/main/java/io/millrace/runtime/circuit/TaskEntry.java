package io.millrace.runtime.circuit;

import io.millrace.spi.data.Batch;
import io.millrace.spi.time.Timeline;

/** Where the rows of a task enter its operators. */
final class TaskEntry extends Station {
  private final TurnTimeline timeline = new TurnTimeline();

  TaskEntry(TurnFailures failures) {
    super(failures);
  }

  /** Begins a turn with the given watermarks. */
  void begin(Timeline watermarks) {
    timeline.current = watermarks;
  }

  @Override
  Timeline timeline() {
    return timeline;
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
    public int firstReaching(long time, int from) {
      return current.firstReaching(time, from);
    }
  }
}
