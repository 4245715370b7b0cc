package io.millrace.operators.join;

import io.millrace.spi.data.Batch;
import io.millrace.spi.data.LongColumn;
import io.millrace.spi.data.RowBuffer;
import io.millrace.spi.data.RowKind;
import io.millrace.spi.operator.OperatorContext;
import io.millrace.spi.state.SortBuffer;
import io.millrace.spi.state.SortBufferSpec;
import io.millrace.spi.time.Timeline;
import io.millrace.spi.types.DataType;
import io.millrace.spi.types.Field;
import io.millrace.spi.types.Schema;
import java.util.ArrayList;
import java.util.List;

/** The changes of one side of a join, in the order of their times, until these are certain. */
final class TimedChanges {
  private static final int VERSION = 1;
  private final SortBuffer held;
  private final RowBuffer coming;
  private final RowBuffer due;
  private final int kindColumn;
  private final Timeline timeline;
  private int taken;

  TimedChanges(String name, Schema rows, OperatorContext context) {
    List<Field> fields = new ArrayList<>(rows.fields());
    fields.add(new Field("kind", DataType.BIGINT));
    Schema schema = new Schema(fields);
    this.kindColumn = rows.size();
    this.timeline = context.outputTimeline();
    this.held =
        context
            .state()
            .sortBuffer(
                new SortBufferSpec(
                    name, VERSION, schema.fields().stream().map(Field::type).toList()));
    this.coming = new RowBuffer(schema, 1, timeline);
    this.due = new RowBuffer(schema, 16, timeline);
  }

  /** Holds a row of a batch until a time. */
  void add(Batch batch, int row, long time) {
    coming.clear();
    int at = coming.append(time, 0);
    for (int i = 0; i < kindColumn; i++) {
      coming.column(i).copy(batch.column(i), row, at);
    }
    ((LongColumn) coming.column(kindColumn)).put(at, batch.kind(row).code());
    coming.lane(at, batch.lane(row));
    held.add(coming.batch(timeline, timeline), at);
  }

  int size() {
    return held.size();
  }

  boolean isEmpty() {
    return held.size() == 0;
  }

  /** The smallest time that is held; {@code END} if none is. */
  long firstTime() {
    return held.firstTime();
  }

  /** Gives out what is due up to a time, to be taken row by row, at a position. */
  void begin(long upTo, int position) {
    due.clear();
    taken = 0;
    held.drainTo(upTo, Integer.MAX_VALUE, due, position);
    due.inPlace(0, false);
  }

  /** Whether a row is given out that has not been taken. */
  boolean hasNext() {
    return taken < due.size();
  }

  /** The time of the next row. */
  long nextTime() {
    return due.rowtimes()[taken];
  }

  /** The value of the next row in a BIGINT or TIMESTAMP column, which is not NULL. */
  long nextValue(int column) {
    return ((LongColumn) due.column(column)).values()[taken];
  }

  /** The kind of the next row. */
  RowKind nextKind() {
    return RowKind.of((byte) ((LongColumn) due.column(kindColumn)).values()[taken]);
  }

  /** Takes the next row: its index in {@link #batch}. */
  int take() {
    return taken++;
  }

  /** The rows that are given out. */
  Batch batch() {
    return due.batch(timeline, timeline);
  }
}
