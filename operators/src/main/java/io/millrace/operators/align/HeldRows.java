package io.millrace.operators.align;

import io.millrace.spi.data.Batch;
import io.millrace.spi.data.LongColumn;
import io.millrace.spi.data.RowBuffer;
import io.millrace.spi.operator.OperatorContext;
import io.millrace.spi.state.LongValue;
import io.millrace.spi.state.SortBuffer;
import io.millrace.spi.state.SortBufferSpec;
import io.millrace.spi.time.HeldTimeline;
import io.millrace.spi.time.Timeline;
import io.millrace.spi.types.DataType;
import io.millrace.spi.types.Field;
import io.millrace.spi.types.Schema;
import java.util.ArrayList;
import java.util.List;

/**
 * The rows that are held, in the order in which they came, and the marks among them at which they
 * stop. Rows are held exactly as long as there is such a mark.
 */
final class HeldRows implements HeldTimeline.Holder {
  private static final int VERSION = 1;
  private static final Schema STOP =
      Schema.of(new Field("mark", DataType.BIGINT), new Field("watermark", DataType.BIGINT));

  /** The rows by the order in which they came in the place of their times. */
  private final SortBuffer rows;

  /** The stops behind the first one, by the row before which they are. */
  private final SortBuffer stops;

  /** How many rows have been held since none was. */
  private final LongValue came;

  /** The mark of the first stop, less {@code NEVER}: 0 while nothing is held. */
  private final LongValue mark;

  /** The watermark before the row at the first stop, less {@code NEVER}. */
  private final LongValue watermark;

  private final int width;
  private final RowBuffer one;
  private final RowBuffer stop;
  private final Timeline timeline;

  /**
   * @param schema of the rows with their marks
   */
  HeldRows(Schema schema, OperatorContext context) {
    List<Field> fields = new ArrayList<>(schema.fields());
    fields.add(new Field("ROWTIME", DataType.BIGINT));
    fields.add(new Field("WATERMARK", DataType.BIGINT));
    Schema held = new Schema(fields);
    this.rows = context.state().sortBuffer(new SortBufferSpec("held", VERSION, types(held)));
    this.stops = context.state().sortBuffer(new SortBufferSpec("stops", VERSION, types(STOP)));
    this.came = context.state().longValue("came");
    this.mark = context.state().longValue("stop");
    this.watermark = context.state().longValue("standing");
    this.width = schema.size();
    this.timeline = context.outputTimeline();
    this.one = new RowBuffer(held, 1, timeline);
    this.stop = new RowBuffer(STOP, 1, timeline);
  }

  private static List<DataType> types(Schema schema) {
    return schema.fields().stream().map(Field::type).toList();
  }

  int size() {
    return rows.size();
  }

  @Override
  public boolean isHolding() {
    return mark.get() != 0;
  }

  /** The mark that the others must give. */
  long mark() {
    return mark.get() ^ Timeline.NEVER;
  }

  @Override
  public long watermark() {
    return watermark.get() ^ Timeline.NEVER;
  }

  /** What is held stops before the next row, until the others have given a mark. */
  void stop(long number, long standing) {
    if (isHolding()) {
      stop.clear();
      int row = stop.append(came.get(), 0);
      ((LongColumn) stop.column(0)).put(row, number);
      ((LongColumn) stop.column(1)).put(row, standing);
      stops.add(stop.batch(timeline, timeline), row);
    } else {
      mark.set(number ^ Timeline.NEVER);
      watermark.set(standing ^ Timeline.NEVER);
    }
  }

  /**
   * Holds a row.
   *
   * @param seen the watermark by which it is late
   */
  void add(Batch batch, int row, long seen) {
    one.clear();
    int held = one.append(came.get(), 0);
    for (int i = 0; i < width; i++) {
      one.column(i).copy(batch.column(i), row, held);
    }
    ((LongColumn) one.column(width)).put(held, batch.rowtimes()[row]);
    ((LongColumn) one.column(width + 1)).put(held, seen);
    rows.add(one.batch(timeline, timeline), held);
    came.set(came.get() + 1);
  }

  /** Takes the next row in front of the second stop, until the next call; false if none is left. */
  boolean next() {
    one.clear();
    long to = stops.size() == 0 ? Long.MAX_VALUE : stops.firstTime() - 1;
    return rows.drainTo(to, 1, one, 0) > 0;
  }

  /** The row that has been taken; its time is {@link #rowtime}. */
  Batch row() {
    return one.batch(timeline, timeline);
  }

  boolean isMark() {
    return !one.column(width - 1).isNull(0);
  }

  long rowtime() {
    return ((LongColumn) one.column(width)).values()[0];
  }

  /** The watermark by which the row that has been taken is late. */
  long seen() {
    return ((LongColumn) one.column(width + 1)).values()[0];
  }

  /** Goes on to the second stop, when the rows in front of it have been taken. */
  void toNextStop() {
    mark.set(0);
    stop.clear();
    if (stops.size() == 0) {
      came.set(0);
      return;
    }
    stops.drainTo(stops.firstTime(), 1, stop, 0);
    mark.set(((LongColumn) stop.column(0)).values()[0] ^ Timeline.NEVER);
    watermark.set(((LongColumn) stop.column(1)).values()[0] ^ Timeline.NEVER);
  }
}
