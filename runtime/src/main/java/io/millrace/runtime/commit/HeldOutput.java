package io.millrace.runtime.commit;

import io.millrace.spi.connector.Sink;
import io.millrace.spi.data.Batch;
import io.millrace.spi.data.RowBuffer;
import io.millrace.spi.time.SourceTimeline;
import io.millrace.spi.time.Timeline;
import io.millrace.spi.types.Schema;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * Output that is written when the snapshot is committed that has taken its rows as sent: whatever
 * happens then, nobody sends them again. Rows wait in memory, in the order in which they were
 * written, whichever sink they are for. Used during turns.
 */
public final class HeldOutput {
  private static final int MOST_ROWS_OF_RUN = 1_024;

  /** Runs of rows by the snapshot that ends their interval, the oldest first. */
  private final Deque<Interval> ended = new ArrayDeque<>();

  private List<Run> current = new ArrayList<>();
  private long rows;

  /** What was written between two snapshots. */
  private record Interval(long snapshotId, List<Run> runs) {}

  /** Rows that follow each other for one sink. */
  private record Run(Sink sink, RowBuffer rows) {}

  /** Gives a sink that has its rows wait before the given one takes them. */
  public Sink hold(Sink sink, Schema schema) {
    return new HeldSink(sink, schema);
  }

  /** How many rows wait that were written since the last {@link #end}. */
  long rows() {
    return rows;
  }

  /** Ends an interval: what was written waits for this snapshot. */
  void end(long snapshotId) {
    ended.add(new Interval(snapshotId, current));
    current = new ArrayList<>();
    rows = 0;
  }

  /**
   * Writes what waits for this snapshot, or for one before it that was given up, and flushes. What
   * cannot be written is lost.
   */
  void release(long snapshotId) {
    Set<Sink> written = new LinkedHashSet<>();
    Timeline timeline = new SourceTimeline();
    for (Interval next = ended.peek();
        next != null && next.snapshotId() <= snapshotId;
        next = ended.peek()) {
      ended.remove();
      for (Run run : next.runs()) {
        run.sink().write(run.rows().batch(timeline, timeline));
        written.add(run.sink());
      }
    }
    written.forEach(Sink::flush);
  }

  private void add(Sink sink, Schema schema, Batch batch) {
    Run run = current.isEmpty() ? null : current.get(current.size() - 1);
    for (int row = 0; row < batch.size(); row++) {
      if (run == null || run.sink() != sink || run.rows().size() == MOST_ROWS_OF_RUN) {
        run = begin(sink, schema, batch.size() - row);
      }
      append(run.rows(), batch, row);
    }
    rows += batch.size();
  }

  private Run begin(Sink sink, Schema schema, int capacity) {
    Run run = new Run(sink, new RowBuffer(schema, capacity, new SourceTimeline()));
    current.add(run);
    return run;
  }

  /** Rows of several turns come together, so they get positions that rise. */
  private static void append(RowBuffer rows, Batch batch, int row) {
    rows.append(batch, row);
    rows.positions()[rows.size() - 1] = Timeline.ofRow(rows.size() - 1);
  }

  private final class HeldSink implements Sink {
    private final Sink sink;
    private final Schema schema;

    HeldSink(Sink sink, Schema schema) {
      this.sink = sink;
      this.schema = schema;
    }

    @Override
    public void write(Batch batch) {
      add(sink, schema, batch);
    }

    /** Nothing is final before its snapshot. */
    @Override
    public void flush() {}

    @Override
    public void close() {
      sink.close();
    }
  }
}
