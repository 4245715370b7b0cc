package io.millrace.operators.join;

import io.millrace.spi.data.Batch;
import io.millrace.spi.data.Column;
import io.millrace.spi.data.LongColumn;
import io.millrace.spi.data.RowBuffer;
import io.millrace.spi.operator.OperatorContext;
import io.millrace.spi.state.SortBuffer;
import io.millrace.spi.state.SortBufferSpec;
import io.millrace.spi.time.Timeline;
import io.millrace.spi.types.DataType;
import io.millrace.spi.types.Field;
import io.millrace.spi.types.Schema;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Rows of one side of a join that wait until it is their turn, where the order in which partitions
 * are polled is not to be seen: in the order of their time, or of the watermark of their own
 * partition if that is behind it, then of their source partitions, then of their offsets. All of
 * that is the same each time the rows are read.
 */
final class WaitingSide {
  private static final int VERSION = 1;
  private final SortBuffer held;
  private final int width;

  /** The column of the kind of a row; -1 where all are {@code +I}. */
  private final int kindColumn;

  private final Timeline timeline;
  private final RowBuffer coming;
  private final RowBuffer taken;

  /** The row that has been taken, as it came. */
  private final Batch row;

  WaitingSide(String name, JoinSide side, OperatorContext context) {
    List<Field> fields = new ArrayList<>(side.input().fields());
    width = fields.size();
    fields.add(new Field("rowtime", DataType.BIGINT));
    fields.add(new Field("seen", DataType.BIGINT));
    kindColumn = side.isTakenBack() ? fields.size() : -1;
    if (side.isTakenBack()) {
      fields.add(new Field("kind", DataType.BIGINT));
    }
    Schema schema = new Schema(fields);
    List<DataType> types = fields.stream().map(Field::type).toList();
    held =
        context.state().sortBuffer(new SortBufferSpec(name + "-waiting", VERSION, types).later());
    timeline = context.outputTimeline();
    coming = new RowBuffer(schema, 1, timeline);
    taken = new RowBuffer(schema, 1, timeline);
    Column[] columns = Arrays.copyOf(taken.columns(), width);
    row = new Batch(side.input(), columns, timeline);
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
   * @param seen the watermark by which it may be late
   */
  void add(Batch batch, int index, long seen) {
    coming.clear();
    int at = coming.append(Math.max(batch.rowtimes()[index], seen), 0);
    for (int i = 0; i < width; i++) {
      coming.column(i).copy(batch.column(i), index, at);
    }
    ((LongColumn) coming.column(width)).put(at, batch.rowtimes()[index]);
    ((LongColumn) coming.column(width + 1)).put(at, seen);
    if (kindColumn >= 0) {
      ((LongColumn) coming.column(kindColumn)).put(at, batch.kind(index).code());
    }
    coming.lane(at, batch.lane(index));
    held.add(coming.batch(timeline, timeline), at);
  }

  /** When it is the next row's turn; {@code END} if none waits. */
  long next() {
    return held.firstTime();
  }

  /**
   * Takes the next row, the only one of the batch, which is valid until the next call.
   *
   * @param watermark which has passed its time
   */
  Batch take(int position, Timeline watermark) {
    taken.clear();
    held.drainTo(held.firstTime(), 1, taken, position);
    long time = taken.rowtimes()[0];
    taken.dueAt(0, time == Timeline.END ? time : time + 1, watermark);
    Batch whole = taken.batch(timeline, timeline);
    long[] moments = taken.moments();
    taken.rowtimes()[0] = ((LongColumn) taken.column(width)).values()[0];
    return row.rows(1, whole.rowtimes(), whole.positions(), kinds()).moments(moments);
  }

  private byte @Nullable [] kinds() {
    return kindColumn < 0
        ? null
        : new byte[] {(byte) ((LongColumn) taken.column(kindColumn)).values()[0]};
  }

  /** What the row that has been taken had seen of the watermark by which it may be late. */
  long seen() {
    return ((LongColumn) taken.column(width + 1)).values()[0];
  }
}
