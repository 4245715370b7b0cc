package io.millrace.engine;

import io.millrace.spi.connector.Sink;
import io.millrace.spi.data.Batch;
import io.millrace.spi.data.RowBuffer;
import io.millrace.spi.time.SourceTimeline;
import io.millrace.spi.time.Timeline;
import io.millrace.spi.types.Schema;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Puts what several streams of a job write to one console into the order of its rows' keys:
 * position, then the place of the query in the script. Holds the rows of a turn until its end, so
 * that the order of the lines does not tell how the input was cut into batches.
 */
final class ConsoleOrder {
  private static final int CAPACITY = 64;
  private final List<HeldSink> sinks = new ArrayList<>();

  /**
   * Has the rows of one more stream wait for their place among those of the others.
   *
   * @param place the place in the script of the query that sends them; 0 if they are of several and
   *     have their places with them
   * @return a sink that takes them in place of the given one
   */
  Sink hold(Sink sink, Schema schema, int place) {
    HeldSink held = new HeldSink(sink, schema, place);
    sinks.add(held);
    return held;
  }

  /** Writes the rows of the turn, each run of rows of one stream at once. */
  void endTurn() {
    try {
      for (HeldSink next = first(); next != null; next = first()) {
        next.takeOne();
        while (next == first()) {
          next.takeOne();
        }
        next.writeTaken();
      }
    } finally {
      sinks.forEach(HeldSink::clear);
    }
  }

  private @Nullable HeldSink first() {
    HeldSink first = null;
    for (HeldSink sink : sinks) {
      if (sink.hasNext() && (first == null || sink.isBefore(first))) {
        first = sink;
      }
    }
    return first;
  }

  /** The rows of one stream that have not been written yet. */
  private static final class HeldSink implements Sink {
    private final Sink sink;
    private final int place;
    private final Timeline timeline = new SourceTimeline();
    private final RowBuffer held;
    private final RowBuffer taken;
    private int next;

    HeldSink(Sink sink, Schema schema, int place) {
      this.sink = sink;
      this.place = place;
      this.held = new RowBuffer(schema, CAPACITY, timeline);
      this.taken = new RowBuffer(schema, CAPACITY, timeline);
    }

    @Override
    public void write(Batch batch) {
      for (int row = 0; row < batch.size(); row++) {
        held.append(batch, row);
        if (place > 0) {
          held.place(held.size() - 1, place);
        }
      }
    }

    boolean hasNext() {
      return next < held.size();
    }

    boolean isBefore(HeldSink other) {
      int order = held.compareCause(next, other.held, other.next);
      return order != 0 ? order < 0 : held.place(next) < other.held.place(other.next);
    }

    void takeOne() {
      taken.append(held.batchWithPlaces(timeline, timeline), next++);
    }

    void writeTaken() {
      sink.write(taken.batch(timeline, timeline));
      taken.clear();
    }

    void clear() {
      held.clear();
      taken.clear();
      next = 0;
    }

    @Override
    public void flush() {
      sink.flush();
    }

    @Override
    public void close() {
      sink.close();
    }
  }
}
