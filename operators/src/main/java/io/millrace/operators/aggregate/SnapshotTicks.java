package io.millrace.operators.aggregate;

import io.millrace.spi.data.Batch;
import io.millrace.spi.operator.Output;
import io.millrace.spi.state.LongValue;
import io.millrace.spi.state.StateContext;
import io.millrace.spi.time.Timeline;

/**
 * The ticks {@code k·d} since the epoch at which snapshots are sent: those that the watermark or,
 * before it is taken, a row has reached, while there is something to send. Where the input has
 * ended, the last one is that at the end of the interval of the last row.
 */
public final class SnapshotTicks {
  private final long everyMillis;
  private final Sender sender;

  /** The next tick, turned around at {@link Long#MIN_VALUE}, at first the beginning of time. */
  private final LongValue next;

  /** The greatest time of a row, turned around alike. */
  private final LongValue latest;

  /** What sends the snapshots. */
  public interface Sender {
    /** Whether there is nothing to send, and will not be before the next row. */
    boolean isEmpty();

    /** Called before {@link #send} where the watermark has reached a tick at an advance. */
    void reached(long tick, int code);

    /**
     * Sends the snapshot of a tick at a position.
     *
     * @param moment see {@link Batch#moments}
     */
    void send(long tick, int code, long moment, Output output);
  }

  /**
   * @param everyMillis between ticks, positive
   */
  public SnapshotTicks(long everyMillis, StateContext state, Sender sender) {
    this.everyMillis = everyMillis;
    this.sender = sender;
    next = state.longValue("next");
    latest = state.longValue("latest");
  }

  /** Sends the snapshots that come before a row. */
  public void before(Batch batch, int row, Output output) {
    moveToReached(batch, row, output);
    moveToRow(batch, row, output);
  }

  /** Sends those that time has reached before a row: {@link Batch#reached(int)}. */
  void moveToReached(Batch batch, int row, Output output) {
    moveTo(batch.reached(row), batch.timeline(), output);
  }

  /** Sends those that come with the time of the row itself, behind {@link #moveToReached}. */
  void moveToRow(Batch batch, int row, Output output) {
    moveTo(batch.rowtimes()[row], batch, row, output);
  }

  /**
   * Sends the snapshots that come before a change of a table. One that time has brought about, such
   * as a row that expires, comes before the snapshot of its moment.
   */
  public void beforeChange(Batch batch, int row, Output output) {
    moveTo(batch.reached(row), batch.timeline(), output);
    moveTo(lastTickBefore(batch, row), batch, row, output);
  }

  /**
   * Until when ticks come before a change: those of the time of a row, but only those before what
   * is due at a deadline. What the end of the input brings about comes before the tick of its time.
   */
  private static long lastTickBefore(Batch batch, int row) {
    long moment = batch.moment(row);
    if (moment != Timeline.END) {
      Timeline timeline = batch.timeline();
      return timeline.reachedBefore(batch.position(row), moment, timeline.moments());
    }
    int code = batch.position(row);
    boolean isOfAdvance = Timeline.ofAdvance(code >> 1) == code;
    long time = batch.rowtimes()[row];
    return isOfAdvance ? time - 1 : time;
  }

  /** Behind the rows from {@code from} on before which no tick comes. */
  int runEnd(Batch batch, int from) {
    long tick = next();
    int to = from + 1;
    while (to < batch.size() && batch.rowtimes()[to] < tick && batch.reached(to) < tick) {
      to++;
    }
    return to;
  }

  /** Notes that a row has been taken. */
  public void took(long time) {
    latest.set(Math.max(latest(), time) ^ Long.MIN_VALUE);
  }

  /** Sends the snapshots up to the end of a turn. */
  public void end(Timeline timeline, Output output) {
    moveTo(timeline.last(), timeline, output);
  }

  private long next() {
    return next.get() ^ Long.MIN_VALUE;
  }

  private long latest() {
    return latest.get() ^ Long.MIN_VALUE;
  }

  /** The first tick behind a time; the end of time if there is none before. */
  private long after(long time) {
    long left = everyMillis - Math.floorMod(time, everyMillis);
    return time > Timeline.END - left ? Timeline.END : time + left;
  }

  /** Sends the snapshots up to a watermark, each at the advance that reaches its tick. */
  private void moveTo(long watermark, Timeline timeline, Output output) {
    boolean isEnd = watermark == Timeline.END;
    long time = isEnd ? after(latest()) : watermark;
    while (isDue(time)) {
      int code = Timeline.ofAdvance(timeline.firstReaching(next(), 0));
      if (!isEnd) {
        sender.reached(next(), code);
      }
      send(code, isEnd ? Timeline.END : timeline.momentOfDeadline(next(), code), output);
    }
    pass(time);
  }

  /** Sends the snapshots up to a time at the position of a row. */
  private void moveTo(long time, Batch batch, int row, Output output) {
    while (isDue(time)) {
      send(batch.position(row), batch.momentFor(row, next()), output);
    }
    pass(time);
  }

  private boolean isDue(long time) {
    return !sender.isEmpty() && next() <= time && next() != Timeline.END;
  }

  private void send(int code, long moment, Output output) {
    long tick = next();
    next.set(after(tick) ^ Long.MIN_VALUE);
    sender.send(tick, code, moment, output);
  }

  /** Leaves out the ticks up to a time at which there was nothing to send. */
  private void pass(long time) {
    if (next() <= time) {
      next.set(after(time) ^ Long.MIN_VALUE);
    }
  }
}
