package io.millrace.operators.window;

import io.millrace.spi.data.LongColumn;
import io.millrace.spi.data.RowBuffer;
import io.millrace.spi.state.KeyNumber;
import io.millrace.spi.state.SortBuffer;
import io.millrace.spi.state.SortBufferSpec;
import io.millrace.spi.state.StateContext;
import io.millrace.spi.time.Timeline;
import io.millrace.spi.types.DataType;
import io.millrace.spi.types.Field;
import io.millrace.spi.types.Schema;
import java.util.List;
import java.util.Map;

/**
 * An ordered time index of numbers of keys. One whose time moves is not moved here: it is found
 * when its old time comes, and added again by whoever finds it. An id tells whose a number is from
 * whose it was when it was added.
 */
public final class Deadlines {
  private static final int VERSION = 1;
  private static final Schema ENTRY =
      Schema.of(new Field("number", DataType.BIGINT), new Field("id", DataType.BIGINT));

  private final SortBuffer buffer;
  private final RowBuffer added;
  private final RowBuffer taken;
  private final Timeline timeline;

  /**
   * @param table the name of the table whose numbers they are
   */
  Deadlines(StateContext state, String table, Timeline timeline) {
    this(state, "deadlines", table, timeline);
  }

  /**
   * @param name of the state
   * @param table the name of the table whose numbers they are
   */
  public Deadlines(StateContext state, String name, String table, Timeline timeline) {
    buffer =
        state.sortBuffer(
            new SortBufferSpec(
                name,
                VERSION,
                List.of(DataType.BIGINT, DataType.BIGINT),
                Map.of(0, new KeyNumber(table, 0))));
    added = new RowBuffer(ENTRY, 1, timeline);
    taken = new RowBuffer(ENTRY, 1, timeline);
    this.timeline = timeline;
  }

  public boolean isEmpty() {
    return buffer.size() == 0;
  }

  public int size() {
    return buffer.size();
  }

  /** The smallest time; {@link Long#MAX_VALUE} if there is none. */
  public long firstTime() {
    return buffer.firstTime();
  }

  public void add(long time, int number, long id) {
    added.clear();
    int row = added.append(time, 0);
    ((LongColumn) added.column(0)).put(row, number);
    ((LongColumn) added.column(1)).put(row, id);
    buffer.add(added.batch(timeline, timeline), row);
  }

  /**
   * Takes the first entry off if its time is not behind {@code time}; then its number and id say
   * which.
   */
  public boolean take(long time) {
    taken.clear();
    return buffer.drainTo(time, 1, taken, 0) > 0;
  }

  /** The number of the entry that was taken last. */
  public int number() {
    return (int) ((LongColumn) taken.column(0)).values()[0];
  }

  public long id() {
    return ((LongColumn) taken.column(1)).values()[0];
  }
}
