package io.millrace.operators.join;

import io.millrace.operators.join.WithinJoinSpec.Bounds;
import io.millrace.spi.data.Batch;
import io.millrace.spi.data.Column;
import io.millrace.spi.data.LongColumn;
import io.millrace.spi.data.RowBuffer;
import io.millrace.spi.operator.OperatorContext;
import io.millrace.spi.state.LongValue;
import io.millrace.spi.state.SortBuffer;
import io.millrace.spi.state.SortBufferSpec;
import io.millrace.spi.time.Timeline;
import io.millrace.spi.types.DataType;
import io.millrace.spi.types.Field;
import io.millrace.spi.types.Schema;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** The rows of one side of a join of two streams, and when each of them leaves. */
final class WithinSide {
  private static final int VERSION = 1;
  private static final Schema NUMBER = Schema.of(new Field("number", DataType.BIGINT));
  private final JoinSide spec;
  private final JoinRows rows;

  /** The column from whose time is counted, or {@link WithinJoinSpec#ROWTIME}. */
  private final int timeColumn;

  /** How long behind its time a row leaves; {@link WithinJoinSpec#UNBOUNDED} for never. */
  private final long stayMillis;

  /** How much longer a row is kept that may be taken back, for the one that does so. */
  private final long takenBackMillis;

  /** How many of the rows have been taken back, and meet none; null where none may be. */
  private final @Nullable LongValue takenBack;

  /** The numbers of the rows, each and 1, by the time at which it leaves. */
  private final SortBuffer due;

  private final Timeline timeline;
  private final RowBuffer number;

  private WithinSide(
      String name,
      JoinSide spec,
      int timeColumn,
      long stayMillis,
      long takenBackMillis,
      OperatorContext context) {
    this.spec = spec;
    this.timeColumn = timeColumn;
    this.stayMillis = stayMillis;
    this.takenBackMillis = takenBackMillis;
    this.takenBack = spec.isTakenBack() ? context.state().longValue(name + "-taken-back") : null;
    this.rows = JoinRows.counted(name, spec, context);
    this.due =
        context
            .state()
            .sortBuffer(
                new SortBufferSpec(
                    name + "-due",
                    VERSION,
                    List.of(DataType.BIGINT),
                    Map.of(0, JoinRows.numbers(name))));
    this.timeline = context.outputTimeline();
    this.number = new RowBuffer(NUMBER, 1, timeline);
  }

  static WithinSide left(JoinSide spec, Bounds bounds, OperatorContext context) {
    long more = spec.isTakenBack() ? bounds.delayMillis() : 0;
    return new WithinSide("left", spec, bounds.leftTime(), bounds.stayOfLeft(), more, context);
  }

  static WithinSide right(JoinSide spec, Bounds bounds, OperatorContext context) {
    return new WithinSide("right", spec, WithinJoinSpec.ROWTIME, bounds.stayOfRight(), 0, context);
  }

  JoinSide spec() {
    return spec;
  }

  JoinRows rows() {
    return rows;
  }

  /** The time of a row from which is counted; {@code NEVER} if it has none, and meets no row. */
  long time(Batch batch, int row) {
    if (timeColumn == WithinJoinSpec.ROWTIME) {
      return batch.rowtimes()[row];
    }
    Column times = batch.column(timeColumn);
    return times.isNull(row) ? Timeline.NEVER : ((LongColumn) times).values()[row];
  }

  /** As {@link #time(Batch, int)}, of a row that is there. */
  long time(int row) {
    return timeColumn == WithinJoinSpec.ROWTIME
        ? rows.rowtime(row)
        : rows.value(row, timeColumn, Timeline.NEVER);
  }

  /** Behind which time a row meets none; {@code END} for never. */
  long due(long time) {
    return stayMillis == WithinJoinSpec.UNBOUNDED
        ? Timeline.END
        : WithinJoinSpec.latest(time, stayMillis);
  }

  /** When a row leaves that meets none from a time on. */
  long leaves(long due, long rowtime) {
    return WithinJoinSpec.latest(Math.max(due, rowtime), takenBackMillis);
  }

  /** Has a row that is there meet none any more; what says when it leaves goes with its time. */
  void takeBack(int number) {
    if (leaves(due(time(number)), rows.rowtime(number)) == Timeline.END) {
      rows.remove(number);
    } else {
      rows.unlink(number);
      LongValue count = Objects.requireNonNull(takenBack);
      count.set(count.get() + 1);
    }
  }

  /** How many rows are there that others may meet, or that wait for a match. */
  long size() {
    LongValue count = takenBack;
    return count == null ? rows.size() : rows.size() - count.get();
  }

  /** Removes a row that leaves. */
  void remove(int number) {
    LongValue count = takenBack;
    if (count != null && !rows.isLinked(number)) {
      count.set(count.get() - 1);
    }
    rows.remove(number);
  }

  /**
   * Keeps a row until it leaves. One that never does goes at the end of the input if it may be sent
   * then, which one that may be taken back is when it comes.
   */
  int add(Batch batch, int row, long watermark, long leaves) {
    int added = rows.add(batch, row, watermark);
    if (leaves != Timeline.END || (spec.isOuter() && takenBack == null)) {
      number.clear();
      int at = number.append(leaves, 0);
      ((LongColumn) number.column(0)).put(at, added + 1L);
      due.add(number.batch(timeline, timeline), at);
    }
    return added;
  }

  /** When the next row leaves; {@code END} if none does before the end of the input. */
  long next() {
    return due.firstTime();
  }

  boolean isEmpty() {
    return due.size() == 0;
  }

  /** Takes the next row that leaves, up to a time, out of those that wait; -1 if there is none. */
  int leave(long upTo) {
    number.clear();
    return due.drainTo(upTo, 1, number, 0) == 0
        ? JoinRows.NONE
        : (int) ((LongColumn) number.column(0)).values()[0] - 1;
  }
}
