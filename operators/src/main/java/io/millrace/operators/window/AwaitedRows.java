package io.millrace.operators.window;

import io.millrace.spi.data.Batch;
import io.millrace.spi.data.LongColumn;
import io.millrace.spi.data.RowBuffer;
import io.millrace.spi.operator.OperatorContext;
import io.millrace.spi.state.SortBuffer;
import io.millrace.spi.state.SortBufferSpec;
import io.millrace.spi.time.StandingTimeline;
import io.millrace.spi.time.Timeline;
import io.millrace.spi.types.DataType;
import io.millrace.spi.types.Field;
import io.millrace.spi.types.Schema;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

/**
 * Rows that wait until the watermark of all source partitions has passed that which they had seen
 * of their own: taken in the order of these, then of their partitions, then of their offsets,
 * whatever was polled when. Each keeps its time, its lane, and its place among the rows of equal
 * times.
 */
final class AwaitedRows {
  private static final int VERSION = 1;
  private static final int CHUNK = 256;
  private final SortBuffer held;
  private final int width;
  private final Timeline timeline;
  private final boolean ranksRows;
  private final RowBuffer coming;

  /** All rows that had seen one watermark, in the order in which they are taken. */
  private final RowBuffer taken;

  private int[] order = new int[0];
  private int next;
  private long seen = Timeline.END;

  /** The row that has been taken, as it came. */
  private final RowBuffer row;

  AwaitedRows(Schema input, OperatorContext context) {
    List<Field> fields = new ArrayList<>(input.fields());
    width = fields.size();
    fields.add(new Field("rowtime", DataType.BIGINT));
    fields.add(new Field("lane", DataType.BIGINT));
    fields.add(new Field("cause", DataType.BIGINT));
    Schema schema = new Schema(fields);
    List<DataType> types = fields.stream().map(Field::type).toList();
    held =
        context.state().sortBuffer(new SortBufferSpec("awaited", VERSION, types).later().ofInput());
    timeline = context.outputTimeline();
    ranksRows = context.ranksRows();
    coming = new RowBuffer(schema, 1, timeline);
    taken = new RowBuffer(schema, 16, timeline);
    row = new RowBuffer(input, 1, timeline);
  }

  boolean isEmpty() {
    return held.size() == 0;
  }

  int size() {
    return held.size();
  }

  /**
   * Has a row wait.
   *
   * @param watermark that of its own partition before it
   */
  void add(Batch batch, int index, long watermark) {
    coming.clear();
    int at = coming.append(watermark, 0);
    for (int i = 0; i < width; i++) {
      coming.column(i).copy(batch.column(i), index, at);
    }
    put(coming, at, width, batch.rowtimes()[index]);
    put(coming, at, width + 1, batch.lane(index));
    put(coming, at, width + 2, batch.timeline().base() + batch.position(index));
    coming.lane(at, batch.lane(index));
    held.add(coming.batch(timeline, timeline), at);
  }

  /** The watermark that the next row has seen; {@code END} if none waits. */
  long next() {
    return held.firstTime();
  }

  /** Takes off all rows that have seen the same watermark as the next one: see {@link #take}. */
  void begin() {
    seen = held.firstTime();
    taken.clear();
    int more;
    do {
      more = held.drainTo(seen, CHUNK, taken, 0);
    } while (more == CHUNK);
    next = 0;
    if (order.length < taken.size()) {
      order = new int[Math.max(taken.size(), 2 * order.length)];
    }
    boolean isSorted = true;
    for (int i = 0; i < taken.size(); i++) {
      order[i] = i;
      isSorted &= i == 0 || compare(i - 1, i) <= 0;
    }
    if (!isSorted) { // what several tasks had saved has been put together
      order =
          IntStream.range(0, taken.size())
              .boxed()
              .sorted(this::compare)
              .mapToInt(Integer::intValue)
              .toArray();
    }
  }

  private int compare(int one, int other) {
    int byLane = Long.compare(value(one, width + 1), value(other, width + 1));
    return byLane != 0 ? byLane : Long.compare(value(one, width + 2), value(other, width + 2));
  }

  boolean hasNext() {
    return next < taken.size();
  }

  /**
   * The next of the rows that have been taken off, the only one of its batch, valid until the next
   * call: at a position at which the watermark has passed what it had seen.
   */
  Batch take(Timeline turn, int position) {
    int from = order[next++];
    row.clear();
    int at = row.append(value(from, width), position);
    for (int i = 0; i < width; i++) {
      row.column(i).copy(taken.column(i), from, at);
    }
    long lane = value(from, width + 1);
    long cause = value(from, width + 2);
    row.lane(at, (int) lane);
    row.moment(at, turn.momentOfRow(seen, position));
    if (ranksRows) {
      row.rank(at, seen, Long.MAX_VALUE, lane, cause); // behind what is due by then
    }
    Timeline then = new StandingTimeline(turn, cause - position, seen);
    return row.batch(then, then);
  }

  private long value(int index, int column) {
    return ((LongColumn) taken.column(column)).values()[index];
  }

  private static void put(RowBuffer rows, int index, int column, long value) {
    ((LongColumn) rows.column(column)).put(index, value);
  }
}
